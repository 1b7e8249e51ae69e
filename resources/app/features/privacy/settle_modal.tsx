import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconCertificate, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, download, refresh } from '~/api'
import { problemOf, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { failed, FormProblem, said } from '~/ui'
import type { PrivacyRequest } from './privacy_request'

/** One request: what it is, the record to hand over, and how it ends. */
export function SettleModal({
  opened,
  request,
  onClose,
}: {
  opened: boolean
  request: PrivacyRequest
  onClose: () => void
}) {
  const t = useTranslations('privacy')
  const may = useMay()
  const format = useFormatter()
  const day = (value: string) => format.dateTime(new Date(value), { dateStyle: 'medium', timeZone: 'UTC' })
  const { kind, state, person } = request
  const isWaiting = state === 'open' || state === 'unconfirmed'
  const handsOver = kind === 'access' || kind === 'portability'
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t(`kinds.${kind}`)}</Text>}>
      <Stack gap="md">
        <div>
          <Text fw={600} className="break">
            {person ?? t('gone')}
          </Text>
          <Text size="sm">{t('received', { date: day(request.received_on), date2: day(request.due_on) })}</Text>
          <Text size="sm" c="dimmed">
            {request.settled_by
              ? t('settled', { state, name: request.settled_by })
              : t('recordedBy', { name: request.recorded_by })}
          </Text>
          {request.note && <Text size="sm">{request.note}</Text>}
          {typeof request.outcome.reason === 'string' && (
            <Text size="sm">{t('reason', { reason: request.outcome.reason })}</Text>
          )}
        </div>
        <Lifted request={request} />
        {isWaiting && <Text size="sm">{t(`kindHints.${kind}`)}</Text>}
        {request.confirm_until && <Alert color="blue">{t('waitsForThem', { date: day(request.confirm_until) })}</Alert>}
        {handsOver && person && may('contacts:export') && <Downloads request={request} />}
        {state === 'done' && (
          <Button
            variant="default"
            leftSection={<IconCertificate size={18} />}
            onClick={() =>
              void download(
                `/api/v1/privacy-requests/${request.id}/certificate`,
                `certificate-${request.id}.json`
              ).catch(failed)
            }
          >
            {t('certificate')}
          </Button>
        )}
        {isWaiting && may('contacts:erase') && <Settling request={request} onClose={onClose} />}
      </Stack>
    </Modal>
  )
}

/** A restriction that holds no more. */
function Lifted({ request: { outcome } }: { request: PrivacyRequest }) {
  const t = useTranslations('privacy')
  const format = useFormatter()
  const { lifted_at: at, lifted_by: name, lift_reason: reason } = outcome as Record<string, string | undefined>
  if (!at) return null
  const date = format.dateTime(new Date(at), { dateStyle: 'medium' })
  return <Text size="sm">{t('lifted', { date, name: name ?? '', reason: reason ?? '' })}</Text>
}

function Downloads({ request: { contact_id: id } }: { request: PrivacyRequest }) {
  const t = useTranslations('privacy')
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconDownload size={18} />}
        onClick={() => void download(`/api/v1/contacts/${id}/export`, `contact-${id}.json`).catch(failed)}
      >
        {t('json')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} />}
        onClick={() => void download(`/api/v1/contacts/${id}/export`, `contact-${id}.html`, 'text/html').catch(failed)}
      >
        {t('readable')}
      </Button>
    </Group>
  )
}

function Settling({ request, onClose }: { request: PrivacyRequest; onClose: () => void }) {
  const t = useTranslations('privacy')
  const [reason, setReason] = useState<string | null>(null)
  const [typed, type] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const ended = (words: string) => ({
    onError: (failure: Error) => setProblem(problemOf(failure)),
    onSuccess: async () => {
      said(words)
      onClose()
      await refresh('privacyRequests', 'contacts', 'consents', 'suppressions', 'overview')
    },
  })
  const fulfil = useMutation(api.privacyRequests.fulfil.mutationOptions(ended(t('done'))))
  const refuse = useMutation(api.privacyRequests.refuse.mutationOptions(ended(t('refused'))))
  const params = { id: request.id }
  const isErasure = request.kind === 'erasure'
  const refuseIt = () => {
    if (reason === null) return setReason('')
    if (reason.trim().length < 3) return setError(t('refuseMissing'))
    refuse.mutate({ params, body: { reason: reason.trim() } })
  }
  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      {reason !== null && (
        <TextInput
          label={t('refuseWhy')}
          required
          maxLength={1000}
          value={reason}
          error={error}
          onChange={(event) => {
            setReason(event.currentTarget.value)
            setError(undefined)
          }}
        />
      )}
      {isErasure && reason === null && (
        <TextInput label={t('eraseTyped')} value={typed} onChange={(event) => type(event.currentTarget.value)} />
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" loading={refuse.isPending} onClick={refuseIt}>
          {t('refuse')}
        </Button>
        {reason === null && (
          <Button
            color={isErasure ? 'red' : undefined}
            loading={fulfil.isPending}
            disabled={isErasure && typed.trim() !== t('eraseWord')}
            onClick={() => fulfil.mutate({ params })}
          >
            {request.kind === 'access' || request.kind === 'portability' ? t('handedOver') : t('doIt')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
