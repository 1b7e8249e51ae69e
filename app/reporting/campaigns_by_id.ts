import { errors } from '@adonisjs/lucid'
import db from '@adonisjs/lucid/services/db'

const MOST = 4

/** Up to four of the workspace's campaigns by the ids of a request; what is not there is left out, or a 404. */
export async function campaignsById(workspaceId: number, ids: string[], { orFail = false } = {}) {
  const known = ids.filter((id) => /^\d{1,15}$/.test(id)).slice(0, MOST)
  const { rows } = await db.rawQuery(
    `select c.id, c.name, c.subject, c.status, t.name as topic from campaigns c
       left join topics t on t.workspace_id = c.workspace_id and t.id = c.topic_id
      where c.workspace_id = ? and c.id = any(?) and c.deleted_at is null`,
    [workspaceId, known]
  )
  if (orFail && rows.length === 0) throw new errors.E_ROW_NOT_FOUND()
  return rows as { id: number; name: string; subject: string; status: string; topic: string | null }[]
}
