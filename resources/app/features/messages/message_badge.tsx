import { useTranslations } from 'use-intl'
import { StatusBadge, type Tone } from '~/ui'

const tones = {
  queued: 'neutral',
  sending: 'busy',
  accepted: 'busy',
  sent: 'busy',
  delayed: 'warning',
  delivered: 'good',
  withheld: 'warning',
  bounced: 'bad',
  complained: 'bad',
  failed: 'bad',
  suppressed: 'warning',
  unconfirmed: 'warning',
} as const satisfies Record<string, Tone>

export type MessageStatus = keyof typeof tones

export const statuses = Object.keys(tones) as MessageStatus[]

/** What became of one mail, so far. */
export function MessageBadge({ status }: { status: string }) {
  const t = useTranslations('messages.statuses')
  const known = status as MessageStatus
  return <StatusBadge tone={tones[known]}>{t(known)}</StatusBadge>
}
