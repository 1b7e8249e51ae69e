import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import type { SqlPiece } from '#platform'
import { recordConsent } from './record_consent.ts'
import { followed } from './tracking_rule.ts'

/**
 * When an address leaves its contact (deleted, merged, erased, changed): what that contact withdrew, then or later
 * through an old link, goes on counting for the address; and who was restricted for the address's sake stays so without it.
 */
export async function rememberAddresses({
  workspaceId,
  channel = 'email',
  people,
  trx,
}: {
  workspaceId: number
  channel?: string
  people: { contactId: number; addressHash: Buffer }[]
  trx: TransactionClientContract
}) {
  const [hashes, contactIds] = [people.map((one) => one.addressHash), people.map((one) => one.contactId)]
  await trx.rawQuery(
    `insert into restrictions (workspace_id, contact_id, reason, created_by, created_at)
     select distinct on (p.contact_id) r.workspace_id, p.contact_id, r.reason, r.created_by, r.created_at
     from unnest(?::bytea[], ?::bigint[]) as p (hash, contact_id)
     join former_addresses f on f.workspace_id = ? and f.channel = ? and f.address_hash = p.hash
     join restrictions r on r.workspace_id = f.workspace_id and r.contact_id = f.contact_id
     order by p.contact_id, r.created_at
     on conflict do nothing`,
    [hashes, contactIds, workspaceId, channel] as any[]
  )
  await trx.rawQuery(
    `insert into former_addresses (workspace_id, channel, address_hash, contact_id)
     select ?::bigint, ?, hash, contact_id from unnest(?::bytea[], ?::bigint[]) as p (hash, contact_id)
     on conflict do nothing`,
    [workspaceId, channel, hashes, contactIds] as any[]
  )
}

/**
 * When addresses come to contacts (changed, restored, merged): topics that their former contacts left after these
 * people's own agreement end. The stricter word wins. With `stranger`, the address is new to them, and they never spoke for
 * it: whatever another contact left with it stays left, however long ago.
 *
 * @param people yields (contact_id, email_hash)
 */
export async function honourWithdrawals({
  workspaceId,
  people,
  stranger = false,
  actor,
  trx,
}: {
  workspaceId: number
  people: SqlPiece
  stranger?: boolean
  actor: Actor
  trx: TransactionClientContract
}) {
  const { rows } = await trx.rawQuery(
    `select k.topic_id, k.channel, k.basis, array_agg(distinct k.contact_id) as contact_ids
     from (${people.sql}) p
     join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.status <> 'withdrawn'
     join former_addresses f on f.workspace_id = k.workspace_id and f.address_hash = p.email_hash
       and f.channel = ${followed('k.channel')}
     join consent_entries x on x.workspace_id = f.workspace_id and x.contact_id = f.contact_id
       and x.action = 'withdraw' and x.channel = k.channel and x.topic_id = k.topic_id
       and (x.occurred_at > k.since or (? and f.contact_id <> k.contact_id and exists (
         select from consents left_it where left_it.workspace_id = f.workspace_id and left_it.contact_id = f.contact_id
           and left_it.channel = k.channel and left_it.topic_id = k.topic_id and left_it.status = 'withdrawn')))
     group by k.topic_id, k.channel, k.basis order by k.topic_id`,
    [...people.bindings, workspaceId, stranger] as any[]
  )
  for (const { topic_id: topicId, channel, basis, contact_ids: contactIds } of rows) {
    await recordConsent({
      workspaceId,
      people: contactIds,
      channel,
      topicId,
      action: 'withdraw',
      basis,
      statement: 'This address withdrew from the topic before it came to this contact.',
      source: 'withdrawals kept with the address',
      sourceKind: 'merge',
      actor,
      trx,
    })
  }
}
