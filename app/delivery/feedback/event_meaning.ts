import type { Happening } from './message_states.ts'

export interface StoredEvent {
  id: number
  workspaceId: number
  type: string
  body: any
  occurredAt: Date
  attempts: number
}

const STATES: Record<string, Happening['state']> = {
  'email.sent': 'sent',
  'email.delivery_delayed': 'delayed',
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
}

/** What an event says of one of our messages; null when it says nothing that we follow (opens and clicks are our own). */
export function happeningIn({ type, body, occurredAt }: StoredEvent): Happening | null {
  const state = STATES[type]
  if (!state) return null
  return { state, at: occurredAt, providerId: String(body.data?.email_id ?? ''), ...why(state, body.data ?? {}) }
}

/** Our own tags, as an object or (older senders) as a list. */
export function messageIn({ body }: StoredEvent): { campaignId: number; contactId: number } | null {
  const tags = body.data?.tags
  const tag = (name: string) => (Array.isArray(tags) ? tags.find((one) => one?.name === name)?.value : tags?.[name])
  const [campaign, contact] = [String(tag('c') ?? ''), String(tag('m') ?? '')]
  return /^\d{1,15}$/.test(campaign) && /^\d{1,15}$/.test(contact)
    ? { campaignId: Number(campaign), contactId: Number(contact) }
    : null
}

function why(state: Happening['state'], data: any): { reason: string | null; note: string | null } {
  const note = (...parts: unknown[]) => parts.filter(Boolean).join(' · ').slice(0, 500) || null
  switch (state) {
    case 'bounced':
      return {
        reason: `bounce_${String(data.bounce?.type ?? 'undetermined').toLowerCase()}`,
        note: note(data.bounce?.subType, data.bounce?.message, ...[data.bounce?.diagnosticCode ?? []].flat()),
      }
    case 'failed':
      return { reason: 'failed_at_provider', note: note(data.failed?.reason) }
    case 'suppressed':
      return { reason: 'suppressed_at_provider', note: note(data.suppressed?.message) }
    case 'complained':
      return { reason: 'complaint', note: null }
    default:
      return { reason: null, note: null }
  }
}
