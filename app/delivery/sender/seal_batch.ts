import { forEachCopy, mergeKeys, InvalidTemplate } from '#content'
import { crashPoint, prepared } from '#platform'
import type { EmailChannel, OutgoingMail } from '#channels'
import { composeMail, payloadHash, snapshot, type Addressee, type Letter } from './compose_mails.ts'
import { judgePeople } from './judge_people.ts'
import { callLeaseSeconds, LETTER, leaseSeconds, staleSeconds, thisMoment, type Batch } from './lease.ts'
import { inTheCall, leftOut, type SealedPerson } from './sealed_people.ts'
import { writeMessages } from './write_messages.ts'

/**
 * Fixes what a call will carry, before it is made: who is still allowed, each one's address and merge values, the
 * fingerprint of the whole. One statement, which does nothing when the lease is lost or the shipment no longer runs.
 *
 * @returns the mails to send (none when nobody may be written to: then the batch is done), or null when the lease is lost
 */
export async function sealBatch(batch: Batch, letter: Letter, channel: EmailChannel): Promise<OutgoingMail[] | null> {
  const { allowed, withheld } = await judgePeople(batch)
  const keys = mergeKeys(letter.edition)
  const addressees = allowed.map(({ contactId, email, contact, isMeasured }) => ({
    contactId,
    email,
    merge: snapshot(contact, keys),
    isMeasured,
  }))
  const people: SealedPerson[] = withheld.map(({ contactId: id, reason }) => ({ id, left_out: 'withheld', reason }))
  const mails: OutgoingMail[] = []
  const copies = forEachCopy(letter.edition, addressees, (one) => ({ addressee: one, copy: copyFor(letter, one) }))
  for (const { addressee, copy } of copies) {
    const { contactId: id, email, merge, isMeasured } = addressee
    if ('trouble' in copy) {
      people.push({ id, left_out: 'failed', reason: 'cannot_be_rendered', note: copy.trouble, email })
    } else {
      people.push({ id, email, merge, ...(isMeasured ? {} : { unmeasured: true as const }) })
      mails.push(copy.mail)
    }
  }
  batch.sealed = people
  crashPoint('before_seal')
  const isOurs = mails.length === 0 ? await endEmpty(batch) : await seal(batch, { mails, channel })
  return isOurs ? mails : null
}

/** A text that breaks on one person's data fails for that person, not for the batch. */
function copyFor(letter: Letter, addressee: Addressee): { mail: OutgoingMail } | { trouble: string } {
  try {
    return { mail: composeMail(letter, addressee) }
  } catch (error) {
    if (error instanceof InvalidTemplate) return { trouble: error.message }
    throw error
  }
}

/**
 * Only the shipment that the mails were made for may send them: it still runs, with the same edition. And only soon: a
 * worker that slept since it asked for permission would write to people who have left meanwhile.
 */
const OURS = `
  b.workspace_id = ? and b.id = ? and b.fence = ? and b.state = 'leased'
  and b.lease_until > clock_timestamp() + make_interval(secs => ?)
  and s.workspace_id = b.workspace_id and s.id = b.shipment_id and s.state = 'running' and ${LETTER} = ?`

const ours = ({ workspaceId, id, fence, editionId }: Batch) => [
  workspaceId,
  id,
  fence,
  leaseSeconds() - staleSeconds(),
  editionId,
]

async function seal(batch: Batch, { mails, channel }: { mails: OutgoingMail[]; channel: EmailChannel }) {
  const out = leftOut(batch.sealed!)
  batch.takenAt = thisMoment()
  const { rowCount } = await prepared(
    `update batches b
     set state = 'sealed', doubtful = true, account = ?, edition_id = ${LETTER}, sealed = ?, payload_hash = ?,
         withheld = ?, failed = ?, sealed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => ?)
     from shipments s where ${OURS}`,
    [
      channel.account,
      JSON.stringify(batch.sealed),
      payloadHash(mails),
      out.filter((one) => one.left_out === 'withheld').length,
      out.filter((one) => one.left_out === 'failed').length,
      callLeaseSeconds(channel),
      ...ours(batch),
    ]
  )
  return rowCount === 1
}

/** Nobody of it may be written to: there is nothing to send, and each is accounted for. */
async function endEmpty(batch: Batch) {
  const out = leftOut(batch.sealed!)
  const messages = writeMessages(batch.sealed!, null)
  const { rowCount } = await prepared(
    `with ended as (
       update batches b
       set state = 'done', edition_id = ${LETTER}, withheld = ?, failed = ?, sealed_at = clock_timestamp(), finished_at = clock_timestamp()
       from shipments s where ${OURS}
       returning b.*
     ) ${messages.sql}`,
    [
      out.filter((one) => one.left_out === 'withheld').length,
      out.filter((one) => one.left_out === 'failed').length,
      ...ours(batch),
      ...messages.bindings,
    ]
  )
  return rowCount === out.length
}

/** What a sealed batch carries, from what was stored then: the same addressees in the same order. */
export const sealedMails = ({ sealed }: Batch, letter: Letter): OutgoingMail[] =>
  forEachCopy(letter.edition, inTheCall(sealed!), ({ id, email, merge, unmeasured }) =>
    composeMail(letter, { contactId: id, email, merge, isMeasured: !unmeasured })
  )
