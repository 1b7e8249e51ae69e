import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { EmailChannel, Outcome, OutgoingMail } from './email_channel.ts'

/**
 * Mail through any SMTP server. SMTP knows no idempotency keys: one mail at a time, and a call without an answer is
 * never repeated. `maxRequeues: 0` because nodemailer's pool would otherwise quietly send a mail up to five times
 * more when a connection closes, and the last connection may have accepted it.
 */
export function smtpChannel({ url }: { url: string }): EmailChannel {
  const transport = transportFor(url)
  return {
    kind: 'smtp',
    account: 'smtp',
    batchSize: 1,
    keyLifeMs: 0,
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

const transports = new Map<string, ReturnType<typeof newTransport>>()

/** One pool per address for the life of the process. */
function transportFor(url: string) {
  let transport = transports.get(url)
  if (!transport) {
    transport = newTransport(url)
    transports.set(url, transport)
  }
  return transport
}

const newTransport = (url: string) =>
  createTransport({
    url,
    pool: true,
    maxConnections: 2,
    maxRequeues: 0,
    idleTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

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
  code === 'EDNS' ||
  code === 'EENVELOPE' ||
  syscall === 'connect' ||
  ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'].includes(timeoutType ?? '')
