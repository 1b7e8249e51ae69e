import { createTransport } from 'nodemailer'
import type { EmailChannel, OutgoingMail } from './email_channel.ts'
import { mimeHeaders } from './mime_headers.ts'
import { sesAccount, sesClient, sesEndpoint, sesStanding, type SesAccess } from './ses_client.ts'
import { sesRefusal, type SesFailure } from './ses_refusals.ts'

const TIMEOUT_MS = 30_000

/**
 * Mail through Amazon SES, API v2, by the official SDK. SES knows no idempotency keys: one mail a call, and a call without
 * an answer is never repeated. Mails go as MIME, as by SMTP: the simple form takes few and short headers only.
 */
export function sesChannel(access: SesAccess): EmailChannel {
  return {
    kind: 'ses',
    account: sesAccount(access),
    batchSize: 1,
    keyLifeMs: 0,
    endpoint: sesEndpoint(access),
    isPaced: true,
    async usage() {
      const standing = await sesStanding(access).catch((failure: SesFailure) => failure)
      if (standing instanceof Error) return standing.$metadata?.httpStatusCode === 403 ? 'forbidden' : null
      const { sentInLastDay: used, dailyLimit: limit } = standing
      return { daily: { used, limit, resetsAt: null }, monthly: { used: 0, limit: null, resetsAt: null } }
    },
    async send([mail], { signal }) {
      const client = await sesClient(access)
      const command = await commandOf(mail, access)
      const abortSignal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])])
      try {
        const { MessageId: id } = await client.send(command, { abortSignal })
        return id ? { kind: 'accepted', ids: [id] } : { kind: 'unknown', note: 'SES answered without an id.' }
      } catch (error) {
        return sesRefusal(error as SesFailure, mail)
      }
    },
  }
}

async function commandOf(mail: OutgoingMail, { configurationSet }: SesAccess) {
  const { SendEmailCommand } = await import('@aws-sdk/client-sesv2')
  return new SendEmailCommand({
    Destination: { ToAddresses: [mail.to] },
    Content: { Raw: { Data: await mimeOf(mail) } },
    EmailTags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
    ...(configurationSet ? { ConfigurationSetName: configurationSet } : {}),
  })
}

const composer = createTransport({
  streamTransport: true,
  buffer: true,
  newline: 'windows',
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** SES gives it its own Message-ID and date. */
async function mimeOf({ tags: _, isPrivate: __, headers, html, text, ...mail }: OutgoingMail): Promise<Buffer> {
  const { message } = await composer.sendMail({
    ...mail,
    html: String(html),
    text: String(text),
    headers: mimeHeaders(headers),
  })
  return message as Buffer
}
