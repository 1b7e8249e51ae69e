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

export function messageIn({ body }: StoredEvent): { campaignId: number; contactId: number } | null {
  const [campaignId, contactId] = [tagIn(body, 'c'), tagIn(body, 'm')]
  return campaignId !== null && contactId !== null ? { campaignId, contactId } : null
}

/** The service mail that an event is about. */
export const serviceMessageIn = ({ body }: StoredEvent): number | null => tagIn(body, 's')

/** Our own tags, as an object or (older senders) as a list. */
function tagIn(body: any, name: string): number | null {
  const tags = body.data?.tags
  const value = String((Array.isArray(tags) ? tags.find((one) => one?.name === name)?.value : tags?.[name]) ?? '')
  return /^\d{1,15}$/.test(value) ? Number(value) : null
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
