/** One person's mail: where it stands, why, and the way there. */
import { Text, Timeline } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { DateTime, StatusBadge, type Tone } from '~/ui'
import { useReason } from './reason'

export interface Message {
  contact_id: string
  email: string | null
  first_name: string | null
  last_name: string | null
  state: string
  reason: string | null
  note: string | null
  history: { what: string; at: string }[]
}

export const states = [
  'accepted',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'suppressed',
  'withheld',
  'failed',
  'unconfirmed',
  'cancelled',
  'sending',
] as const
type State = (typeof states)[number]

const tones: Partial<Record<string, Tone>> = {
  delivered: 'good',
  bounced: 'bad',
  complained: 'bad',
  failed: 'bad',
  suppressed: 'warning',
  withheld: 'warning',
  unconfirmed: 'warning',
  delayed: 'warning',
  sending: 'busy',
}

export const nameOf = ({
  first_name: first,
  last_name: last,
  email,
}: Pick<Message, 'first_name' | 'last_name' | 'email'>) => [first, last].filter(Boolean).join(' ') || email || ''

export function MessageState({ state }: { state: string }) {
  const t = useTranslations('reports.states')
  return <StatusBadge tone={tones[state] ?? 'neutral'}>{t(state as State)}</StatusBadge>
}

export function Why({ message: { reason, note } }: { message: Message }) {
  const say = useReason()
  return (
    <Text size="sm" c="dimmed" className="break" lineClamp={2}>
      {note ?? (reason ? say(reason) : '')}
    </Text>
  )
}

/** What happened to one person's mail, oldest first. */
export function History({ message }: { message: Message }) {
  const t = useTranslations('reports.history')
  const { history } = message
  return (
    <>
      <Timeline active={history.length - 1} bulletSize={14} lineWidth={2}>
        {history.map(({ what, at }) => (
          <Timeline.Item
            key={what}
            title={<Text size="sm">{t.has(what as 'accepted') ? t(what as 'accepted') : what}</Text>}
          >
            <Text size="xs" c="dimmed">
              <DateTime value={at} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {(message.note || message.reason) && (
        <Text size="sm" mt="md" component="div">
          <Why message={message} />
        </Text>
      )}
    </>
  )
}
