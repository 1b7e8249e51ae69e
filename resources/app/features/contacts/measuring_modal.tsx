import { Alert, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { StatementField } from '~/features/consent/statement_field'
import { FormModal, said } from '~/ui'
import { momentOn, today } from './days'
import { nameOf, type Person } from './person'

/** Writes down, for good, what somebody said about their opens and clicks. */
export function MeasuringModal({
  contact,
  action,
  onClose,
}: {
  contact: Person
  action: 'grant' | 'withdraw'
  onClose: () => void
}) {
  const t = useTranslations('measuring')
  const wordings = useTranslations('wordings')
  const isGrant = action === 'grant'
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: { statement: isGrant ? t('statementText') : '', source: '', occurred_at: today(), reason: '' },
    validate: {
      statement: (value) => (isGrant && !value.trim() ? wordings('statementMissing') : null),
      source: (value) => (value.trim() ? null : t('sourceMissing')),
    },
  })
  const record = useMutation(
    api.tracking.store.mutationOptions({
      onError: (error) => setProblem(showErrors(form, error)),
      onSuccess: async () => {
        said(t(isGrant ? 'granted' : 'refused', { name: nameOf(contact) }))
        onClose()
        await refresh('contacts', 'consents', 'segments', 'tracking')
      },
    })
  )
  const submit = form.onSubmit(({ statement, source, occurred_at: day, reason }) =>
    record.mutate({
      params: { id: contact.id },
      body: {
        action,
        ...(isGrant ? { statement: statement.trim() } : {}),
        source: source.trim(),
        reason: reason.trim() || null,
        occurred_at: day === today() ? null : momentOn(day),
      },
    })
  )
  return (
    <FormModal
      title={t(isGrant ? 'grantTitle' : 'withdrawTitle')}
      problem={problem}
      submitLabel={t('record')}
      busy={record.isPending}
      danger={!isGrant}
      onSubmit={submit}
      onClose={onClose}
    >
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">{t(isGrant ? 'grantWarning' : 'withdrawWarning', { name: nameOf(contact) })}</Text>
      </Alert>
      {isGrant && <StatementField {...form.getInputProps('statement')} />}
      <TextInput
        label={t('source')}
        placeholder={t('sourcePlaceholder')}
        maxLength={300}
        required
        data-autofocus
        {...form.getInputProps('source')}
      />
      <TextInput label={t('when')} type="date" max={today()} required {...form.getInputProps('occurred_at')} />
      {!isGrant && <TextInput label={t('reason')} maxLength={1_000} {...form.getInputProps('reason')} />}
    </FormModal>
  )
}
