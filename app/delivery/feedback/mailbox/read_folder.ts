import type { OpenMailbox } from './imap.ts'

/** What was read so far. */
export interface ReadSoFar {
  /** Null: nothing yet. */
  uidValidity: number | null
  lastUid: number
  checkedAt: Date | null
}

export interface ReceivedMail {
  uid: number
  receivedAt: Date
  /** Its beginning: enough of a report, however large the mail is that it returns. */
  source: Buffer
}

const AT_ONCE = 50
const MOST_BYTES = 256 * 1024
const DAYS = 24 * 3_600_000

/**
 * The next mails of a folder, oldest first, at most 50. When the server has numbered its mails anew (UIDVALIDITY), those of the
 * days since the last look are read again: what is known already is known by its contents.
 */
export async function readFolder({ client, uidValidity, uidNext }: OpenMailbox, so: ReadSoFar) {
  const isSame = so.uidValidity === uidValidity
  const from = isSame ? so.lastUid : 0
  const since = isSame ? {} : { since: new Date((so.checkedAt?.getTime() ?? Date.now()) - 2 * DAYS) }
  const found = (await client.search({ uid: `${from + 1}:*`, ...since }, { uid: true })) || []
  // `n:*` always holds the last mail, even when its number is smaller (RFC 9051 §9, seq-range).
  const uids = found.filter((uid) => uid > from).sort((a, b) => a - b)
  const those = uids.slice(0, AT_ONCE)
  const mails: ReceivedMail[] = []
  for (const uid of those) {
    const query = { uid: true, internalDate: true, source: { maxLength: MOST_BYTES } }
    const mail = await client.fetchOne(uid, query, { uid: true })
    if (mail && mail.source)
      mails.push({ uid, source: mail.source, receivedAt: new Date(mail.internalDate ?? Date.now()) })
  }
  const hasMore = uids.length > those.length
  const last = those.at(-1) ?? from
  return { mails, lastUid: hasMore ? last : Math.max(last, uidNext - 1), hasMore }
}
