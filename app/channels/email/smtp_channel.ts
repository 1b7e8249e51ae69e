import { createHash } from 'node:crypto'
import type { EmailChannel, OutgoingMail, ReturnWay, ServerReply } from './email_channel.ts'
import { mimeHeaders } from './mime_headers.ts'
import { together, type OneOutcome } from './one_by_one.ts'
import { AT_ONCE, HandOver, smtpAccount, transportFor, type SmtpPlace } from './smtp_connection.ts'

/** From the connection to the last answer; servers look at mails while they are being handed over. */
const LONGEST_MS = 120_000

/**
 * Mail through any SMTP server. SMTP knows no idempotency keys: a call without an answer is never repeated. A call is one
 * mail: those of a batch leave side by side.
 */
export function smtpChannel(place: SmtpPlace, { returnWay }: { returnWay?: ReturnWay } = {}): EmailChannel {
  return {
    kind: 'smtp',
    account: smtpAccount(place),
    batchSize: AT_ONCE,
    isOneByOne: true,
    keyLifeMs: 0,
    longestCallMs: LONGEST_MS,
    endpoint: 'url' in place ? place.url : `smtp://${place.server.host}:${place.server.port}`,
    isPaced: false,
    async send(mails, { idempotencyKey: key }) {
      if (mails.length === 1) return sendOne(mails[0], key)
      return together(await Promise.all(mails.map((mail, no) => sendOne(mail, `${key}/${no}`))))
    },
  }

  async function sendOne(mail: OutgoingMail, key: string): Promise<OneOutcome> {
    const handOver = new HandOver()
    try {
      const back = (await returnWay?.(mail)) ?? null
      const info = await transportFor(place).sendMail({
        ...toSmtp(mail, messageId(key, mail.from, back?.mark)),
        ...(back?.address ? { envelope: { from: back.address, to: mail.to } } : {}),
        ...{ handOver, signal: AbortSignal.timeout(LONGEST_MS) },
      })
      return { kind: 'accepted', ids: [info.messageId] }
    } catch (error) {
      return outcomeOf(error as SmtpFailure, handOver)
    }
  }
}

interface SmtpFailure extends Error {
  code?: string
  command?: string
  responseCode?: number
  response?: string
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

/** A reply of the server, or that it never asked for the mail, proves that nothing was sent. Nothing else does. */
function outcomeOf(failure: SmtpFailure, { hasBegun }: HandOver): OneOutcome {
  const { code, responseCode = 0, message } = failure
  const note = [responseCode || null, code, message].filter(Boolean).join(' · ').slice(0, 500)
  const isReply = responseCode >= 400 && responseCode < 600
  // 454 and the like: their trouble, or too many tries (RFC 4954 §6).
  if (code === 'EAUTH' && !(isReply && responseCode < 500)) return { kind: 'refused', why: 'credentials', note }
  if (!isReply) {
    if (hasBegun) return { kind: 'unknown', note }
    return { kind: 'refused', why: isOurOwn(failure) ? 'recipient' : 'provider', note }
  }
  const reply = replyIn(failure, responseCode)
  return { kind: 'refused', why: responseCode < 500 ? 'provider' : FOR_GOOD[reply.stage], note, reply }
}

/** No command can carry this address: nodemailer did not even ask the server. */
const isOurOwn = ({ code, message }: SmtpFailure) => code === 'EENVELOPE' && /recipient/i.test(message)

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
