import db from '@adonisjs/lucid/services/db'
import type { Batch } from './lease.ts'
import { release, splitBatch } from './return_batch.ts'

/**
 * Whether everybody of a batch may be written to at this hour. If not, those who sleep wait for the end of their quiet
 * hours, in batches of their own, and the others can be claimed at once. Manifests are made so that they seldom have to;
 * a rule that changed since, a retry or a worker that was away needs it.
 */
export async function areAwake(batch: Batch): Promise<boolean> {
  const waits = await waitsOf(batch)
  if (waits.every(({ waitMs }) => waitMs === 0)) return true
  if (waits.length === 1) {
    await release(batch, { ...waits[0], isQuiet: true })
    return false
  }
  await splitBatch(
    batch,
    waits.map((piece) => ({ ...piece, isQuiet: piece.waitMs > 0 }))
  )
  return false
}

/** Who has to wait how long, in milliseconds. Who is not there any more waits for nothing: that is told when it is sealed. */
async function waitsOf({ workspaceId, contactIds, quietHours }: Batch): Promise<{ waitMs: number; ids: number[] }[]> {
  const { rule, zone } = quietHours!
  const { rows } = await db.rawQuery(
    `with people as materialized (
       select person.id, coalesce(c.timezone, ?) as zone
       from unnest(?::bigint[]) as person (id) left join contacts c on c.workspace_id = ? and c.id = person.id
     ),
     clocks as materialized (
       select zone, extract(epoch from after_quiet_hours(statement_timestamp(), zone, ?, ?::jsonb) - statement_timestamp())::float8
         * 1000 as wait_ms
       from (select distinct zone from people) as z
     )
     select wait_ms, array_agg(id order by id) as ids from people join clocks using (zone) group by wait_ms order by wait_ms`,
    [zone, contactIds, workspaceId, zone, JSON.stringify(rule)] as any[]
  )
  return rows.map(({ wait_ms: waitMs, ids }: { wait_ms: number; ids: number[] }) => ({ waitMs, ids }))
}
