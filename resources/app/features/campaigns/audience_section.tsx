import { Alert, Box, Collapse, MultiSelect, Select, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { ErrorPanel, later, Section } from '~/ui'
import { AudienceReasons } from './audience_reasons'
import type { Audience } from './campaign'
import { PeoplePicker } from './people_picker'
import { preflightQuery } from './preflight'
import type { DraftDesk } from './use_draft'

const QuestionAudience = later(() => import('./question_audience'), 'QuestionAudience', 0)

/** For whom: a topic, and people in any of these. Says at once how many, and why others not. */
export function AudienceSection({ desk, campaignId }: { desk: DraftDesk; campaignId: string }) {
  const t = useTranslations('campaigns.who')
  const { values, set, errors } = desk
  const { audience } = values
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const segments = useQuery(api.segments.index.queryOptions({ query: { limit: 100 } }))
  const tags = useQuery(api.tags.index.queryOptions({ query: { limit: 100 } }))
  const change = (part: Audience) => set({ audience: { ...audience, ...part } })
  const segmentOptions = (segments.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('remove') } }
  const count = <Count campaignId={campaignId} desk={desk} />
  if (audience.reconfirmation_id) return <QuestionAudience desk={desk} count={count} />
  return (
    <Section title={t('title')}>
      <Stack gap="md">
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={200}
          error={errors.name}
          required
        />
        <Select
          id="field-topic_id"
          label={t('topic')}
          description={t('topicHint')}
          placeholder={t('topicPlaceholder')}
          data={(topics.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={values.topic_id}
          onChange={(topicId) => set({ topic_id: topicId })}
          allowDeselect={false}
          searchable
          required
          error={errors.topic_id}
        />
        {topics.error && <ErrorPanel error={topics.error} retry={topics.refetch} />}
        <MultiSelect
          id="field-audience"
          label={t('segments')}
          placeholder={audience.segment_ids?.length ? undefined : t('segmentsPlaceholder')}
          data={segmentOptions}
          value={audience.segment_ids ?? []}
          onChange={(ids) => change({ segment_ids: ids })}
          nothingFoundMessage={t('noSegments')}
          searchable
          error={errors.audience ?? errors['audience.segment_ids']}
          {...clear}
        />
        <MultiSelect
          label={t('tags')}
          placeholder={audience.tag_names?.length ? undefined : t('tagsPlaceholder')}
          data={[...new Set([...(tags.data?.data ?? []).map(({ name }) => name), ...(audience.tag_names ?? [])])]}
          value={audience.tag_names ?? []}
          onChange={(names) => change({ tag_names: names })}
          nothingFoundMessage={t('none')}
          searchable
          {...clear}
        />
        <MoreAudience audience={audience} segments={segmentOptions} errors={errors} onChange={change} />
        {count}
      </Stack>
    </Section>
  )
}

/** What few need: single people, and segments that are left out. Open when it says something already. */
function MoreAudience({
  audience,
  segments,
  errors,
  onChange,
}: {
  audience: Audience
  segments: { value: string; label: string }[]
  errors: DraftDesk['errors']
  onChange: (part: Audience) => void
}) {
  const t = useTranslations('campaigns.who')
  const [isOpen, more] = useDisclosure(Boolean(audience.contact_ids?.length || audience.exclude_segment_ids?.length))
  return (
    <Box>
      <UnstyledButton onClick={more.toggle} aria-expanded={isOpen} py={4} c="var(--mantine-color-anchor)" fz="sm">
        {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />} {t('more')}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap="md" mt="sm">
          <PeoplePicker ids={audience.contact_ids ?? []} onChange={(ids) => onChange({ contact_ids: ids })} />
          <MultiSelect
            label={t('exclude')}
            placeholder={audience.exclude_segment_ids?.length ? undefined : t('excludePlaceholder')}
            data={segments}
            value={audience.exclude_segment_ids ?? []}
            onChange={(ids) => onChange({ exclude_segment_ids: ids })}
            searchable
            error={errors['audience.exclude_segment_ids']}
            clearable
            clearButtonProps={{ 'aria-label': t('remove') }}
          />
        </Stack>
      </Collapse>
    </Box>
  )
}

/** "3,912 people get it", of how many, and the others by reason. */
function Count({ campaignId, desk: { values, version } }: { campaignId: string; desk: DraftDesk }) {
  const t = useTranslations('campaigns.count')
  const { segment_ids: segments = [], tag_names: tags = [], contact_ids: people = [] } = values.audience
  const { reconfirmation_id: asked } = values.audience
  const isChosen =
    values.topic_id !== null && (asked !== undefined || segments.length + tags.length + people.length > 0)
  const preflight = useQuery({
    ...preflightQuery(campaignId, version),
    enabled: isChosen,
    placeholderData: keepPreviousData,
  })
  if (!isChosen) {
    return (
      <Text size="sm" c="dimmed">
        {t('choose')}
      </Text>
    )
  }
  if (preflight.isError) return <ErrorPanel error={preflight.error} retry={preflight.refetch} />
  if (!preflight.data) return <Text size="sm">{t('counting')}</Text>
  const { candidates, mailable, excluded } = preflight.data.audience
  return (
    <Alert icon={<IconUsers aria-hidden />} title={t('title', { mailable })} variant="light" aria-live="polite">
      {t('of', { candidates, excluded: candidates - mailable })}
      <AudienceReasons excluded={excluded} />
    </Alert>
  )
}
