import type { ServerClient } from 'postmark'
import { isSought, LookUpFailed, type LookUp, type Sighting, type SoughtMail } from './look_up.ts'
import type { PostmarkAccess } from './postmark_client.ts'

/** The most that a page has (Postmark, "Messages API"). */
const PAGE = 500

const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * Asks Postmark's message search for one person after the other, and knows their mail by the metadata that each line has.
 * The search is by days of New York's calendar (Postmark, "Messages API"): a day on either side makes up for that.
 *
 * @throws LookUpFailed
 */
export async function* lookUpAtPostmark(
  client: ServerClient,
  access: PostmarkAccess,
  mails: SoughtMail[],
  lookUp: LookUp
): AsyncGenerator<Sighting> {
  const inOrder = mails.map((mail) => ({ mail, key: keyOf(mail) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { mail, key } of inOrder) {
    if (lookUp.cursor !== null && key <= lookUp.cursor) continue
    const listed = await find(client, access, mail, lookUp)
    yield { cursor: key, ...(listed ? { found: await foundMail(client, mail, listed.MessageID, lookUp) } : {}) }
  }
}

/** Orders people always in the same way, so that a cursor means the same tomorrow. */
const keyOf = ({ tags }: SoughtMail) =>
  Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}${value.padStart(16, '0')}`)
    .join()

async function find(client: ServerClient, access: PostmarkAccess, mail: SoughtMail, lookUp: LookUp) {
  const filter = {
    recipient: mail.to,
    messageStream: 'c' in mail.tags ? access.broadcastStream : access.transactionalStream,
    fromDate: new Date(lookUp.since.getTime() - DAY_MS).toISOString().slice(0, 10),
  }
  for (let offset = 0; ; offset += PAGE) {
    const { Messages: lines } = await asked(lookUp, () =>
      client.getOutboundMessages({ ...filter, count: PAGE, offset })
    )
    if (!Array.isArray(lines)) throw new LookUpFailed('provider', 'Postmark answered without a list of mails.')
    const line = lines.find(({ Metadata }) => isSought(mail, Metadata ?? {}))
    if (line || lines.length < PAGE) return line
  }
}

async function foundMail(client: ServerClient, { tags }: SoughtMail, id: string, lookUp: LookUp) {
  const { ReceivedAt: at, MessageEvents: happened } = await asked(lookUp, () => client.getOutboundMessageDetails(id))
  const takenAt = new Date(at)
  if (Number.isNaN(takenAt.getTime())) throw new LookUpFailed('provider', 'Postmark did not say when it took a mail.')
  const events: object[] = []
  for (const one of (happened ?? []) as any[]) {
    const about = { MessageID: id, Metadata: tags }
    if (one.Type === 'Delivered') events.push({ RecordType: 'Delivery', DeliveredAt: one.ReceivedAt, ...about })
    if (one.Type === 'Transient')
      events.push({ RecordType: 'Bounce', Type: 'Transient', BouncedAt: one.ReceivedAt, ...about })
    if (one.Type === 'Bounced') {
      const bounce = await asked(lookUp, () => client.getBounce(Number(one.Details?.BounceID)))
      events.push({ ...bounce, RecordType: 'Bounce', ...about })
    }
  }
  return { id, tags, takenAt, events }
}

/** One call of the account's. */
async function asked<T>({ takeCall }: LookUp, call: () => Promise<T>): Promise<T> {
  if (!(await takeCall())) throw new LookUpFailed('budget', 'The account has no call left for us.')
  try {
    return await call()
  } catch (error) {
    const { statusCode: status = 0, message } = error as { statusCode?: number; message: string }
    if (status === 429) throw new LookUpFailed('rate', message)
    throw new LookUpFailed(status === 401 || status === 403 ? 'forbidden' : 'provider', message.slice(0, 300))
  }
}
