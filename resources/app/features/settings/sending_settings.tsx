import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInbox, IconPlugConnected } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  ConfirmModal,
  DateTime,
  ErrorPanel,
  FormProblem,
  later,
  LinkAnchor,
  Page,
  said,
  Section,
  StatusBadge,
  TimeAgo,
  Waiting,
} from '~/ui'

interface Provider {
  source: 'workspace' | 'environment' | null
  channel: 'resend' | 'smtp' | 'ses' | 'postmark' | 'capture'
  api_key_hint: string | null
  webhook: { registered: boolean; note: string | null; last_event_at: string | null }
  paused: { until: string; reason: string } | null
}

const BounceRules = later(() => import('./bounce_rules'), 'BounceRules', 4)
const BounceMailbox = later(() => import('./bounce_mailbox'), 'BounceMailbox', 2)

/** How mail leaves, said as it is: also when it does not leave, or when nothing will be heard of it. */
export function SendingSettings() {
  const t = useTranslations('settings')
  const provider = useQuery(api.providers.resend.show.queryOptions())
  const mayWrite = useMay()('settings:write')
  return (
    <Page title={t('parts.sending')} lead={t('sending.lead')}>
      {provider.isPending && <Waiting rows={4} />}
      {provider.isError && <ErrorPanel error={provider.error} retry={provider.refetch} />}
      {provider.data && (
        <>
          <WayOut provider={provider.data} />
          {provider.data.channel === 'resend' && <Reports webhook={provider.data.webhook} />}
          {provider.data.channel === 'resend' && <Domains />}
          {mayWrite && <KeyForm hasOwn={provider.data.source === 'workspace'} />}
        </>
      )}
      <BounceRules />
      <BounceMailbox />
    </Page>
  )
}

function WayOut({ provider: { channel, source, api_key_hint: hint, paused } }: { provider: Provider }) {
  const t = useTranslations('settings')
  return (
    <Section title={t('sending.now')}>
      <Stack gap="sm">
        <Group gap="sm">
          <StatusBadge
            tone={channel === 'capture' ? 'neutral' : 'good'}
            icon={channel === 'capture' ? IconInbox : IconPlugConnected}
          >
            {t(`sending.${channel}.connected`)}
          </StatusBadge>
        </Group>
        <Text size="sm">
          {channel === 'resend'
            ? t(`sending.resend.${source === 'workspace' ? 'workspaceKey' : 'environmentKey'}`, { hint: hint ?? '' })
            : t(`sending.${channel}.note`)}
        </Text>
        {paused && (
          <Alert color="yellow">
            {t.rich('sending.pausedUntil', {
              until: () => <DateTime key="until" value={paused.until} zone />,
              reason: paused.reason,
            })}
          </Alert>
        )}
      </Stack>
    </Section>
  )
}

function Reports({ webhook }: { webhook: Provider['webhook'] }) {
  const t = useTranslations('settings')
  return (
    <Section title={t('sending.webhook.title')}>
      <Stack gap="xs">
        <Group>
          <StatusBadge tone={webhook.registered ? 'good' : 'warning'}>
            {t(`sending.webhook.${webhook.registered ? 'registered' : 'missing'}`)}
          </StatusBadge>
        </Group>
        {webhook.registered ? (
          <Text size="sm" c="dimmed">
            {webhook.last_event_at ? (
              <>
                {t('sending.webhook.last')} <TimeAgo value={webhook.last_event_at} />
              </>
            ) : (
              t('sending.webhook.never')
            )}
          </Text>
        ) : (
          <Text size="sm">{webhook.note ?? t('sending.webhook.missingNote')}</Text>
        )}
      </Stack>
    </Section>
  )
}

function Domains() {
  const t = useTranslations('settings')
  const { id: workspaceId } = useWorkspace()
  const domains = useQuery(api.providers.resend.domains.queryOptions())
  return (
    <Section
      title={t('sending.domains.title')}
      actions={<LinkAnchor to={addressOf(workspaceId, 'settings/domains')}>{t('sending.domains.open')}</LinkAnchor>}
    >
      {domains.isPending && <Waiting rows={2} />}
      {domains.isError && <ErrorPanel error={domains.error} retry={domains.refetch} />}
      {domains.data?.note && <Text size="sm">{domains.data.note}</Text>}
      {domains.data && !domains.data.note && domains.data.data.length === 0 && (
        <Text size="sm">{t('sending.domains.none')}</Text>
      )}
      {domains.data?.data.map(({ id, name, status, region }) => (
        <Group key={id} justify="space-between" py={6}>
          <Text size="sm" fw={600} className="break">
            {name}{' '}
            <Text span size="sm" c="dimmed">
              {region}
            </Text>
          </Text>
          <StatusBadge tone={status === 'verified' ? 'good' : 'warning'}>
            {status === 'verified' ? t('sending.domains.verified') : status.replaceAll('_', ' ')}
          </StatusBadge>
        </Group>
      ))}
    </Section>
  )
}

function KeyForm({ hasOwn }: { hasOwn: boolean }) {
  const t = useTranslations('settings')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  const form = useForm({ initialValues: { api_key: '' } })
  const connect = useMutation(
    api.providers.resend.update.mutationOptions({
      onSuccess: async () => {
        form.reset()
        setProblem(null)
        await refresh('providers')
        said(t('sending.connectedNow'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  const disconnect = useMutation(
    api.providers.resend.destroy.mutationOptions({
      onSuccess: async () => {
        setLeaving(false)
        await refresh('providers')
        said(t('sending.disconnected'))
      },
    })
  )
  return (
    <Section title={t(hasOwn ? 'sending.replace' : 'sending.connect')}>
      <form onSubmit={form.onSubmit((body) => connect.mutate({ body }))}>
        <Stack>
          <FormProblem problem={problem} />
          <PasswordInput
            label={t('sending.key')}
            description={t('sending.keyHint')}
            placeholder="re_…"
            required
            autoComplete="off"
            {...form.getInputProps('api_key')}
          />
          <Group justify="flex-end">
            {hasOwn && (
              <Button variant="default" onClick={() => setLeaving(true)}>
                {t('sending.disconnect')}
              </Button>
            )}
            <Button type="submit" loading={connect.isPending}>
              {t('sending.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      <ConfirmModal
        opened={isLeaving}
        onClose={() => setLeaving(false)}
        onConfirm={() => disconnect.mutate({})}
        busy={disconnect.isPending}
        title={t('sending.disconnectTitle')}
        confirmLabel={t('sending.disconnect')}
        danger
      >
        {t('sending.disconnectText')}
      </ConfirmModal>
    </Section>
  )
}
