import { Alert, Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { IconHelpCircle, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { FormModal, said } from '~/ui'
import { useBrakes } from '../campaigns/brakes'
import { campaignQuery } from '../campaigns/campaign'
import type { ReceiptSeen } from './receipt_account'

/** Nothing goes to anybody twice by itself: of whom nobody knows, a person says what they found out. */
export function UnconfirmedSection({ id, status, receipt }: { id: string; status: string; receipt: ReceiptSeen }) {
  const t = useTranslations('reports.unconfirmed')
  const maySend = useMay()('campaigns:send')
  const [isDeciding, decide] = useState(false)
  const { retry } = useBrakes(id)
  const unknown = receipt.unconfirmed.total
  const notListed = receipt.unconfirmed.reasons.not_in_providers_list ?? 0
  const notSent = receipt.failed.reasons.decided_not_sent ?? 0
  const mayRetry = status === 'sent_with_problems' || status === 'paused'
  if (!maySend) return null
  return (
    <>
      {unknown > 0 && (
        <Alert mt="md" color="yellow" icon={<IconHelpCircle aria-hidden />} title={t('title', { count: unknown })}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t('text')}</Text>
            {notListed > 0 && <Text size="sm">{t('notListed', { count: notListed })}</Text>}
            <Button variant="default" onClick={() => decide(true)}>
              {t('button')}
            </Button>
          </Stack>
        </Alert>
      )}
      {notSent > 0 && mayRetry && (
        <Group mt="md" gap="sm">
          <Text size="sm">{t('notSent', { count: notSent })}</Text>
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate({ params: { id } })}
          >
            {t('retry')}
          </Button>
        </Group>
      )}
      {isDeciding && <DecideModal id={id} unknown={unknown} notListed={notListed} onClose={() => decide(false)} />}
    </>
  )
}

type Outcome = 'sent' | 'not_sent'

const NOT_LISTED = 'not_in_providers_list'

function DecideModal({
  id,
  unknown,
  notListed,
  onClose,
}: {
  id: string
  unknown: number
  notListed: number
  onClose: () => void
}) {
  const t = useTranslations('reports.unconfirmed')
  const maySplit = notListed > 0 && notListed < unknown
  const [reason, setReason] = useState<typeof NOT_LISTED | undefined>(maySplit ? NOT_LISTED : undefined)
  const count = reason ? notListed : unknown
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [note, setNote] = useState('')
  const [errors, setErrors] = useState<Record<string, string | undefined>>({})
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const save = useMutation(
    api.campaigns.decide.mutationOptions({
      onError: (failure) => {
        const wrong = fieldErrors(failure)
        setErrors(wrong)
        if (Object.keys(wrong).length === 0) setProblem(problemOf(failure))
      },
      onSuccess: async (answer) => {
        queryClient.setQueryData(campaignQuery(id).queryKey, answer as never)
        said(t(`done.${outcome!}`, { count }))
        onClose()
        await refresh('campaigns', 'overview')
      },
    })
  )
  const submit = () => {
    const missing = {
      outcome: outcome === null ? t('outcomeMissing') : undefined,
      note: note.trim().length < 3 ? t('noteMissing') : undefined,
    }
    setErrors(missing)
    if (outcome && !missing.note) save.mutate({ params: { id }, body: { outcome, note: note.trim(), reason } })
  }
  return (
    <FormModal
      title={t('modalTitle', { count })}
      problem={problem}
      submitLabel={t('save')}
      busy={save.isPending}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('modalText')}</Text>
      {maySplit && (
        <Radio.Group
          label={t('who')}
          value={reason ?? 'all'}
          onChange={(value) => setReason(value === NOT_LISTED ? NOT_LISTED : undefined)}
        >
          <Stack gap="xs" mt="xs">
            <Radio value={NOT_LISTED} label={t('whoNotListed', { count: notListed })} />
            <Radio value="all" label={t('whoAll', { count: unknown })} />
          </Stack>
        </Radio.Group>
      )}
      <Radio.Group
        label={t('outcome')}
        value={outcome}
        error={errors.outcome}
        onChange={(value) => {
          setOutcome(value as Outcome)
          setErrors((others) => ({ ...others, outcome: undefined }))
        }}
      >
        <Stack gap="xs" mt="xs">
          {(['sent', 'not_sent'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`outcomes.${value}`)} description={t(`means.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('note')}
        description={t('noteHint')}
        autosize
        minRows={2}
        maxLength={300}
        required
        value={note}
        error={errors.note}
        onChange={(event) => {
          setNote(event.currentTarget.value)
          setErrors((others) => ({ ...others, note: undefined }))
        }}
      />
    </FormModal>
  )
}
