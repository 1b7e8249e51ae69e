import type { Verdict } from './bounces/bounce_class.ts'
import { AUTO_REPLY, classifyBounce, withoutAddresses } from './bounces/classify_bounce.ts'
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
  'list.found': 'accepted',
  'email.sent': 'sent',
  'email.delivery_delayed': 'delayed',
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
  'mailbox.bounced': 'bounced',
  'mailbox.auto_reply': 'bounced',
  'mailbox.delayed': 'delayed',
  'mailbox.delivered': 'delivered',
  'mailbox.complained': 'complained',
}

/** What an event says of one of our messages; null when it says nothing that we follow (opens and clicks are our own). */
export function happeningIn({ type, body, occurredAt }: StoredEvent): Happening | null {
  const state = STATES[type]
  if (!state) return null
  if (type.startsWith('mailbox.'))
    return { state, at: occurredAt, providerId: null, ...reported(type, state, body.data ?? {}) }
  const providerId = String(body.data?.email_id ?? '')
  if (type === 'list.found')
    return { state, at: occurredAt, providerId, foundAt: new Date(body.data.found_at), ...why(state, {}) }
  return { state, at: occurredAt, providerId, ...why(state, body.data ?? {}) }
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

type Why = Pick<Happening, 'reason' | 'note' | 'bounce'>

function why(state: Happening['state'], data: any): Why {
  const note = (...parts: unknown[]) => parts.filter(Boolean).join(' · ').slice(0, 500) || null
  switch (state) {
    case 'bounced':
      return bounced(data.bounce ?? {}, data.told_by === 'list' ? 'list' : 'webhook')
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

/** What a mail in the bounce mailbox told. */
function reported(type: string, state: Happening['state'], data: any): Why {
  if (type === 'mailbox.auto_reply') return bounceOf({ verdict: AUTO_REPLY, words: null, source: 'mailbox' })
  if (state !== 'bounced') return why(state, data)
  const { status = null, text = null } = data.report ?? {}
  const words = text === null ? null : withoutAddresses(text).slice(0, 400)
  return bounceOf({ verdict: classifyBounce({ status, text }), words, source: 'mailbox' })
}

const bounceOf = (bounce: NonNullable<Happening['bounce']>): Why => ({
  reason: `bounce_${bounce.verdict.class}`,
  note: [bounce.verdict.sentence, bounce.words].filter(Boolean).join(' · '),
  bounce,
})

function bounced({ type, subType, message, diagnosticCode }: any, source: 'webhook' | 'list'): Why {
  const said = [diagnosticCode ?? []].flat().join(' ')
  const verdict = classifyBounce({ text: said || String(message ?? ''), told: toldBy(type, subType) })
  const words = withoutAddresses(said || String(message ?? '')).slice(0, 400) || null
  return bounceOf({ verdict, words, source })
}

/** Resend's types, which are those of Amazon SES. A permanent bounce that may be our own fault is told by the server's words. */
function toldBy(type: unknown, subType: unknown): Verdict | null {
  const rule = `provider_${String(type).toLowerCase()}_${String(subType).toLowerCase()}`
  const known = BY_SUBTYPE[String(subType)] ?? BY_TYPE[String(type)]
  return known ? { rule, ...known } : null
}

const BY_SUBTYPE: Record<string, Omit<Verdict, 'rule'> | undefined> = {
  MailboxFull: { class: 'soft', sentence: 'The mailbox is full.' },
  MessageTooLarge: { class: 'block', sentence: 'The mail is larger than they accept.' },
  ContentRejected: { class: 'block', sentence: 'Their filter took the mail for spam or refused its contents.' },
  AttachmentRejected: { class: 'block', sentence: 'They do not take the attachment of the mail.' },
}

const BY_TYPE: Record<string, Omit<Verdict, 'rule'> | undefined> = {
  Permanent: { class: 'hard', sentence: 'The address does not exist or refuses for good.' },
  Transient: { class: 'soft', sentence: 'The mail could not be delivered now.' },
}
