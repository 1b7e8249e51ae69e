import { Alert, Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf, showErrors, type ProblemSeen } from '~/problem'
import { FormModal, said } from '~/ui'
import type { Suppression } from './suppressions_screen'

/** Lets an address receive again. Why is asked, because somebody will want to know. */
export function LiftModal({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const t = useTranslations('suppressions')
  const { needs_new_consent: anew } = suppression
  const isErased = suppression.reason === 'erased'
  const { form, problem, isBusy, told, submit } = useLift(suppression, onClose)
  if (told) return <AtProviders told={told} onClose={onClose} />
  return (
    <FormModal
      title={t('liftTitle')}
      problem={problem}
      submitLabel={t('lift')}
      busy={isBusy}
      danger
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        {t(anew ? 'liftAnewText' : 'liftText', { address: suppression.address ?? t('erasedAddress') })}
      </Text>
      {anew && <Alert color="yellow">{t('liftWish')}</Alert>}
      {isErased && (
        <TextInput
          label={t('address')}
          description={t('liftAddressHint')}
          required
          {...form.getInputProps('address')}
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
        {...form.getInputProps('reason')}
      />
      <Checkbox
        label={t('atProviders.ask')}
        description={t('atProviders.hint')}
        {...form.getInputProps('atProviders', { type: 'checkbox' })}
      />
    </FormModal>
  )
}

/** Lifts it here, and then at the providers, when that is wanted: what they `told` is shown before the dialog closes. */
function useLift(suppression: Suppression, onClose: () => void) {
  const t = useTranslations('suppressions')
  const isErased = suppression.reason === 'erased'
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({
    initialValues: { reason: '', address: '', atProviders: false },
    validate: {
      reason: (reason) => (reason.trim().length < 3 ? t('reasonMissing') : null),
      address: (address) => (isErased && address.trim() === '' ? t('liftAddressMissing') : null),
    },
  })
  const takeOff = useMutation(
    api.suppressions.destroyAtProviders.mutationOptions({ onError: (failure) => setProblem(problemOf(failure)) })
  )
  const lift = useMutation(
    api.suppressions.destroy.mutationOptions({
      onError: (failure) => setProblem(showErrors(form, failure)),
      onSuccess: async () => {
        said(t('lifted', { address: suppression.address ?? t('erasedAddress') }))
        const { reason, address, atProviders } = form.getValues()
        if (atProviders)
          takeOff.mutate({ body: { address: suppression.address ?? address.trim(), reason: reason.trim() } })
        else onClose()
        await refresh('suppressions', 'contacts', 'consents', 'overview')
      },
    })
  )
  const submit = form.onSubmit(({ reason, address }) =>
    lift.mutate({
      params: { id: suppression.id },
      body: { reason: reason.trim(), ...(isErased ? { address: address.trim() } : {}) },
    })
  )
  return { form, problem, submit, isBusy: lift.isPending || takeOff.isPending, told: takeOff.data?.data }
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
