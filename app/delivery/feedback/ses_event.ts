import type { Told } from './keep_event.ts'

/**
 * An event that SES publishes (event publishing by a configuration set, docs.aws.amazon.com/ses: "Examples of event data that
 * Amazon SES publishes to Amazon SNS"), as we keep it; null when it says nothing that we follow. Opens and clicks are our own.
 */
export function toldBySes(event: any): Told | null {
  const mail = event?.mail
  if (typeof mail?.messageId !== 'string') return null
  const happened = whatHappened(event)
  if (!happened) return null
  const { type, at, ...facts } = happened
  const moment = typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : mail.timestamp
  if (Number.isNaN(Date.parse(moment))) return null
  return { type, created_at: moment, data: { email_id: mail.messageId, tags: tagsOf(mail), ...facts } }
}

interface Happened {
  type: string
  at?: string
  [fact: string]: unknown
}

function whatHappened(event: any): Happened | null {
  const { bounce, complaint, delivery, deliveryDelay, reject, mail } = event
  switch (event.eventType ?? event.notificationType) {
    case 'Send':
      return { type: 'email.sent', at: mail.timestamp }
    case 'Delivery':
      return { type: 'email.delivered', at: delivery?.timestamp }
    case 'DeliveryDelay':
      return { type: 'email.delivery_delayed', at: deliveryDelay?.timestamp }
    case 'Bounce':
      return isSuppressed(bounce?.bounceSubType)
        ? suppressed(bounce.timestamp, bounce.bounceSubType)
        : { type: 'email.bounced', at: bounce?.timestamp, bounce: bounceOf(bounce ?? {}) }
    case 'Complaint':
      // Not a reader's complaint: SES did not even try.
      return isSuppressed(complaint?.complaintSubType)
        ? suppressed(complaint.timestamp, complaint.complaintSubType)
        : { type: 'email.complained', at: complaint?.timestamp }
    case 'Reject':
      return { type: 'email.failed', at: mail.timestamp, failed: { reason: String(reject?.reason ?? 'rejected') } }
    default:
      return null
  }
}

const isSuppressed = (subType: unknown) => subType === 'OnAccountSuppressionList' || subType === 'Suppressed'

const suppressed = (at: string, type: string): Happened => ({
  type: 'email.suppressed',
  at,
  suppressed: { type, message: 'It is on the suppression list of Amazon SES.' },
})

/** One mail goes to one person. */
function bounceOf({ bounceType, bounceSubType, bouncedRecipients = [] }: any) {
  const [recipient] = bouncedRecipients
  return {
    type: bounceType,
    subType: bounceSubType,
    message: [recipient?.action, recipient?.status].filter(Boolean).join(' '),
    diagnosticCode: recipient?.diagnosticCode ? [recipient.diagnosticCode] : [],
  }
}

/** `{ c: ["12"] }` becomes `{ c: "12" }`; SES adds some of its own. */
const tagsOf = ({ tags = {} }: any): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([name, value]) =>
      name.startsWith('ses:') ? [] : [[name, String([value].flat()[0])]]
    )
  )
