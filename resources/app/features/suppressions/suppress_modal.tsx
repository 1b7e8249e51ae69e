import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'

export const choices = ['manual', 'unsubscribed_all', 'hard_bounce', 'complaint', 'imported'] as const

/** One address or many, one to a line or with commas. */
export function SuppressModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('suppressions')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: { addresses: '', reason: 'manual' as (typeof choices)[number], note: '' },
    validate: { addresses: (text) => (addressesIn(text).length === 0 ? t('noAddress') : null) },
  })
  const close = () => {
    form.reset()
    setProblem(null)
    onClose()
  }
  const suppress = useMutation(
    api.suppressions.store.mutationOptions({
      onError: (error, { body }) => {
        const [field, message] = Object.entries(fieldErrors(error)).find(([name]) => name.startsWith('addresses')) ?? []
        const wrong = field && body?.addresses?.[Number(field.split('.')[1])]
        if (message) form.setFieldError('addresses', wrong ? `${wrong}: ${message}` : message)
        else setProblem(problemOf(error))
      },
      onSuccess: async (answer) => {
        said(t('added', { count: answer && 'suppressed' in answer ? answer.suppressed : 1 }))
        close()
        await refresh('suppressions', 'contacts', 'consents', 'overview')
      },
    })
  )
  return (
    <FormModal
      opened={opened}
      title={t('add')}
      problem={problem}
      submitLabel={t('addButton')}
      busy={suppress.isPending}
      onSubmit={form.onSubmit(({ addresses, reason, note }) =>
        suppress.mutate({ body: { addresses: addressesIn(addresses), reason, note: note.trim() || null } })
      )}
      onClose={close}
    >
      <Textarea
        label={t('addresses')}
        description={t('addressesHint')}
        autosize
        minRows={3}
        maxRows={12}
        required
        data-autofocus
        {...form.getInputProps('addresses')}
      />
      <Select
        label={t('reason')}
        data={choices.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
        allowDeselect={false}
        {...form.getInputProps('reason')}
      />
      <TextInput label={t('note')} description={t('noteHint')} maxLength={1000} {...form.getInputProps('note')} />
    </FormModal>
  )
}

const addressesIn = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter(Boolean)
