import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import { channels, kinds } from './privacy_request'

const today = () => new Date().toISOString().slice(0, 10)

/** Writes down what somebody asked for by right. */
export function RequestModal({
  opened,
  contactId,
  name,
  onClose,
}: {
  opened: boolean
  contactId: string
  name: string
  onClose: () => void
}) {
  const t = useTranslations('privacy')
  const format = useFormatter()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: {
      kind: 'access' as (typeof kinds)[number],
      channel: 'mail' as (typeof channels)[number],
      received_on: today(),
      note: '',
    },
  })
  const record = useMutation(
    api.privacyRequests.store.mutationOptions({
      onError: (error) => {
        const wrong = fieldErrors(error)
        if (Object.keys(wrong).length > 0) form.setErrors(wrong)
        else setProblem(problemOf(error))
      },
      onSuccess: async (request) => {
        const date = format.dateTime(new Date(request.due_on), { dateStyle: 'medium', timeZone: 'UTC' })
        said(t('recorded', { date }))
        onClose()
        await refresh('privacy_requests', 'privacyRequests')
      },
    })
  )
  return (
    <FormModal
      opened={opened}
      title={t('recordFor', { name })}
      problem={problem}
      submitLabel={t('record')}
      busy={record.isPending}
      onSubmit={form.onSubmit(({ note, ...asked }) =>
        record.mutate({ body: { ...asked, contact_id: Number(contactId), note: note.trim() || null } })
      )}
      onClose={onClose}
    >
      <Select
        label={t('kind')}
        description={t(`kindHints.${form.values.kind}`)}
        data={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        allowDeselect={false}
        data-autofocus
        {...form.getInputProps('kind')}
      />
      <Select
        label={t('channel')}
        data={channels.map((channel) => ({ value: channel, label: t(`channels.${channel}`) }))}
        allowDeselect={false}
        {...form.getInputProps('channel')}
      />
      <TextInput type="date" label={t('receivedOn')} max={today()} {...form.getInputProps('received_on')} />
      <TextInput label={t('note')} description={t('noteHint')} maxLength={1000} {...form.getInputProps('note')} />
    </FormModal>
  )
}
