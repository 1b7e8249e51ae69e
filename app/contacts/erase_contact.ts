import encryption from '@adonisjs/core/services/encryption'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import {
  eraseLedger,
  forgetFormerAddress,
  formerAddresses,
  rememberAddresses,
  suppress,
  withdrawAll,
  type FormerAddress,
} from '#consent'
import { audit, forgetPerson, type Actor } from '#identity'
import { announce, touch } from '#platform'
import { ContactGone } from './errors.ts'
import type { Contact } from './models/contact.ts'

interface Erasure {
  workspaceId: number
  actor: Actor
  trx: TransactionClientContract
}

/**
 * GDPR art. 17. What identifies the person goes: from every record of theirs (also those that were merged into this
 * one, or deleted with its address), under every address that they had and nobody else has now, from the rows that imports kept, from the ledger's personal columns; modules below
 * hear `contact.erased` and clear their own copies. What stays: that somebody agreed and left, every number, and the
 * keyed hash of the address among the suppressions, so that no import, form or program makes it mailable by itself.
 *
 * Not to be undone.
 */
export async function eraseContact({ contact, ...erasure }: Erasure & { contact: Contact }) {
  const records = await recordsOf(contact, erasure)
  if (records.some(({ id, is_erased: isErased }) => id === contact.id && isErased)) {
    throw new ContactGone('This person is erased already.')
  }
  for (const record of records) await eraseRecord(record, erasure)
  const { workspaceId, trx } = erasure
  await touch(trx, workspaceId, ['contacts', `contacts/${contact.id}`, 'suppressions', 'topics', 'tags'])
}

interface Row {
  id: number
  email_key: string | null
  email_hash: Buffer | null
  is_erased: boolean
}

/**
 * This record, those that it swallowed, and former ones with the same address. Taken first: whoever changes or hears the
 * person (an editor, their own link) has taken them, too, and comes before the erasure or finds them gone.
 */
async function recordsOf({ id }: Contact, { workspaceId, trx }: Erasure): Promise<Row[]> {
  const { rows } = await trx.rawQuery(
    `with recursive theirs as (
       select id, email_key, email_hash from contacts where workspace_id = ? and id = ?
       union
       select c.id, c.email_key, c.email_hash from contacts c join theirs t on c.workspace_id = ?
         and (c.merged_into = t.id or (c.deleted_at is not null and c.email_hash = t.email_hash))
     )
     select c.id, c.email_key, c.email_hash, c.erased_at is not null as is_erased from contacts c
     where c.workspace_id = ? and c.id in (select id from theirs) order by c.id for no key update`,
    [workspaceId, id, workspaceId, workspaceId]
  )
  return rows
}

async function eraseRecord(
  { id: contactId, email_key: key, email_hash: hash }: Row,
  { workspaceId, actor, trx }: Erasure
) {
  const addresses = [
    ...(hash ? [{ hash, address: key }] : []),
    ...(await leftBehind(workspaceId, contactId, hash, trx)),
  ]
  await suppress({ workspaceId, addresses, reason: 'erased', source: 'erasure', actor, trx })
  if (hash) await rememberAddresses({ workspaceId, people: [{ contactId, addressHash: hash }], trx })
  await withdrawAll({
    workspaceId,
    contactId,
    channel: 'email',
    statement: 'Erased at their request (GDPR art. 17).',
    source: 'erasure',
    sourceKind: actor.kind === 'person' ? 'person' : 'team',
    actor,
    trx,
  })
  await eraseLedger({ workspaceId, contactId, trx })
  const known = addresses.flatMap(({ address }) => address ?? [])
  await forgetSamples(workspaceId, { contactId, addresses: known, trx })
  await forgetPerson({ workspaceId, contactId, addressHash: hash, trx })
  for (const one of addresses) await forgetAddress(one, { workspaceId, contactId, trx })
  await clearTheRecord(workspaceId, contactId, trx)
  await audit('contact.erased', { workspaceId, actor, subject: { type: 'contact', id: contactId }, trx })
  await announce('contact.erased', { workspaceId, payload: { contact_id: contactId }, trx })
}

