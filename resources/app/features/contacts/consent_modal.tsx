import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem, said } from '~/ui'
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
export function ConsentModal({ contact, act, onClose }: { contact: Person; act: ConsentAct; onClose: () => void }) {
  const t = useTranslations('contacts')
  const common = useTranslations('common')
  const isGrant = act.action === 'grant'
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      basis: 'consent_express',
      statement: '',
      source: '',
      occurred_at: today(),
      expires_at: '',
      reason: '',
    },
    validate: {
      statement: (value) => (isGrant && !value.trim() ? t('consent.statementMissing') : null),
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
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <Text fw={650}>{t(isGrant ? 'consent.grantTitle' : 'consent.withdrawTitle', { topic: act.topicName })}</Text>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
            <Text size="sm">
              {t(isGrant ? 'consent.grantWarning' : 'consent.withdrawWarning', { name: nameOf(contact) })}
            </Text>
          </Alert>
          <FormProblem problem={problem} />
          {isGrant && (
            <>
              <BasisSelect {...form.getInputProps('basis')} />
              <Textarea
                label={t('consent.statement')}
                description={t('consent.statementHint')}
                placeholder={t('consent.statementPlaceholder')}
                autosize
                minRows={2}
                maxLength={5000}
                required
                data-autofocus
                {...form.getInputProps('statement')}
              />
            </>
          )}
          {!isGrant && (
            <Textarea
              label={t('consent.reason')}
              description={t('consent.reasonHint')}
              autosize
              minRows={2}
              maxLength={1000}
              required
              data-autofocus
              {...form.getInputProps('reason')}
            />
          )}
          <TextInput
            label={t(isGrant ? 'consent.source' : 'consent.withdrawSource')}
            placeholder={t(isGrant ? 'consent.sourcePlaceholder' : 'consent.withdrawSourcePlaceholder')}
            maxLength={300}
            required
            {...form.getInputProps('source')}
          />
          <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <TextInput
              label={t('consent.when')}
              type="date"
              max={today()}
              required
              {...form.getInputProps('occurred_at')}
            />
            {isGrant && (
              <TextInput
                label={t('consent.expiresAt')}
                type="date"
                min={today()}
                {...form.getInputProps('expires_at')}
              />
            )}
          </Group>
          {isGrant && (
            <TextInput
              label={t('consent.note')}
              description={t('consent.noteHint')}
              maxLength={1000}
              {...form.getInputProps('reason')}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={record.isPending} color={isGrant ? undefined : 'red'}>
              {t(isGrant ? 'consent.grantButton' : 'consent.withdrawButton')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
