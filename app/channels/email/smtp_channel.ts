import { createHash } from 'node:crypto'
import type { EmailChannel, Outcome, OutgoingMail } from './email_channel.ts'
import { smtpAccount, transportFor, type SmtpPlace } from './smtp_connection.ts'

/**
 * Mail through any SMTP server. SMTP knows no idempotency keys: one mail at a time, and a call without an answer is
 * never repeated.
 */
export function smtpChannel(place: SmtpPlace): EmailChannel {
  const transport = transportFor(place)
  return {
    kind: 'smtp',
    account: smtpAccount(place),
    batchSize: 1,
    keyLifeMs: 0,
    endpoint: 'url' in place ? place.url : `smtp://${place.server.host}:${place.server.port}`,
    isPaced: false,
    async send([mail], { idempotencyKey }) {
      try {
        const info = await transport.sendMail(toSmtp(mail, messageId(idempotencyKey, mail.from)))
        return { kind: 'accepted', ids: [info.messageId] }
      } catch (error) {
        return outcomeOf(error as SmtpFailure)
      }
    },
  }
}

interface SmtpFailure extends Error {
  code?: string
  command?: string
  responseCode?: number
  syscall?: string
  timeoutType?: string
}

const toSmtp = ({ tags, headers, isPrivate, ...mail }: OutgoingMail, id: string) => ({
  ...mail,
  html: String(mail.html),
  text: String(mail.text),
  messageId: id,
  headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
})

/** The same mail keeps its Message-ID, so that a mailbox could tell two copies apart from two mails. */
function messageId(key: string, from: string) {
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${host}>`
}

/** A reply of the server, or a failure before it could hear of the mail, proves that nothing was sent. Nothing else does. */
function outcomeOf(failure: SmtpFailure): Outcome {
  const { code, responseCode, command, message } = failure
  const note = [responseCode, code, message].filter(Boolean).join(' · ').slice(0, 500)
  if (code === 'EAUTH') return { kind: 'refused', why: 'credentials', note }
  if (responseCode === undefined) {
    return isBeforeTheMail(failure) ? { kind: 'refused', why: 'provider', note } : { kind: 'unknown', note }
  }
  if (responseCode < 500) return { kind: 'refused', why: 'provider', note }
  if (command === 'RCPT TO') return { kind: 'refused', why: 'recipient', note }
  return { kind: 'refused', why: command === 'MAIL FROM' ? 'domain' : 'message', note }
}

const isBeforeTheMail = ({ code, syscall, timeoutType }: SmtpFailure) =>
  ['EDNS', 'EENVELOPE', 'EPRIVATE'].includes(code ?? '') ||
  ['connect', 'getaddrinfo'].includes(syscall ?? '') ||
  ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'].includes(timeoutType ?? '')
