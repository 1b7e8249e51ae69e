import { Alert, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { StatementField } from '~/features/consent/statement_field'
import { BasisSelect } from '~/features/contacts/basis_select'
import { today } from '~/features/contacts/days'
import { Section } from '~/ui'
import { Deciders } from './deciders'
import type { ImportRecord } from './import_record'
import classes from './imports.module.css'
import { isAllNo, saysTracking, type Setup } from './setup'
import { TopicsSelect } from './topics_select'

interface Props {
  record: ImportRecord
  setup: Setup
  onChange: (part: Partial<Setup>) => void
  errors: Record<string, string>
}

/** Did these people agree? Without a yes they come in all the same, and nothing is sent to them. */
export function AgreementStep({ record, setup, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  return (
    <>
      <Section title={t('title')} lead={t('lead')}>
        <Topics record={record} setup={setup} onChange={onChange} errors={errors} />
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

function Topics({ record, setup, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  const column = record.columns.find(({ says_agreement: says }) => says)?.name
  return (
    <>
      <Radio.Group
        aria-label={t('title')}
        value={setup.agreed}
        onChange={(agreed) => onChange({ agreed: agreed as Setup['agreed'] })}
        error={errors.agreed}
      >
        <div className={classes.choices}>
          <Choice value="yes" title={t('yes')} text={t('yesText')} />
          <Choice
            value="column"
            title={t('byColumn')}
            text={column ? t('byColumnLike', { column }) : t('byColumnText')}
          />
          <Choice value="no" title={t('no')} text={t('noText')} />
        </div>
      </Radio.Group>
      {(setup.agreed === 'yes' || setup.agreed === 'column') && (
        <HowTheyAgreed record={record} setup={setup} onChange={onChange} errors={errors} />
      )}
    </>
  )
}

function Choice({ value, title, text }: { value: string; title: string; text: string }) {
  return (
    <Radio.Card value={value} p="md" radius="md" className={classes.card}>
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

function HowTheyAgreed({ record, setup, onChange, errors }: Props) {
  const t = useTranslations('imports.agreement')
  const { consent } = setup
  const change = (part: Partial<Setup['consent']>) => onChange({ consent: { ...consent, ...part } })
  const passedOver = record.columns.find(({ says_agreement: says }) => says)?.name
  const isWordless = isAllNo(setup)
  return (
    <Stack gap="md" mt="lg" maw={620}>
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">{t(setup.agreed === 'column' ? 'columnWarning' : 'warning')}</Text>
        {setup.agreed === 'yes' && passedOver && (
          <Text size="sm" fw={600} mt={4}>
            {t('passedOver', { column: passedOver })}
          </Text>
        )}
      </Alert>
      {setup.agreed === 'column' ? (
        <Deciders record={record} setup={setup} onChange={onChange} errors={errors} />
      ) : (
        <TopicsSelect
          value={consent.topic_ids}
          onChange={(ids) => change({ topic_ids: ids })}
          error={errors['consent.topic_ids']}
        />
      )}
      {!isWordless && (
        <BasisSelect
          value={consent.basis}
          onChange={(basis) => basis && change({ basis })}
          error={errors['consent.basis']}
        />
      )}
      <Proof part="consent" said={consent} onChange={change} errors={errors} isWordless={isWordless} />
      {!isWordless && (
        <Select
          label={t('whenColumn')}
          description={t('whenColumnHint')}
          placeholder={t('whenColumnPlaceholder')}
          data={record.columns.map(({ name }) => name)}
          value={consent.collected_at_column}
          onChange={(column) => change({ collected_at_column: column })}
          clearable
          clearButtonProps={{ 'aria-label': t('withoutColumn') }}
          searchable
          error={errors['consent.collected_at_column']}
        />
      )}
    </Stack>
  )
}

/** What a later reader will want to know: which words, where they stand, and when. */
function Proof({
  part,
  said,
  onChange,
  errors,
  isWordless = false,
}: {
  part: 'consent' | 'tracking'
  said: Setup['tracking']
  onChange: (part: Partial<Setup['tracking']>) => void
  errors: Props['errors']
  isWordless?: boolean
}) {
  const t = useTranslations('imports.agreement')
  return (
    <>
      {!isWordless && (
        <StatementField
          offersKnown
          value={said.statement}
          onChange={(statement) => onChange({ statement })}
          error={errors[`${part}.statement`]}
        />
      )}
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