/** Addresses that they had before, but for those that somebody else has now: they are that person's. */
async function leftBehind(
  workspaceId: number,
  contactId: number,
  hash: Buffer | null,
  trx: TransactionClientContract
): Promise<FormerAddress[]> {
  const former = (await formerAddresses({ workspaceId, contactId, client: trx })).filter(
    (one) => !hash?.equals(one.hash)
  )
  const others = await trx
    .from('contacts')
    .where('workspace_id', workspaceId)
    .whereNull('deleted_at')
    .whereNot('id', contactId)
    .whereIn(
      'email_hash',
      former.map((one) => one.hash)
    )
    .select('email_hash')
  return former.filter((one) => !others.some(({ email_hash: theirs }) => theirs.equals(one.hash)))
}

/** What is known by an address of theirs, and not by the person. */
async function forgetAddress(
  { hash, address }: FormerAddress,
  { workspaceId, contactId, trx }: { workspaceId: number; contactId: number; trx: TransactionClientContract }
) {
  await forgetPerson({ workspaceId, contactId, addressHash: hash, trx })
  await forgetFormerAddress({ workspaceId, hash, trx })
  if (address === null) return
  await forgetRefusedRows(workspaceId, address, trx)
  await announceAddress(workspaceId, address, trx)
}

/** What is kept by address can only be found with it: it travels encrypted, and is wiped when it was delivered. */
const announceAddress = (workspaceId: number, key: string, trx: TransactionClientContract) =>
  announce('address.erased', {
    workspaceId,
    payload: { address: encryption.encrypt(key, { purpose: 'address.erased' }) },
    secret: true,
    trx,
  })

/** Of a finished import the columns still show the first values: they go where one may be this person's. */
async function forgetSamples(
  workspaceId: number,
  { contactId, addresses, trx }: { contactId: number; addresses: string[]; trx: TransactionClientContract }
) {
  await trx.rawQuery(
    `update imports i set columns = coalesce(
       (select jsonb_agg(c || '{"sample": []}' order by no) from jsonb_array_elements(i.columns) with ordinality as c (c, no)), '[]')
     where i.workspace_id = ? and i.status in ('done', 'failed', 'undone') and (
       i.id in (select import_id from contacts where workspace_id = ? and id = ?)
       or i.id in (select import_id from import_rows where workspace_id = ? and contact_id = ?)
       or exists (select from unnest(?::text[]) as address where position(address in lower(i.columns::text)) > 0))`,
    [workspaceId, workspaceId, contactId, workspaceId, contactId, addresses] as any[]
  )
}

/** A row that an import refused belongs to no contact: what it says of them is found by the address in one of its cells. */
async function forgetRefusedRows(workspaceId: number, emailKey: string, trx: TransactionClientContract) {
  const address = emailKey.replace(/[^a-z0-9@]/g, (sign) => `\\${sign}`)
  await trx.rawQuery(
    `update import_rows set raw = null where workspace_id = ? and outcome = 'rejected' and raw::text ~* ?`,
    [workspaceId, `(^|[^a-z0-9._%+-])${address}($|[^a-z0-9.-])`]
  )
}

async function clearTheRecord(workspaceId: number, contactId: number, trx: TransactionClientContract) {
  await trx.rawQuery(
    `update contacts set email = null, email_key = null, email_hash = null, phone = null, external_id = null,
       first_name = null, last_name = null, locale = null, timezone = null, attributes = '{}',
       updated_at = now(), deleted_at = coalesce(deleted_at, now()), erased_at = now()
     where workspace_id = ? and id = ?`,
    [workspaceId, contactId]
  )
  await trx
    .from('privacy_requests')
    .where({ workspace_id: workspaceId, contact_id: contactId })
    .update({ note: null, outcome: trx.raw(`outcome - 'reason' - 'lift_reason'`) })
  await trx.from('contact_tags').where({ workspace_id: workspaceId, contact_id: contactId }).delete()
  await trx
    .from('import_rows')
    .where({ workspace_id: workspaceId, contact_id: contactId })
    .update({ raw: null, before: null, after: null })
}
