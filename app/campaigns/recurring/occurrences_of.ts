import db from '@adonisjs/lucid/services/db'
import type { Outcome } from './record_occurrence.ts'

export interface Occurrence {
  at: string
  outcome: Outcome
  note: string | null
  campaign: { id: string; name: string; status: string } | null
}

const SHOWN = 30

/** What it made last, newest first; the older ones are in the list of campaigns (`?recurring_id=`). */
export async function occurrencesOf({ workspaceId, id }: { workspaceId: number; id: number }): Promise<Occurrence[]> {
  const { rows } = await db.rawQuery(
    `select o.occurs_at, o.outcome, o.note, c.id, c.name, c.status from recurring_occurrences o
     left join campaigns c on c.workspace_id = o.workspace_id and c.id = o.campaign_id and c.deleted_at is null
     where o.workspace_id = ? and o.recurring_id = ? order by o.occurs_at desc limit ?`,
    [workspaceId, id, SHOWN]
  )
  return rows.map((row: any) => ({
    at: row.occurs_at.toISOString(),
    outcome: row.outcome,
    note: row.note,
    campaign: row.id === null ? null : { id: String(row.id), name: row.name, status: row.status },
  }))
}
