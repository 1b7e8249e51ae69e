import { createHash } from 'node:crypto'
import type { EmailChannel, OutgoingMail, ReturnWay, ServerReply } from './email_channel.ts'
import { mimeHeaders } from './mime_headers.ts'
import { together, type OneOutcome } from './one_by_one.ts'
import { AT_ONCE, smtpAccount, transportFor, type SmtpPlace } from './smtp_connection.ts'

/**
 * Mail through any SMTP server. SMTP knows no idempotency keys: a call without an answer is never repeated. A call is one
 * mail: those of a batch leave side by side.
 */
export function smtpChannel(place: SmtpPlace, { returnWay }: { returnWay?: ReturnWay } = {}): EmailChannel {
  const transport = transportFor(place)
  return {
    kind: 'smtp',
    account: smtpAccount(place),
    batchSize: AT_ONCE,
    isOneByOne: true,
    keyLifeMs: 0,
    endpoint: 'url' in place ? place.url : `smtp://${place.server.host}:${place.server.port}`,
    isPaced: false,
    async send(mails, { idempotencyKey: key }) {
      if (mails.length === 1) return sendOne(mails[0], key)
      return together(await Promise.all(mails.map((mail, no) => sendOne(mail, `${key}/${no}`))))
    },
  }

  async function sendOne(mail: OutgoingMail, key: string): Promise<OneOutcome> {
    const back = (await returnWay?.(mail)) ?? null
    try {
      const info = await transport.sendMail({
        ...toSmtp(mail, messageId(key, mail.from, back?.mark)),
        ...(back?.address ? { envelope: { from: back.address, to: mail.to } } : {}),
      })
      return { kind: 'accepted', ids: [info.messageId] }
    } catch (error) {
      return outcomeOf(error as SmtpFailure)
    }
  }
}

interface SmtpFailure extends Error {
  code?: string
  command?: string
  responseCode?: number
  response?: string
  syscall?: string
  timeoutType?: string
}

const toSmtp = ({ tags, headers, isPrivate, ...mail }: OutgoingMail, id: string) => ({
  ...mail,
  html: String(mail.html),
  text: String(mail.text),
  messageId: id,
  headers: mimeHeaders(headers),
})

/** The same mail keeps its Message-ID, so that a mailbox could tell two copies apart from two mails. */
function messageId(key: string, from: string, mark?: string) {
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  return `<${mark ? `${mark}.` : ''}${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${host}>`
}

/** A reply of the server, or a failure before it could hear of the mail, proves that nothing was sent. Nothing else does. */
function outcomeOf(failure: SmtpFailure): OneOutcome {
  const { code, responseCode, message } = failure
  const note = [responseCode, code, message].filter(Boolean).join(' · ').slice(0, 500)
  if (code === 'EAUTH') return { kind: 'refused', why: 'credentials', note }
  if (responseCode === undefined) {
    return isBeforeTheMail(failure) ? { kind: 'refused', why: 'provider', note } : { kind: 'unknown', note }
  }
  const reply = replyIn(failure, responseCode)
  return { kind: 'refused', why: responseCode < 500 ? 'provider' : FOR_GOOD[reply.stage], note, reply }
}

const FOR_GOOD = { connection: 'request', sender: 'domain', recipient: 'recipient', message: 'message' } as const

const STAGES: Record<string, ServerReply['stage'] | undefined> = {
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  'DATA': 'message',
}

/** 421 ends the connection, whatever was asked. */
function replyIn({ command = '', response, message }: SmtpFailure, code: number): ServerReply {
  const stage = code === 421 ? 'connection' : (STAGES[command] ?? 'connection')
  return { code, stage, text: (response ?? message).slice(0, 2_000) }
}

const isBeforeTheMail = ({ code, syscall, timeoutType }: SmtpFailure) =>
  ['EDNS', 'EENVELOPE', 'EPRIVATE'].includes(code ?? '') ||
  ['connect', 'getaddrinfo'].includes(syscall ?? '') ||
  ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'].includes(timeoutType ?? '')
