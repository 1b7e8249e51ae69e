import { Button, Group, Stack, Text } from '@mantine/core'
import { IconInbox, IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { ErrorPanel, later, LinkAnchor, onDemand, Page, Section, StatusBadge, Waiting } from '~/ui'
import { ProvidersSection } from './providers_section'
import type { Provider } from './provider_row'
import { LastReport, Paused } from './sending_parts'

const ProviderModal = onDemand(() => import('./provider_modal'), 'ProviderModal')

interface Default {
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
  const t = useTranslations('providers')
  const settings = useTranslations('settings')
  const way = useQuery(api.providers.resend.show.queryOptions())
  const own = useQuery(api.providers.index.queryOptions())
  const mayWrite = useMay()('settings:write')
  const [edited, setEdited] = useState<Provider | 'new' | null>(null)
  const connect = mayWrite && (
    <Button leftSection={<IconPlugConnected size={18} />} onClick={() => setEdited('new')}>
      {t('connect')}
    </Button>
  )
  const failed = [way, own].find((query) => query.isError)
  return (
    <Page title={settings('parts.sending')} lead={t('lead')} actions={connect}>
      {failed ? (
        <ErrorPanel error={failed.error} retry={failed.refetch} />
      ) : !way.data || !own.data ? (
        <Waiting rows={4} />
      ) : (
        <>
          {own.data.data.length === 0 ? (
            <>
              <WayOut way={way.data} />
              {way.data.channel === 'resend' && <Reports webhook={way.data.webhook} />}
            </>
          ) : (
            <ProvidersSection providers={own.data.data} mayWrite={mayWrite} onEdit={setEdited} />
          )}
          {way.data.connected && <Domains />}
        </>
      )}
      <BounceRules />
      <BounceMailbox />
      <ProviderModal
        key={edited === null || edited === 'new' ? 'new' : edited.id}
        opened={edited !== null}
        provider={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
      />
    </Page>
  )
}

/** What leads out where a workspace has no account of its own. */
function WayOut({ way: { channel, api_key_hint: hint, paused } }: { way: Default }) {
  const t = useTranslations('providers')
  return (
    <Section title={t('now')}>
      <Stack gap="sm">
        <Group gap="sm">
          <StatusBadge
            tone={channel === 'capture' ? 'neutral' : 'good'}
            icon={channel === 'capture' ? IconInbox : IconPlugConnected}
          >
            {t(`leaves.${channel}`)}
          </StatusBadge>
        </Group>
        <Text size="sm">{t(`byEnvironment.${channel}`, { hint: hint ?? '' })}</Text>
        {paused && <Paused {...paused} />}
      </Stack>
    </Section>
  )
}

function Reports({ webhook }: { webhook: Default['webhook'] }) {
  const t = useTranslations('providers')
  return (
    <Section title={t('webhook.title')}>
      <Stack gap="xs">
        <Group>
          <StatusBadge tone={webhook.registered ? 'good' : 'warning'}>
            {t(`webhook.${webhook.registered ? 'registered' : 'missing'}`)}
          </StatusBadge>
        </Group>
        {webhook.registered ? (
          <Text size="sm" c="dimmed">
            <LastReport at={webhook.last_event_at} />
          </Text>
        ) : (
          <Text size="sm">{webhook.note ?? t('webhook.missingNote')}</Text>
        )}
      </Stack>
    </Section>
  )
}

function Domains() {
  const t = useTranslations('providers')
  const { id: workspaceId } = useWorkspace()
  const domains = useQuery(api.providers.resend.domains.queryOptions())
  return (
    <Section
      title={t('domains.title')}
      actions={<LinkAnchor to={addressOf(workspaceId, 'settings/domains')}>{t('domains.open')}</LinkAnchor>}
    >
      {domains.isPending && <Waiting rows={2} />}
      {domains.isError && <ErrorPanel error={domains.error} retry={domains.refetch} />}
      {domains.data?.note && <Text size="sm">{domains.data.note}</Text>}
      {domains.data && !domains.data.note && domains.data.data.length === 0 && (
        <Text size="sm">{t('domains.none')}</Text>
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
            {status === 'verified' ? t('domains.verified') : status.replaceAll('_', ' ')}
          </StatusBadge>
        </Group>
      ))}
    </Section>
  )
}
