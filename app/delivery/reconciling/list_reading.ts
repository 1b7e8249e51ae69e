import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { markMissing, notFound } from './sought_mails.ts'

/** A reading of one account's list, in a worker's hand. Every write about it names the fence. */
export interface Reading {
  workspaceId: number
  account: string
  fence: number
  /** It covers what was given up before. */
  beganAt: Date
  /** Older mails are not ours. */
  reachesTo: Date
  cursor: string | null
  steps: number
  witnessed: boolean
}

/** How long a worker may be silent about it. Each step says that it is alive. */
const LEASE_SECONDS = 120
const LEASE = `lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`

/** Clocks differ, and a call may have been prepared early. */
const MARGIN_MINUTES = 15

/** Read again after so many minutes, four times in a good sixteen hours: then who was not found will not be. */
const WAITS = [15, 60, 240, 720]
/** Whatever came between the readings, after a day a list is not asked any more. */
const LAST_HOURS = 24

/** The reading that has been due for longest, at its beginning or where somebody left off. Null: none is. */
export async function takeReading({ workspaceId }: { workspaceId: number | null }): Promise<Reading | null> {
  const { rows } = await db.rawQuery(
    `update list_readings r
     set fence = r.fence + 1, ${LEASE}, began_at = coalesce(r.began_at, clock_timestamp()),
       reaches_to = coalesce(r.reaches_to, (
         select min(d.handed_over_at) - make_interval(mins => ${MARGIN_MINUTES}) from doubts d
         where d.workspace_id = r.workspace_id and d.account = r.account
       ), clock_timestamp())
     from (
       select workspace_id, account from list_readings
       where next_at <= clock_timestamp() and coalesce(lease_until, '-infinity') <= clock_timestamp()
         and workspace_id = coalesce(?::bigint, workspace_id)
       order by next_at limit 1 for update skip locked
     ) as due
     where r.workspace_id = due.workspace_id and r.account = due.account
     returning r.*`,
    [workspaceId] as any[]
  )
  const [row] = rows
  if (!row) return null
  const { workspace_id: id, account, cursor, steps, witnessed } = row
  return {
    ...{ workspaceId: id, account, cursor, steps, witnessed },
    fence: Number(row.fence),
    beganAt: row.began_at,
    reachesTo: row.reaches_to,
  }
}

const OURS = 'workspace_id = ? and account = ? and fence = ?'
const ours = ({ workspaceId, account, fence }: Reading) => [workspaceId, account, fence]

/** One step further. @returns false when somebody else has it by now */
export async function goOn(reading: Reading, cursor: string, trx: TransactionClientContract): Promise<boolean> {
  const { rowCount } = await trx.rawQuery(
    `update list_readings
     set cursor = ?, steps = steps + 1, witnessed = witnessed or ?, failures = 0, last_error = null, ${LEASE} where ${OURS}`,
    [cursor, reading.witnessed, ...ours(reading)]
  )
  return rowCount === 1
}

/** Anybody may go on with it, from here, after a while. */
export async function putDown(reading: Reading, { waitMs }: { waitMs: number }): Promise<void> {
  await db.rawQuery(
    `update list_readings set lease_until = null, next_at = clock_timestamp() + make_interval(secs => ?) where ${OURS}`,
    [waitMs / 1_000, ...ours(reading)]
  )
}

/**
 * It could not be read on: again after a minute, then two, up to an hour, for two days. `fromStart`: the place where it stopped
 * is not known any more.
 */
export async function stumble(reading: Reading, { note, fromStart = false }: { note: string; fromStart?: boolean }) {
  await db.transaction(async (trx) => {
    const { rowCount } = await trx.rawQuery(
      `update list_readings
       set failures = failures + 1, last_error = ?, lease_until = null,
         next_at = clock_timestamp() + make_interval(mins => least(60, power(2, least(failures, 6))::int)),
         cursor = case when ? then null else cursor end, began_at = case when ? then null else began_at end
       where ${OURS}`,
      [note.slice(0, 300), fromStart, fromStart, ...ours(reading)]
    )
    if (rowCount === 1) await dropDoubts(reading, { afterHours: 2 * LAST_HOURS }, trx)
  })
}

/**
 * The end of a reading, and when the next one begins. A complete one says of who is not in the list that they are not; an
 * incomplete one says nothing.
 */
export async function endReading(reading: Reading, { isComplete, note }: { isComplete: boolean; note?: string }) {
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `update list_readings
       set rounds = rounds + 1, began_at = null, reaches_to = null, cursor = null, steps = 0, witnessed = false, failures = 0, last_error = ?,
         lease_until = null, next_at = clock_timestamp() + make_interval(mins => coalesce((?::int[])[rounds + 1], 0))
       where ${OURS} returning rounds`,
      [note?.slice(0, 300) ?? null, WAITS, ...ours(reading)] as any[]
    )
    if (rows.length === 0) return
    const missing = await notFound(reading, trx)
    if (isComplete) await markMissing(reading, missing, trx)
    await dropResolved(reading, missing, trx)
    await dropDoubts(reading, { afterHours: rows[0].rounds > WAITS.length ? 0 : LAST_HOURS }, trx)
  })
}

/** This provider cannot be asked. */
export const neverRead = (reading: Reading) => db.transaction((trx) => dropDoubts(reading, { afterHours: 0 }, trx))

async function dropResolved(
  { workspaceId, account }: Reading,
  open: { callKind: string; callId: number }[],
  trx: TransactionClientContract
) {
  const ids = (kind: string) => [
    ...new Set(open.filter(({ callKind }) => callKind === kind).map(({ callId }) => callId)),
  ]
  await trx.rawQuery(
    `delete from doubts where workspace_id = ? and account = ?
       and not (call_kind = 'batch' and call_id = any(?::bigint[])) and not (call_kind = 'service_message' and call_id = any(?::bigint[]))`,
    [workspaceId, account, ids('batch'), ids('service_message')] as any[]
  )
}

/** Those that are too old, and the reading with the last of them. */
async function dropDoubts(
  { workspaceId, account, beganAt }: Reading,
  { afterHours }: { afterHours: number },
  trx: TransactionClientContract
) {
  await trx.rawQuery(
    `delete from doubts where workspace_id = ? and account = ? and since <= least(?::timestamptz, clock_timestamp() - make_interval(hours => ?))`,
    [workspaceId, account, beganAt, afterHours] as any[]
  )
  await trx.rawQuery(
    `delete from list_readings r where workspace_id = ? and account = ?
       and not exists (select from doubts d where d.workspace_id = r.workspace_id and d.account = r.account)`,
    [workspaceId, account]
  )
}
