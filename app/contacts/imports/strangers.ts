import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rememberAddresses } from '#consent'
import type { ImportedFile } from './read_lots.ts'

/**
 * Who is named by a refused row alone and is no contact, and becomes none. Their no stands in the ledger under an id that no
 * contact has, and is found by the keyed hash of the address, as what a contact left who is gone: no list, and nobody who
 * gets the address, makes it mailable. What they are called, and the address itself, is not kept.
 */

/** SQL over s: a row that is taken in, or a refused one that names somebody. */
export const isHeard = `(s.fate not in ('rejected', 'refused') or s.is_known or s.email_hash is not null)`

const isStranger = `s.fate in ('rejected', 'refused') and not s.is_known and s.email_hash is not null`

/**
 * SQL over s: a stranger whose address said the same when anybody last spoke for it.
 * Bindings: workspace, channel, topic.
 */
export const isSaidByStranger = `${isStranger} and (
  select x.status from former_addresses f
  join consents x on x.workspace_id = f.workspace_id and x.contact_id = f.contact_id
  where f.workspace_id = ? and f.channel = 'email' and f.address_hash = s.email_hash and x.channel = ? and x.topic_id = ?
  order by x.entry_id desc limit 1) is not distinct from 'withdrawn'`

const theirs = `import_staging s where ${isStranger} and (false = any(s.answers) or s.may_measure is false)`

/**
 * Until this transaction ends nobody else gets these addresses: whoever brings one in at this moment waits at the index of
 * addresses, and then finds what it said.
 *
 * @returns how many came in meanwhile
 */
export async function holdAddresses({ workspaceId }: ImportedFile, trx: TransactionClientContract): Promise<number> {
  const { rows } = await trx.rawQuery(
    `with wanted as (select s.contact_id, s.email_key from ${theirs}),
       held as (
         insert into contacts (id, workspace_id, origin, email_key) overriding system value
         select contact_id, ?, 'import', email_key from wanted order by email_key
         on conflict do nothing returning 1)
     select (select count(*) from wanted) - (select count(*) from held) as taken`,
    [workspaceId]
  )
  await trx.rawQuery(
    `delete from contacts c using ${theirs.replace(' where ', ' where c.workspace_id = ? and c.id = s.contact_id and ')}`,
    [workspaceId]
  )
  return rows[0].taken
}

export async function rememberStrangers({ workspaceId }: ImportedFile, trx: TransactionClientContract): Promise<void> {
  const { rows } = await trx.rawQuery(
    `select s.contact_id as "contactId", s.email_hash as "addressHash" from ${theirs}
       and exists (select from consent_chains c where c.workspace_id = ? and c.contact_id = s.contact_id)`,
    [workspaceId]
  )
  if (rows.length > 0) await rememberAddresses({ workspaceId, people: rows, trx })
}
