import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import type { SqlPiece } from '#platform'
import { recordConsent } from './record_consent.ts'
import { followed } from './tracking_rule.ts'

/**
 * When an address leaves its contact (deleted, merged, erased, changed): what that contact withdrew, then or later
 * through an old link, goes on counting for the address; and who was restricted for the address's sake stays so without it.
 *
 * @param people with `address` where it stands with nobody any more: it is kept, encrypted, until its person is erased
 */
export async function rememberAddresses({
  workspaceId,
  channel = 'email',
  people,
  trx,
}: {
  workspaceId: number
  channel?: string
  people: { contactId: number; addressHash: Buffer; address?: string | null }[]
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
    `insert into former_addresses as f (workspace_id, channel, address_hash, contact_id, address)
     select ?::bigint, ?, hash, contact_id, address from unnest(?::bytea[], ?::bigint[], ?::text[]) as p (hash, contact_id, address)
     on conflict (workspace_id, channel, address_hash, contact_id) do update set address = excluded.address
       where excluded.address is not null`,
    [workspaceId, channel, hashes, contactIds, people.map(({ address }) => (address ? sealed(address) : null))] as any[]
  )
}

export interface FormerAddress {
  hash: Buffer
  /** Null: it is known by its hash alone, or stands with the contact. */
  address: string | null
}

/** The addresses that a contact had before: it was deleted with them, or they were changed. */
export async function formerAddresses({
  workspaceId,
  contactId,
  channel = 'email',
  client = db,
}: {
  workspaceId: number
  contactId: number
  channel?: string
  client?: Pick<QueryClientContract, 'rawQuery'>
}): Promise<FormerAddress[]> {
  const { rows } = await client.rawQuery(
    `select address_hash as hash, address from former_addresses
     where workspace_id = ? and contact_id = ? and channel = ? order by address_hash`,
    [workspaceId, contactId, channel]
  )
  return rows.map(({ hash, address }: any) => ({
    hash,
    address: address === null ? null : encryption.decrypt<string>(address, PURPOSE),
  }))
}

/** Its owner was erased: with whoever had it by mistake before, only its hash is left. */
export async function forgetFormerAddress({
  workspaceId,
  hash,
  trx,
}: {
  workspaceId: number
  hash: Buffer
  trx: TransactionClientContract
}): Promise<void> {
  await trx.from('former_addresses').where({ workspace_id: workspaceId, address_hash: hash }).update({ address: null })
}

const PURPOSE = 'former_address'
const sealed = (address: string) => encryption.encrypt(address, { purpose: PURPOSE })

/**
 * When addresses come to contacts (changed, restored, merged): topics that their former contacts left after these
 * people's own agreement, or whose no was written down after it, end. The stricter word wins. With `stranger`, the address is new to them, and they never spoke for
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
       and (x.occurred_at > k.since or x.id > k.entry_id or (? and f.contact_id <> k.contact_id and exists (
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
