import { Autocomplete, Select, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { NumberField } from '~/ui'
import type { Catalogue } from './catalogue'
import { DaysInput } from './field_condition'
import {
  consentStatuses,
  proofStrengths,
  type ConsentLeaf,
  type ConsentStatus,
  type EventLeaf,
  type Leaf,
  type ProofStrength,
} from './rule'

interface Props<L extends Leaf> {
  leaf: L
  catalogue: Catalogue
  onChange: (leaf: Leaf) => void
}

/** Tags of the workspace are offered; another name is allowed, it simply finds nobody yet. */
export function TagCondition({ leaf, catalogue, onChange }: Props<{ tag: string }>) {
  const t = useTranslations('segments')
  return (
    <Autocomplete
      aria-label={t('tag')}
      placeholder={t('tagPlaceholder')}
      data={catalogue.tags}
      value={leaf.tag}
      onChange={(tag) => onChange({ tag })}
      w={220}
    />
  )
}

export function SegmentCondition({ leaf, catalogue, onChange }: Props<{ segment_id: string }>) {
  const t = useTranslations('segments')
  return (
    <Select
      aria-label={t('segment')}
      placeholder={t('segmentPlaceholder')}
      data={catalogue.segments}
      value={leaf.segment_id || null}
      onChange={(id) => onChange({ segment_id: id ?? '' })}
      searchable
      nothingFoundMessage={t('noSegments')}
      w={240}
    />
  )
}

export function ConsentCondition({ leaf: { consent }, catalogue, onChange }: Props<ConsentLeaf>) {
  const t = useTranslations('segments')
  return (
    <>
      <Select
        aria-label={t('consentStatus')}
        data={consentStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={consent.status}
        onChange={(status) => status && onChange({ consent: withStatus(consent, status as ConsentStatus) })}
        allowDeselect={false}
        w={210}
      />
      <Select
        aria-label={t('topic')}
        placeholder={t('topicPlaceholder')}
        data={catalogue.topics}
        value={consent.topic_id || null}
        onChange={(topicId) => onChange({ consent: { ...consent, topic_id: topicId ?? '' } })}
        searchable
        w={200}
      />
      {hasProof(consent.status) && (
        <Select
          aria-label={t('proof')}
          data={['any' as const, ...proofStrengths].map((proof) => ({ value: proof, label: t(`proofs.${proof}`) }))}
          value={consent.proof ?? 'any'}
          onChange={(proof) => proof && onChange({ consent: withProof(consent, proof as ProofStrength | 'any') })}
          allowDeselect={false}
          w={200}
        />
      )}
    </>
  )
}

type Consent = ConsentLeaf['consent']

/** Only who said yes has a proof of it. */
const hasProof = (status: ConsentStatus) => status === 'granted' || status === 'expired'

const withStatus = ({ proof, ...consent }: Consent, status: ConsentStatus): Consent => ({
  ...consent,
  status,
  ...(proof && hasProof(status) ? { proof } : {}),
})

const withProof = ({ proof: _, ...consent }: Consent, proof: ProofStrength | 'any'): Consent =>
  proof === 'any' ? consent : { ...consent, proof }

/** "Clicked" "in any mail" "at least 1 time" "in the last 30 days". */
export function EventCondition({ leaf, catalogue, onChange }: Props<EventLeaf>) {
  const t = useTranslations('segments')
  const change = (part: Partial<EventLeaf>) => onChange(withoutBlanks({ ...leaf, ...part }))
  return (
    <>
      {(catalogue.campaigns.length > 0 || leaf.campaign_id) && (
        <Select
          aria-label={t('campaign')}
          placeholder={t('anyCampaign')}
          data={catalogue.campaigns}
          value={leaf.campaign_id ?? null}
          onChange={(id) => change({ campaign_id: id ?? undefined })}
          searchable
          clearable
          w={210}
        />
      )}
      <Text size="sm" py={8}>
        {t('atLeastPrefix')}
      </Text>
      <NumberField
        aria-label={t('atLeast')}
        value={leaf.at_least ?? 1}
        onChange={(times) => change({ at_least: times !== null && times > 1 ? times : undefined })}
        min={1}
        max={1000}
        whole
        w={76}
      />
      <Text size="sm" py={8}>
        {t('timesWithin')}
      </Text>
      <DaysInput label={t('withinDays')} value={leaf.within_days} onChange={(days) => change({ within_days: days })} />
    </>
  )
}

function withoutBlanks(leaf: EventLeaf): EventLeaf {
  return Object.fromEntries(Object.entries(leaf).filter(([, value]) => value !== undefined)) as unknown as EventLeaf
}
