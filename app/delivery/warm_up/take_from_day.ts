import db from '@adonisjs/lucid/services/db'
import { prepared } from '#platform'
import type { Batch } from '../sender/lease.ts'
import { curves, WARM_UP_DAYS } from './curves.ts'

const LOOK_AGAIN_MS = 10_000
/** Domains without a warm-up, which is nearly all: asked about once in a while, not for every batch. */
const unlimited = new Map<string, number>()
const isUnlimited = (key: string) => (unlimited.get(key) ?? -Infinity) > performance.now()

/**
 * Takes a batch from the day's share of its sending domain, shared by all workers, by the database's days (UTC).
 *
 * @returns how many more may leave today when that is fewer than the batch has; then nothing was taken. Else null
 */
export async function takeFromDay({ workspaceId, contactIds }: Batch, domain: string): Promise<number | null> {
  const key = `${workspaceId}/${domain}`
  if (isUnlimited(key)) return null
  const { rows } = await prepared(TAKE, [
    curves.new,
    curves.existing,
    workspaceId,
    domain,
    WARM_UP_DAYS,
    contactIds.length,
    contactIds.length,
  ])
  if (rows.length === 0) {
    if (unlimited.size > 1_000) unlimited.clear()
    unlimited.set(key, performance.now() + LOOK_AGAIN_MS)
    return null
  }
  return rows[0].is_taken ? null : Math.max(0, rows[0].room)
}

/** As `capOf` has it. */
const TAKE = `
  with today as (select (clock_timestamp() at time zone 'UTC')::date as day),
  asked as (
    select w.workspace_id, w.domain, today.day, case when w.day = today.day then w.taken else 0 end as taken,
      today.day - w.started_on + 1 as no, case w.curve when 'new' then ?::int[] else ?::int[] end as steps
    from warm_ups w, today
    where w.workspace_id = ?::bigint and w.domain = ?::text and today.day - w.started_on < ?::int
    for update of w
  ),
  capped as (
    select *, (case when no <= 7 then steps[no] else round(steps[7] * 1.5 ^ (no - 7)) end)::int - taken as room from asked
  ),
  done as (
    update warm_ups w set day = c.day, taken = c.taken + ?::int
    from capped c where w.workspace_id = c.workspace_id and w.domain = c.domain and c.room >= ?::int
    returning w.domain
  )
  select c.room, exists (select from done) as is_taken from capped c`

/** It did not leave after all. */
export async function giveBackToDay({ workspaceId, contactIds }: Batch, domain: string) {
  if (isUnlimited(`${workspaceId}/${domain}`)) return
  await db.rawQuery(
    `update warm_ups set taken = greatest(taken - ?::int, 0)
     where workspace_id = ? and domain = ? and day = (clock_timestamp() at time zone 'UTC')::date`,
    [contactIds.length, workspaceId, domain]
  )
}

/** The others go on tomorrow. */
export async function waitForTomorrow({ workspaceId, shipmentId }: Batch) {
  await db.rawQuery(
    `update shipments
     set waits_until = ((clock_timestamp() at time zone 'UTC')::date + 1) at time zone 'UTC', waits_for = 'warm_up'
     where workspace_id = ? and id = ?`,
    [workspaceId, shipmentId]
  )
}
