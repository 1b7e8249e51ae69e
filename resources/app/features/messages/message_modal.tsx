import { Alert, Group, Modal, Stack, Text, Timeline } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Copyable, DateTime, ErrorPanel, LinkAnchor, Waiting } from '~/ui'
import { MessageBadge, type MessageStatus } from './message_badge'

const REFRESH_MS = 3_000

/** One mail: to whom, and each step with its time. */
export function MessageModal({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const t = useTranslations('messages')
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t('one')}</Text>}>
      {opened && <Message id={id} />}
    </Modal>
  )
}

function Message({ id }: { id: string }) {
  const t = useTranslations('messages')
  const { id: workspaceId } = useWorkspace()
  const message = useQuery(api.messages.show.queryOptions({ params: { id } }, { refetchInterval: REFRESH_MS }))
  if (message.isError) return <ErrorPanel error={message.error} retry={message.refetch} />
  if (!message.data) return <Waiting rows={4} />
  const { to, subject, status, reason, note, contact_id: contactId, provider_id: providerId, history } = message.data
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} className="break">
          {subject ?? t('gone')}
        </Text>
        <Text size="sm" c="dimmed" className="break">
          {contactId ? (
            <LinkAnchor to={addressOf(workspaceId, `contacts/${contactId}`)} inherit>
              {to ?? t('erased')}
            </LinkAnchor>
          ) : (
            (to ?? t('erased'))
          )}
        </Text>
      </div>
      <Group>
        <MessageBadge status={status} />
      </Group>
      {(note || reason) && (
        <Alert color="yellow" py="xs" className="break">
          {note ?? reason?.replaceAll('_', ' ')}
        </Alert>
      )}
      <Timeline bulletSize={16} lineWidth={2} active={history.length}>
        {history.map(({ what, at }) => (
          <Timeline.Item key={`${what} ${at}`} title={t(`statuses.${what as MessageStatus}`)}>
            <Text size="xs" c="dimmed">
              <DateTime value={at} zone />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {providerId && (
        <div>
          <Text size="xs" c="dimmed">
            {t('providerId')}
          </Text>
          <Copyable value={providerId} label={t('providerId')} />
        </div>
      )}
      <Text size="xs" c="dimmed">
        {t('notKept')}
      </Text>
    </Stack>
  )
}
