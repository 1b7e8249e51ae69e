import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import { nameOf, type ContactRecord } from './person'

/** Takes somebody out of their rest, with a reason. */
export function WakeModal({
  opened,
  contact,
  topic,
  onClose,
}: {
  opened: boolean
  contact: ContactRecord
  topic: { id: string; name: string }
  onClose: () => void
}) {
  const t = useTranslations('contacts')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() === '' ? t('consent.wakeMissing') : null) },
  })
  const wake = useMutation(
    api.contacts.wake.mutationOptions({
      onError: (error: unknown) => setProblem(showErrors(form, error)),
      onSuccess: async () => {
        said(t('consent.woken', { name: nameOf(contact), topic: topic.name }))
        onClose()
        await refresh('contacts', 'consents', 'overview')
      },
    })
  )
  return (
    <FormModal
      opened={opened}
      title={t('consent.wakeTitle', { topic: topic.name })}
      problem={problem}
      submitLabel={t('consent.wake')}
      busy={wake.isPending}
      onSubmit={form.onSubmit(({ reason }) =>
        wake.mutate({ params: { id: contact.id }, body: { topic_id: Number(topic.id), reason: reason.trim() } })
      )}
      onClose={onClose}
    >
      <Textarea
        label={t('consent.wakeReason')}
        description={t('consent.wakeReasonHint')}
        required
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormModal>
  )
}
