import { Alert, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { StatementField } from '~/features/consent/statement_field'
import { FormModal, said } from '~/ui'
import { BasisSelect } from './basis_select'
import { momentOn, today } from './days'
import { nameOf, type Person } from './person'

export interface ConsentAct {
  action: 'grant' | 'withdraw'
  topicId: string
  topicName: string
}

/**
 * Writes an agreement or a withdrawal down on somebody's behalf. The ledger keeps it for good, so this asks for all that
 * a later reader will want to know and says so.
 */
export function ConsentModal({
  opened,
  contact,
  act,
  onClose,
}: {
  opened: boolean
  contact: Person
  act: ConsentAct
  onClose: () => void
}) {
  const t = useTranslations('contacts')
  const isGrant = act.action === 'grant'
  const { form, submit, problem, isBusy } = useRecord(contact, act, onClose)
  return (
    <FormModal
      opened={opened}
      size="lg"
      title={t(isGrant ? 'consent.grantTitle' : 'consent.withdrawTitle', { topic: act.topicName })}
      problem={problem}
      submitLabel={t(isGrant ? 'consent.grantButton' : 'consent.withdrawButton')}
      busy={isBusy}
      danger={!isGrant}
      onSubmit={submit}
      onClose={onClose}
    >
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">
          {t(isGrant ? 'consent.grantWarning' : 'consent.withdrawWarning', { name: nameOf(contact) })}
        </Text>
      </Alert>
      {isGrant ? <HowTheyAgreed form={form} /> : <WhyTheyLeave form={form} />}
    </FormModal>
  )
}

const nothing = {
  basis: 'consent_express',
  statement: '',
  source: '',
  occurred_at: '',
  expires_at: '',
  reason: '',
}
type RecordForm = UseFormReturnType<typeof nothing>

function useRecord(contact: Person, act: ConsentAct, onClose: () => void) {
  const t = useTranslations('contacts')
  const wordings = useTranslations('wordings')
  const isGrant = act.action === 'grant'
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form: RecordForm = useForm({
    initialValues: { ...nothing, occurred_at: today() },
    validate: {
      statement: (value) => (isGrant && !value.trim() ? wordings('statementMissing') : null),
      source: (value) => (value.trim() ? null : t('consent.sourceMissing')),
      reason: (value) => (!isGrant && !value.trim() ? t('consent.reasonMissing') : null),
    },
  })
  const record = useMutation(
    api.consents.store.mutationOptions({
      onError: (error) => setProblem(showErrors(form, error)),
      onSuccess: async () => {
        said(t(isGrant ? 'consent.granted' : 'consent.withdrawn', { name: nameOf(contact), topic: act.topicName }))
        onClose()
        await refresh('contacts', 'consents', 'topics', 'segments')
      },
    })
  )
  const submit = form.onSubmit(({ basis, statement, source, occurred_at: day, expires_at: end, reason }) =>
    record.mutate({
      params: { id: contact.id },
      body: {
        topic_id: Number(act.topicId),
        action: act.action,
        ...(isGrant ? { basis, statement: statement.trim(), expires_at: end ? momentOn(end) : null } : {}),
        source: source.trim(),
        reason: reason.trim() || null,
        occurred_at: day === today() ? null : momentOn(day),
      },
    })
  )
  return { form, submit, problem, isBusy: record.isPending }
}

function HowTheyAgreed({ form }: { form: RecordForm }) {
  const t = useTranslations('contacts.consent')
  return (
    <>
      <BasisSelect {...form.getInputProps('basis')} />
      <StatementField offersKnown data-autofocus {...form.getInputProps('statement')} />
      <Source form={form} label={t('source')} placeholder={t('sourcePlaceholder')} />
      <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
        <OnDay form={form} />
        <TextInput label={t('expiresAt')} type="date" min={today()} {...form.getInputProps('expires_at')} />
      </Group>
      <TextInput label={t('note')} description={t('noteHint')} maxLength={1000} {...form.getInputProps('reason')} />
    </>
  )
}

function WhyTheyLeave({ form }: { form: RecordForm }) {
  const t = useTranslations('contacts.consent')
  return (
    <>
      <Textarea
        label={t('reason')}
        description={t('reasonHint')}
        autosize
        minRows={2}
        maxLength={1000}
        required
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <Source form={form} label={t('withdrawSource')} placeholder={t('withdrawSourcePlaceholder')} />
      <OnDay form={form} />
    </>
  )
}

function Source({ form, ...words }: { form: RecordForm; label: string; placeholder: string }) {
  return <TextInput maxLength={300} required {...words} {...form.getInputProps('source')} />
}

function OnDay({ form }: { form: RecordForm }) {
  const t = useTranslations('contacts.consent')
  return <TextInput label={t('when')} type="date" max={today()} required {...form.getInputProps('occurred_at')} />
}
