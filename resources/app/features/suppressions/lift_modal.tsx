import { Alert, Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
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
  const [isAlsoThere, takeOffThere] = useState(false)
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
        if (isAlsoThere)
          takeOff.mutate({ body: { address: suppression.address ?? address.trim(), reason: reason.trim() } })
        else onClose()
        await refresh('suppressions', 'contacts', 'consents', 'overview')
      },
    })
  )
  const takeOff = useMutation(
    api.suppressions.destroyAtProviders.mutationOptions({ onError: (failure) => setProblem(problemOf(failure)) })
  )
  const submit = () => {
    if (reason.trim().length < 3) return setError(t('reasonMissing'))
    if (isErased && address.trim() === '') return setAddressError(t('liftAddressMissing'))
    lift.mutate({
      params: { id: suppression.id },
      body: { reason: reason.trim(), ...(isErased ? { address: address.trim() } : {}) },
    })
  }
  if (takeOff.data) return <AtProviders told={takeOff.data.data} onClose={onClose} />
  return (
    <FormModal
      title={t('liftTitle')}
      problem={problem}
      submitLabel={t('lift')}
      busy={lift.isPending || takeOff.isPending}
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
      <Checkbox
        label={t('atProviders.ask')}
        description={t('atProviders.hint')}
        checked={isAlsoThere}
        onChange={(event) => takeOffThere(event.currentTarget.checked)}
      />
    </FormModal>
  )
}

interface Told {
  provider_id: string | null
  name: string
  outcome: 'removed' | 'not_listed' | 'no_list' | 'failed'
  note: string | null
}

/** What each provider did, and what it could not. */
function AtProviders({ told, onClose }: { told: Told[]; onClose: () => void }) {
  const t = useTranslations('suppressions')
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('atProviders.title')}</Text>}>
      <Stack gap="sm">
        {told.length === 0 && <Text size="sm">{t('atProviders.none')}</Text>}
        {told.map(({ provider_id: id, name, outcome, note }) => (
          <Alert key={id ?? name} color={outcome === 'failed' ? 'yellow' : 'blue'} title={name}>
            {t(`atProviders.outcomes.${outcome}`)}
            {note && <Text size="sm">{note}</Text>}
          </Alert>
        ))}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('atProviders.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
