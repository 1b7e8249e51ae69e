import { Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import type { Suppression } from './suppressions_screen'

/** Lets an address receive again. Why is asked, because somebody will want to know. */
export function LiftModal({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const t = useTranslations('suppressions')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const lift = useMutation(
    api.suppressions.destroy.mutationOptions({
      onError: (failure) => {
        const { reason: wrong } = fieldErrors(failure)
        if (wrong) setError(wrong)
        else setProblem(problemOf(failure))
      },
      onSuccess: async () => {
        said(t('lifted', { address: suppression.address ?? t('erasedAddress') }))
        onClose()
        await refresh('suppressions', 'contacts', 'consents', 'overview')
      },
    })
  )
  const submit = () => {
    if (reason.trim().length < 3) setError(t('reasonMissing'))
    else lift.mutate({ params: { id: suppression.id }, body: { reason: reason.trim() } })
  }
  return (
    <FormModal
      title={t('liftTitle')}
      problem={problem}
      submitLabel={t('lift')}
      busy={lift.isPending}
      danger
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('liftText', { address: suppression.address ?? t('erasedAddress') })}</Text>
      <Textarea
        label={t('liftReason')}
        placeholder={t('liftReasonPlaceholder')}
        autosize
        minRows={2}
        maxLength={1000}
        required
        data-autofocus
        value={reason}
        error={error}
        onChange={(event) => {
          setReason(event.currentTarget.value)
          setError(undefined)
        }}
      />
    </FormModal>
  )
}
