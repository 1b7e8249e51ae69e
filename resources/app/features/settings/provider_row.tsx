import { ActionIcon, Badge, Group, Menu, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Copyable, StatusBadge, TimeAgo } from '~/ui'
import { LastReport, Paused } from './sending_parts'

export interface Provider {
  id: string
  kind: 'resend' | 'smtp' | 'ses' | 'postmark'
  name: string
  hint: string
  settings: Record<string, string | number>
  position: number
  is_fallback: boolean
  status: 'ok' | 'refused' | 'off'
  status_note: string | null
  paused: { until: string; reason: string } | null
  topics: string[]
  suppression_list: { read_at: string | null; note: string | null } | null
  webhook: { url: string | null; registered: boolean; note: string | null; last_event_at: string | null }
}

export interface ProviderActions {
  onMove: (position: number) => void
  onEdit: () => void
  onTest: (send: boolean) => void
  onSwitch: () => void
  onRemove: () => void
}

/** One account: what it is, how it stands, what is heard of its mails; and what can be done with it. */
export function ProviderRow({
  provider,
  last,
  topicNames,
  actions,
}: {
  provider: Provider
  last: number
  topicNames: string[]
  /** Null: who looks may not change anything. */
  actions: ProviderActions | null
}) {
  const t = useTranslations('providers')
  const { name, kind, hint, paused, status, status_note: note } = provider
  return (
    <Stack component="li" gap="xs" py="sm" style={{ listStyle: 'none' }}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text size="sm" fw={600} className="break">
              {name}
            </Text>
            <Standing provider={provider} />
          </Group>
          <Text size="xs" c="dimmed" className="break">
            {t(`kinds.${kind}`)} · {hint}
            {topicNames.length > 0 && ` · ${t('sends', { topics: topicNames.join(', ') })}`}
          </Text>
        </div>
        {actions && <Actions provider={provider} last={last} actions={actions} />}
      </Group>
      {status === 'refused' && note && (
        <Text size="sm" c="red" className="break">
          {note}
        </Text>
      )}
      {paused && <Paused {...paused} />}
      <Hearing provider={provider} />
      {provider.suppression_list && status === 'ok' && <TakenOver {...provider.suppression_list} />}
    </Stack>
  )
}

function Standing({ provider: { status, position, is_fallback: isFallback } }: { provider: Provider }) {
  const t = useTranslations('providers')
  return (
    <>
      <StatusBadge tone={({ ok: 'good', refused: 'bad', off: 'neutral' } as const)[status]}>
        {t(`status.${status}`)}
      </StatusBadge>
      {position === 1 && status !== 'off' && <Badge color="door">{t('first')}</Badge>}
      {isFallback && position !== 1 && <Badge color="gray">{t('stepsIn')}</Badge>}
    </>
  )
}

function Hearing({ provider: { kind, webhook } }: { provider: Provider }) {
  const t = useTranslations('providers')
  if (kind === 'smtp') return null
  if (webhook.registered) {
    return (
      <Text size="xs" c="dimmed">
        {t('webhook.registered')} <LastReport at={webhook.last_event_at} />
      </Text>
    )
  }
  return (
    <Stack gap={4}>
      <Text size="sm">{webhook.note ?? t('webhook.missing')}</Text>
      {kind === 'ses' && webhook.url && <Copyable value={webhook.url} label={t('webhook.address')} />}
    </Stack>
  )
}

/** Whom the provider does not deliver to, we do not write to. */
function TakenOver({ read_at: at, note }: { read_at: string | null; note: string | null }) {
  const t = useTranslations('providers.list')
  if (note) return <Text size="sm">{t('unread', { note })}</Text>
  return (
    <Text size="xs" c="dimmed">
      {at ? t.rich('read', { when: () => <TimeAgo value={at} /> }) : t('waits')}
    </Text>
  )
}

function Actions({ provider, last, actions }: { provider: Provider; last: number; actions: ProviderActions }) {
  const t = useTranslations('providers')
  const { name, position, status } = provider
  const { onMove, onEdit, onTest, onSwitch, onRemove } = actions
  return (
    <Group gap={4} wrap="nowrap" flex="none">
      <ActionIcon
        variant="subtle"
        disabled={position === 1}
        onClick={() => onMove(position - 1)}
        aria-label={t('up', { name })}
      >
        <IconArrowUp size={18} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        disabled={position === last}
        onClick={() => onMove(position + 1)}
        aria-label={t('down', { name })}
      >
        <IconArrowDown size={18} />
      </ActionIcon>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t('more', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t('edit')}</Menu.Item>
          <Menu.Item onClick={() => onTest(false)}>{t('check')}</Menu.Item>
          <Menu.Item onClick={() => onTest(true)}>{t('mailMe')}</Menu.Item>
          <Menu.Item onClick={onSwitch}>{t(status === 'off' ? 'on' : 'off')}</Menu.Item>
          <Menu.Item color="red" onClick={onRemove}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
