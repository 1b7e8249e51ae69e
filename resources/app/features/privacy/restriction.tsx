import { Alert, Button, Text, Textarea } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { FormModal, said } from '~/ui'

interface Props {
  contactId: string
  name: string
  restriction: { since: string; reason: string | null }
}

/** Their data is kept and not used (GDPR art. 18): since when and why, and the way to end it. */
export function Restriction({ contactId, name, restriction: { since, reason } }: Props) {
  const t = useTranslations('privacy')
  const format = useFormatter()
  const mayLift = useMay()('contacts:erase')
  const [isLifting, lift] = useState(false)
  return (
    <Alert color="red" icon={<IconLock aria-hidden />} title={t('restriction.title')} mb="md">
      <Text size="sm">
        {t('restriction.text', { date: format.dateTime(new Date(since), { dateStyle: 'medium' }) })}
      </Text>
      {reason && (
        <Text size="sm" className="break">
          {t('restriction.why', { reason })}
        </Text>
      )}
      {mayLift && (
        <Button mt="sm" size="compact-sm" variant="default" onClick={() => lift(true)}>
          {t('restriction.lift')}
        </Button>
      )}
      {isLifting && <LiftModal contactId={contactId} name={name} onClose={() => lift(false)} />}
    </Alert>
  )
}

function LiftModal({ contactId, name, onClose }: { contactId: string; name: string; onClose: () => void }) {
  const t = useTranslations('privacy')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const lift = useMutation(
    api.contacts.liftRestriction.mutationOptions({
      onError: (failure) => {
        const { reason: wrong } = fieldErrors(failure)
        if (wrong) setError(wrong)
        else setProblem(problemOf(failure))
      },
      onSuccess: async () => {
        said(t('restriction.done'))
        onClose()
        await refresh('contacts', 'consents', 'privacyRequests')
      },
    })
  )
  return (
    <FormModal
      title={t('restriction.liftOf', { name })}
      problem={problem}
      submitLabel={t('restriction.lift')}
      busy={lift.isPending}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim().length < 3) return setError(t('restriction.liftMissing'))
        lift.mutate({ params: { id: contactId }, body: { reason: reason.trim() } })
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('restriction.liftText')}</Text>
      <Textarea
        label={t('restriction.liftReason')}
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
