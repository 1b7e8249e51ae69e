import db from '@adonisjs/lucid/services/db'
import type { Kept } from '#platform'

/** From where people did what the audit keeps. Entries stay; the one function that may touch them takes the address away. */
export const keptAuditOrigins: Kept = {
  async look({ workspaceId, days, by, client = db }) {
    const { rows } = await client.rawQuery(
      `select count(*) as kept, min(created_at) as oldest,
         count(*) filter (where created_at < ?::timestamptz - make_interval(days => ?)) as due
       from audit_entries where workspace_id = ? and ip is not null`,
      [by.toISOString(), days, workspaceId]
    )
    return { kept: Number(rows[0].kept), oldest: rows[0].oldest, due: Number(rows[0].due) }
  },
  async forget({ workspaceId, days, limit, trx }) {
    const { rows } = await trx.rawQuery(
      'select forget_audit_origins(?, now() - make_interval(days => ?), ?) as forgotten',
      [workspaceId, days, limit]
    )
    const forgotten = Number(rows[0].forgotten)
    return { forgotten, after: forgotten < limit ? null : [] }
  },
}
