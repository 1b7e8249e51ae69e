import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { honourWithdrawals, rememberAddresses } from '#consent'
import { audit, type Actor } from '#identity'
import { touch, type SqlPiece } from '#platform'
import { takenBy } from './create_contact.ts'
import { InvalidContact, NoSuchContact } from './errors.ts'
import { takeBackUndone } from './imports/take_back_agreements.ts'
import { peopleWhere } from './people_where.ts'
import { tagIds } from './tags.ts'

export type BulkAction = 'add_tag' | 'remove_tag' | 'delete'
const PAST_UNDOING = '1 day'

interface BulkChange {
  workspaceId: number
  action: BulkAction
  tag?: string
  /** A boolean expression over `c`. */
  where: SqlPiece
  actor: Actor
  trx: TransactionClientContract
}

/**
 * One change for many people, in one statement, with a note of exactly whom it changed: that note is what undo takes
 * back, for a day.
 */
export async function changeMany({ workspaceId, action, tag, where, actor, trx }: BulkChange) {
  const [tagId = null] = action === 'delete' ? [] : await tagIds(workspaceId, [tag ?? ''], trx)
  if (action !== 'delete' && tagId === null) throw new InvalidContact('Name the tag.', { field: 'tag' })
  const people = `select c.id from contacts c where c.workspace_id = ? and c.deleted_at is null and (${where.sql})`
  const chosen = [workspaceId, ...where.bindings]
  const statements: Record<BulkAction, SqlPiece> = {
    add_tag: {
      sql: `insert into contact_tags (workspace_id, tag_id, contact_id) select ?::bigint, ?::bigint, p.id from (${people}) p
        on conflict do nothing returning contact_id as id`,
      bindings: [workspaceId, tagId, ...chosen],
    },
    remove_tag: {
      sql: `delete from contact_tags where workspace_id = ? and tag_id = ? and contact_id in (${people}) returning contact_id as id`,
      bindings: [workspaceId, tagId, ...chosen],
    },
    delete: {
      sql: `update contacts set deleted_at = now(), updated_at = now() where workspace_id = ? and id in (${people}) returning id`,
      bindings: [workspaceId, ...chosen],
    },
  }
  const { sql, bindings } = statements[action]
  const { rows } = await trx.rawQuery(
    `with changed as (${sql})
     insert into bulk_changes (workspace_id, action, tag_id, contact_ids)
     select ?, ?, ?, coalesce(array_agg(id order by id), '{}') from changed
     returning id, cardinality(contact_ids) as changed`,
    [...bindings, workspaceId, action, tagId] as any[]
  )
  const [{ id, changed }] = rows
  if (action === 'delete') await rememberTheirAddresses(workspaceId, id, trx)
  await trx.rawQuery(
    `delete from bulk_changes where workspace_id = ? and created_at < now() - interval '${PAST_UNDOING}'`,
    [workspaceId]
  )
  await tell(`contacts.${action}`, { workspaceId, actor, id, changed, trx })
  return { changed: changed as number, undo: String(id) }
}

/** Takes a bulk change back: exactly the people it changed, as far as they are still as it left them. */
export async function undoChange({
  workspaceId,
  changeId,
  actor,
  trx,
}: {
  workspaceId: number
  changeId: number
  actor: Actor
  trx: TransactionClientContract
}) {
  const { rows } = await trx.rawQuery(
    `update bulk_changes set undone_at = now() where workspace_id = ? and id = ? and undone_at is null returning action`,
    [workspaceId, changeId]
  )
  const action = rows[0]?.action as BulkAction | undefined
  if (!action) throw new NoSuchContact('This change is undone already, or it is older than a day.')
  const the = `bulk_changes b where b.workspace_id = ? and b.id = ?`
  const statements: Record<BulkAction, string> = {
    add_tag: `delete from contact_tags ct using ${the} and ct.workspace_id = b.workspace_id and ct.tag_id = b.tag_id
      and ct.contact_id = any(b.contact_ids)`,
    remove_tag: `insert into contact_tags (workspace_id, tag_id, contact_id)
      select b.workspace_id, b.tag_id, unnest(b.contact_ids) from ${the}
        and exists (select from tags t where t.workspace_id = b.workspace_id and t.id = b.tag_id)
      on conflict do nothing`,
    delete: `update contacts c set deleted_at = null, updated_at = now() from ${the} and c.workspace_id = b.workspace_id
      and c.id = any(b.contact_ids) and c.deleted_at = b.created_at and c.erased_at is null and not exists (
        select from contacts o where o.workspace_id = c.workspace_id and o.deleted_at is null
          and (o.email_key = c.email_key or o.external_id = c.external_id))`,
  }
  const { rowCount } = await trx.rawQuery(statements[action], [workspaceId, changeId]).catch(takenBy(workspaceId, {}))
  if (action === 'delete') {
    const restored = {
      sql: 'c.id in (select unnest(b.contact_ids) from bulk_changes b where b.workspace_id = ? and b.id = ?)',
      bindings: [workspaceId, changeId],
    }
    const people = peopleWhere(workspaceId, restored)
    await honourWithdrawals({ workspaceId, people, actor, trx })
    await takeBackUndone({ workspaceId, people, actor, trx })
  }
  await tell(`contacts.${action}_undone`, { workspaceId, actor, id: changeId, changed: rowCount, trx })
  return { changed: rowCount as number }
}

async function rememberTheirAddresses(workspaceId: number, changeId: number, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    `select c.id as "contactId", c.email_hash as "addressHash" from bulk_changes b
     join contacts c on c.workspace_id = b.workspace_id and c.id = any(b.contact_ids)
     where b.workspace_id = ? and b.id = ? and c.email_hash is not null`,
    [workspaceId, changeId]
  )
  if (rows.length) await rememberAddresses({ workspaceId, people: rows, trx })
}

async function tell(
  action: string,
  {
    workspaceId,
    actor,
    id,
    changed,
    trx,
  }: { workspaceId: number; actor: Actor; id: number; changed: number; trx: TransactionClientContract }
) {
  await audit(action, {
    workspaceId,
    actor,
    subject: { type: 'bulk_change', id },
    details: { people: changed },
    trx,
  })
  await touch(trx, workspaceId, ['contacts', 'tags', 'topics'])
}
