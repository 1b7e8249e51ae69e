import type { Told } from './keep_event.ts'

/**
 * An event of Postmark (postmarkapp.com/developer/webhooks), as we keep it; null when it says nothing that we follow. Opens
 * and clicks are our own. `id`: Postmark gives none; what happened when to which mail is one.
 */
export function toldByPostmark(event: any): { id: string; told: Told } | null {
  const happened = whatHappened(event ?? {})
  if (!happened) return null
  const { type, at, ...facts } = happened
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null
  const mail = String(event.MessageID ?? '')
  const id = [event.RecordType, event.ID ?? mail, at].join(':').slice(0, 240)
  return { id, told: { type, created_at: at, data: { email_id: mail, tags: event.Metadata ?? {}, ...facts } } }
}

interface Happened {
  type: string
  at: unknown
  [fact: string]: unknown
}

function whatHappened(event: any): Happened | null {
  switch (event.RecordType) {
    case 'Delivery':
      return { type: 'email.delivered', at: event.DeliveredAt }
    case 'Bounce':
      return bounced(event)
    case 'SpamComplaint':
      return { type: 'email.complained', at: event.BouncedAt }
    case 'SubscriptionChange':
      return event.SuppressSending === true ? unwanted(event) : null
    default:
      return null
  }
}

/** Postmark's types of bounces by those of Resend; what is no bounce at all (out of office, a challenge) is left out. */
const BOUNCES: Record<string, { type: string; subType: string } | undefined> = {
  HardBounce: { type: 'Permanent', subType: 'General' },
  BadEmailAddress: { type: 'Permanent', subType: 'General' },
  SoftBounce: { type: 'Transient', subType: 'General' },
  DnsError: { type: 'Transient', subType: 'General' },
  Undeliverable: { type: 'Transient', subType: 'General' },
  Unknown: { type: 'Undetermined', subType: 'Undetermined' },
  SpamNotification: { type: 'Transient', subType: 'ContentRejected' },
  Blocked: { type: 'Transient', subType: 'ContentRejected' },
  DMARCPolicy: { type: 'Transient', subType: 'ContentRejected' },
  VirusNotification: { type: 'Transient', subType: 'ContentRejected' },
}

function bounced({ Type, BouncedAt: at, Description, Details }: any): Happened | null {
  if (Type === 'SpamComplaint') return { type: 'email.complained', at }
  if (Type === 'Transient') return { type: 'email.delivery_delayed', at }
  if (Type === 'ManuallyDeactivated' || Type === 'Unsubscribe') {
    return { type: 'email.suppressed', at, suppressed: { type: Type, message: String(Description ?? '') } }
  }
  const known = BOUNCES[Type]
  if (!known) return null
  const words = typeof Details === 'string' && Details !== '' ? [Details] : []
  return { type: 'email.bounced', at, bounce: { ...known, message: String(Description ?? ''), diagnosticCode: words } }
}

const ORIGINS: Record<string, string | undefined> = { HardBounce: 'bounce', SpamComplaint: 'complaint' }

/** Postmark does not write to this address any more; `recipient`: because its owner left by Postmark's own link. */
const unwanted = ({ Recipient, ChangedAt, SuppressionReason, Origin }: any): Happened => ({
  type: 'suppression.added',
  at: ChangedAt,
  provider: 'postmark',
  email: Recipient,
  origin: ORIGINS[SuppressionReason] ?? (Origin === 'Recipient' ? 'recipient' : 'manual'),
})
