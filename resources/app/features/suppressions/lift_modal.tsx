import { Alert, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import { ownWishes, type Suppression } from './suppressions_screen'

/** Lets an address receive again. Why is asked, because somebody will want to know. */
export function LiftModal({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const t = useTranslations('suppressions')
  const [reason, setReason] = useState('')
  const [address, setAddress] = useState('')
  const [error, setError] = useState<string>()
  const [addressError, setAddressError] = useState<string>()
  const isErased = suppression.reason === 'erased'
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const lift = useMutation(
    api.suppressions.destroy.mutationOptions({
      onError: (failure) => {
        const { reason: wrong, address: wrongAddress } = fieldErrors(failure)
        if (wrong) setError(wrong)
        if (wrongAddress) setAddressError(wrongAddress)
        if (!wrong && !wrongAddress) setProblem(problemOf(failure))
      },
      onSuccess: async () => {
        said(t('lifted', { address: suppression.address ?? t('erasedAddress') }))
        onClose()
        await refresh('suppressions', 'contacts', 'consents', 'overview')
      },
    })
  )
  const submit = () => {
    if (reason.trim().length < 3) return setError(t('reasonMissing'))
    if (isErased && address.trim() === '') return setAddressError(t('liftAddressMissing'))
    lift.mutate({
      params: { id: suppression.id },
      body: { reason: reason.trim(), ...(isErased ? { address: address.trim() } : {}) },
    })
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
      {ownWishes.includes(suppression.reason) && <Alert color="yellow">{t('liftWish')}</Alert>}
      {isErased && (
        <TextInput
          label={t('address')}
          description={t('liftAddressHint')}
          required
          value={address}
          error={addressError}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            setAddressError(undefined)
          }}
        />
      )}
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
