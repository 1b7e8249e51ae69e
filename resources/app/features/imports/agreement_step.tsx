import { Alert, MultiSelect, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { WordingPicker } from '~/features/consent/wording_picker'
import { BasisSelect } from '~/features/contacts/basis_select'
import { today } from '~/features/contacts/days'
import { LinkAnchor, Section } from '~/ui'
import classes from './imports.module.css'
import { saysTracking, type Setup } from './setup'

interface Props {
  setup: Setup
  onChange: (part: Partial<Setup>) => void
  errors: Record<string, string>
}

/** Did these people agree? Without a yes they come in all the same, and nothing is sent to them. */
export function AgreementStep({ setup, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  return (
    <>
      <Section title={t('title')} lead={t('lead')}>
        <Topics setup={setup} onChange={onChange} errors={errors} />
      </Section>
      {saysTracking(setup) && (
        <Section title={t('trackingTitle')} lead={t('trackingLead')}>
          <Stack gap="md" maw={620}>
            <Proof
              part="tracking"
              said={setup.tracking}
              onChange={(part) => onChange({ tracking: { ...setup.tracking, ...part } })}
              errors={errors}
            />
          </Stack>
        </Section>
      )}
    </>
  )
}

function Topics({ setup, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  return (
    <>
      <Radio.Group
        aria-label={t('title')}
        value={setup.agreed}
        onChange={(agreed) => onChange({ agreed: agreed as 'yes' | 'no' })}
        error={errors.agreed}
      >
        <div className={classes.choices}>
          <Choice value="yes" title={t('yes')} text={t('yesText')} />
          <Choice value="no" title={t('no')} text={t('noText')} />
        </div>
      </Radio.Group>
      {setup.agreed === 'yes' && <HowTheyAgreed setup={setup} onChange={onChange} errors={errors} />}
    </>
  )
}

function Choice({ value, title, text }: { value: string; title: string; text: string }) {
  return (
    <Radio.Card value={value} p="md" radius="md">
      <div className={classes.choice}>
        <Radio.Indicator />
        <div>
          <Text fw={600} size="sm">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </div>
    </Radio.Card>
  )
}

function HowTheyAgreed({ setup: { consent }, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  const { workspaceId = '' } = useParams({ strict: false })
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const change = (part: Partial<Setup['consent']>) => onChange({ consent: { ...consent, ...part } })
  return (
    <Stack gap="md" mt="lg" maw={620}>
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">{t('warning')}</Text>
      </Alert>
      <MultiSelect
        label={t('topics')}
        description={t('topicsHint')}
        placeholder={consent.topic_ids.length ? '' : t('topicsPlaceholder')}
        data={topics.map(({ id, name }) => ({ value: id, label: name }))}
        value={consent.topic_ids}
        onChange={(ids) => change({ topic_ids: ids })}
        error={errors['consent.topic_ids']}
        required
      />
      {topics.length === 0 && (
        <Text size="sm">
          {t('noTopics')}{' '}
          <LinkAnchor
            underline="always"
            to="/w/$workspaceId/topics"
            params={{ workspaceId }}
            search={{ new: '1' }}
            size="sm"
          >
            {t('makeTopic')}
          </LinkAnchor>
        </Text>
      )}
      <BasisSelect
        value={consent.basis}
        onChange={(basis) => basis && change({ basis })}
        error={errors['consent.basis']}
      />
      <Proof part="consent" said={consent} onChange={change} errors={errors} />
    </Stack>
  )
}

/** What a later reader will want to know: which words, where they stand, and when. */
function Proof({
  part,
  said,
  onChange,
  errors,
}: {
  part: 'consent' | 'tracking'
  said: Setup['tracking']
  onChange: (part: Partial<Setup['tracking']>) => void
  errors: Props['errors']
}) {
  const t = useTranslations('imports.agreement')
  return (
    <>
      <WordingPicker text={said.statement} onPick={(statement) => onChange({ statement })} />
      <Textarea
        label={t('statement')}
        description={t('statementHint')}
        placeholder={t('statementPlaceholder')}
        autosize
        minRows={2}
        maxLength={5000}
        required
        value={said.statement}
        onChange={(event) => onChange({ statement: event.currentTarget.value })}
        error={errors[`${part}.statement`]}
      />
      <TextInput
        label={t('source')}
        description={t('sourceHint')}
        placeholder={t('sourcePlaceholder')}
        maxLength={500}
        required
        value={said.source}
        onChange={(event) => onChange({ source: event.currentTarget.value })}
        error={errors[`${part}.source`]}
      />
      <TextInput
        label={t('when')}
        description={t('whenHint')}
        type="date"
        max={today()}
        required
        maw={220}
        value={said.collected_at}
        onChange={(event) => onChange({ collected_at: event.currentTarget.value })}
        error={errors[`${part}.collected_at`]}
      />
    </>
  )
}
