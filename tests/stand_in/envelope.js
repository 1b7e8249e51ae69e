import { messageIdOf } from './mailbox.js'

/**
 * The envelope that is posted. Source: Resend docs, "Webhook event types"; tags come back as an object.
 * @param {import('./webhooks.js').Happening} happening
 */
export function envelopeOf({ type, at, mail, details, data }) {
  return { type, created_at: at, data: mail ? { ...mailData(mail), ...details } : data }
}

function mailData(mail) {
  const headers = Object.entries(mail.headers ?? {}).map(([name, value]) => ({ name, value }))
  return {
    created_at: new Date(mail.createdAt).toISOString(),
    email_id: mail.id,
    message_id: messageIdOf(mail),
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    ...(mail.tags && { tags: mail.tags }),
    ...(headers.length > 0 && { headers }),
  }
}
