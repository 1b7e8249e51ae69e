import type { EmailChannel, OutgoingMail } from './email_channel.ts'
import { postmarkAccount, postmarkClient, postmarkEndpoint, type PostmarkAccess } from './postmark_client.ts'
import { LOOK_UP_MS } from './look_up.ts'
import { lookUpAtPostmark } from './postmark_look_up.ts'
import { postmarkRefusal, postmarkResults } from './postmark_refusals.ts'

/**
 * Mail through Postmark by its official client, as many in a call as a batch has, each answered by itself. Postmark knows no
 * idempotency keys: a call without an answer is never repeated. Its own tracking stays off; our tags are its metadata.
 */
export function postmarkChannel(access: PostmarkAccess): EmailChannel {
  const client = postmarkClient(access)
  const reader = postmarkClient(access, { seconds: LOOK_UP_MS / 1_000 })
  return {
    kind: 'postmark',
    account: postmarkAccount(access),
    batchSize: 100,
    keyLifeMs: 0,
    endpoint: postmarkEndpoint(access),
    isPaced: true,
    lookUp: (mails, lookUp) => lookUpAtPostmark(reader, access, mails, lookUp),
    async send(mails) {
      try {
        const answers = await client.sendEmailBatch(mails.map((mail) => messageOf(mail, access)))
        return Array.isArray(answers) && answers.length === mails.length
          ? postmarkResults(answers)
          : { kind: 'unknown', note: 'Postmark answered without saying what became of each mail.' }
      } catch (error) {
        return postmarkRefusal(error as Error)
      }
    },
  }
}

const messageOf = (mail: OutgoingMail, { broadcastStream, transactionalStream }: PostmarkAccess) => ({
  From: mail.from,
  To: mail.to,
  Subject: mail.subject,
  HtmlBody: String(mail.html),
  TextBody: String(mail.text),
  ...(mail.replyTo ? { ReplyTo: mail.replyTo } : {}),
  Headers: Object.entries(mail.headers).map(([Name, Value]) => ({ Name, Value })),
  Metadata: mail.tags,
  MessageStream: 'c' in mail.tags ? broadcastStream : transactionalStream,
  TrackOpens: false,
  TrackLinks: 'None' as any,
})
