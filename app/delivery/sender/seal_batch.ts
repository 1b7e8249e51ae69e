import db from '@adonisjs/lucid/services/db'
import { forEachUnderAClock, mergeKeys, InvalidTemplate } from '#content'
import { crashPoint } from '#platform'
import type { EmailChannel, OutgoingMail } from '#channels'
import { composeMail, payloadHash, snapshot, type Addressee, type Letter } from './compose_mails.ts'
import { judgePeople } from './judge_people.ts'
import { leaseSeconds, type Batch } from './lease.ts'

interface Row {
  contactId: number
  position: number
  state: 'sending' | 'withheld' | 'failed'
  reason: string | null
  note: string | null
  email: string | null
  merge: Addressee['merge'] | null
}

/**
 * Fixes what a call will carry, before it is made: who is still allowed, each one's address and merge values, the
 * fingerprint of the whole. One statement, which does nothing when the lease is lost or the shipment no longer runs.
 *
 * @returns the mails to send (none when nobody may be written to: then the batch is done), or null when the lease is lost
 */
export async function sealBatch(batch: Batch, letter: Letter, channel: EmailChannel): Promise<OutgoingMail[] | null> {
  const { allowed, withheld } = await judgePeople(batch)
  const keys = mergeKeys(letter.edition)
  const rows: Row[] = withheld.map((person) => ({ ...nobody, ...person, state: 'withheld' as const }))
  const mails: OutgoingMail[] = []
  const addressees = allowed.map(({ contactId, email, contact }) => ({ contactId, email, merge: snapshot(contact, keys) }))
  const copies = forEachUnderAClock(addressees, (addressee) => ({ addressee, copy: copyFor(letter, addressee) }))
  for (const { addressee, copy } of copies) {
    if ('trouble' in copy) {
      const { contactId, email } = addressee
      rows.push({ ...nobody, contactId, state: 'failed', reason: 'cannot_be_rendered', note: copy.trouble, email })
    } else {
      rows.push({ ...nobody, ...addressee, position: mails.length, state: 'sending' })
      mails.push(copy.mail)
    }
  }
  crashPoint('before_seal')
  return (await store(batch, { rows, mails, channel })) ? mails : null
}

const nobody = { position: -1, reason: null, note: null, email: null, merge: null }

/** A text that breaks on one person's data fails for that person, not for the batch. */
function copyFor(letter: Letter, addressee: Addressee): { mail: OutgoingMail } | { trouble: string } {
  try {
    return { mail: composeMail(letter, addressee) }
  } catch (error) {
    if (error instanceof InvalidTemplate) return { trouble: error.message }
    throw error
  }
}

async function store(
  batch: Batch,
  { rows, mails, channel }: { rows: Row[]; mails: OutgoingMail[]; channel: EmailChannel }
) {
  const isEmpty = mails.length === 0
  const { rowCount } = await db.rawQuery(
    `with sealed as (
       update batches b
       set state = ?, doubtful = ?, account = ?, payload_hash = ?, withheld = ?, failed = ?, sealed_at = clock_timestamp(),
           finished_at = ?, lease_until = clock_timestamp() + make_interval(secs => ?)
       from shipments s
       where b.workspace_id = ? and b.id = ? and b.fence = ? and b.state = 'leased'
         and s.workspace_id = b.workspace_id and s.id = b.shipment_id and s.state = 'running'
       returning b.workspace_id, b.month, b.campaign_id, b.id, s.edition_id
     )
     insert into messages
       (workspace_id, month, campaign_id, contact_id, batch_id, position, edition_id, state, reason, note, email, merge, ended_at)
     select sealed.workspace_id, sealed.month, sealed.campaign_id, m.contact_id, sealed.id, m.position, sealed.edition_id,
       m.state, m.reason, m.note, m.email, m.merge, case when m.state <> 'sending' then now() end
     from sealed, unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
       as m (contact_id, position, state, reason, note, email, merge)`,
    [
      isEmpty ? 'done' : 'sealed',
      !isEmpty,
      channel.account,
      isEmpty ? null : payloadHash(mails),
      rows.filter(({ state }) => state === 'withheld').length,
      rows.filter(({ state }) => state === 'failed').length,
      isEmpty ? new Date() : null,
      leaseSeconds(),
      batch.workspaceId,
      batch.id,
      batch.fence,
      rows.map((row) => row.contactId),
      rows.map((row) => row.position),
      rows.map((row) => row.state),
      rows.map((row) => row.reason),
      rows.map((row) => row.note),
      rows.map((row) => row.email),
      rows.map((row) => (row.merge === null ? null : JSON.stringify(row.merge))),
    ] as any[]
  )
  return rowCount === rows.length
}

/** What a sealed batch carries, from what was stored then: the same addressees in the same order. */
export async function sealedMails(batch: Batch, letter: Letter): Promise<OutgoingMail[]> {
  const { rows } = await db.rawQuery(
    `select contact_id, email, merge from messages
     where workspace_id = ? and month = ? and campaign_id = ? and contact_id = any(?::bigint[]) and batch_id = ? and position >= 0
     order by position`,
    [batch.workspaceId, batch.month, batch.campaignId, batch.contactIds, batch.id] as any[]
  )
  return forEachUnderAClock(rows, (row: any) =>
    composeMail(letter, { contactId: row.contact_id, email: row.email, merge: row.merge })
  )
}
