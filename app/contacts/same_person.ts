import db from '@adonisjs/lucid/services/db'

/**
 * Whom an old link means today: the contact itself, the one it was merged into, and whoever has its address now (a
 * contact that was deleted and came in again). Unsubscribing through last year's mail must reach all of them.
 */
export async function samePerson({ workspaceId, contactId }: { workspaceId: number; contactId: number }) {
  const { rows } = await db.rawQuery(
    `with recursive behind as (
       select id, merged_into, email_key from contacts where workspace_id = ? and id = ?
       union
       select c.id, c.merged_into, c.email_key from contacts c join behind b on c.id = b.merged_into where c.workspace_id = ?
     )
     select id from behind
     union
     select c.id from contacts c join behind b on c.email_key = b.email_key where c.workspace_id = ? and c.deleted_at is null
     order by id`,
    [workspaceId, contactId, workspaceId, workspaceId]
  )
  return rows.map(({ id }: { id: number }) => id) as number[]
}
