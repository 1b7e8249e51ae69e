import { setTimeout as pause } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, theSystem, type Actor } from '#identity'
import { crashPoint, refreshStatistics, touch } from '#platform'
import { fieldsOf } from '../attributes.ts'
import { Import } from '../models/import.ts'
import { countLot } from './count_lot.ts'
import { addCounts } from './counts.ts'
import { matchLot } from './match_lot.ts'
import { LotRaced, mergeLot } from './merge_lot.ts'
import { lotRows, readLots, type Lot } from './read_lots.ts'
import { refusedRows } from './refused_rows.ts'
import { stageLot } from './stage_lot.ts'

const ATTEMPTS = 3
const RACES = 5
/** Lost a race, a deadlock, a serialisation: the same lot succeeds when it is taken again. */
const passing = new Set(['23505', '40001', '40P01'])
const OTHER_HANDS_MS = 2_000

/** Another process has taken this lot; it is alive, so it will go on. */
class TakenElsewhere extends Error {}

/**
 * Takes a started import in, from wherever it stands. One transaction a lot, which also says how far the file is done: a
 * process killed anywhere leaves whole lots behind, and whoever runs the import next goes on after them. While one lot is
 * merged, the next is read and copied on another connection. Two processes at once take turns at the row of the import:
 * the later one sees that the lot is done and steps back.
 */
export async function runImport({
  workspaceId,
  importId,
  signal,
}: {
  workspaceId: number
  importId: number
  signal?: AbortSignal
}): Promise<void> {
  for (;;) {
    const file = await Import.query().where({ workspaceId, id: importId }).first()
    if (file?.status !== 'running' || signal?.aborted) return
    try {
      await takeAll(file, signal)
    } catch (error) {
      if (error instanceof TakenElsewhere) await pause(OTHER_HANDS_MS)
      else await noteFailure(file, error)
    }
  }
}

async function takeAll(file: Import, signal?: AbortSignal) {
  const options = file.options!
  const fields = await fieldsOf(file.workspaceId, db.connection())
  let merging: Promise<void> = Promise.resolve()
  let waiting: Promise<TransactionClientContract> | null = null
  let total = 0
  try {
    for await (const lot of readLots(file, { options, fields })) {
      total = lot.to
      if (lot.to <= file.rowsDone) continue
      if (signal?.aborted) break
      waiting = quietly(stage(lot, file))
      await merging
      await tellPlanner(lot)
      merging = quietly(take(lot, waiting, file))
      waiting = null
    }
    await merging
  } finally {
    await waiting?.then(
      (trx) => trx.rollback(),
      () => {}
    )
  }
  if (signal?.aborted) return
  await finish(file, total)
  if (total > lotRows()) await refreshStatistics({ contacts: 'all', contact_tags: 'all', consents: 'all' })
}

/**
 * After the first lot, the fourth, the sixteenth …: before autovacuum wakes, the planner would take a full workspace for empty.
 * Only of what lots are looked up by; the rest is for whoever asks about the people afterwards.
 */
async function tellPlanner({ from }: Lot) {
  if (![1, 4, 16, 64].includes(from / lotRows())) return
  await refreshStatistics({
    contacts: ['workspace_id', 'id', 'email_key', 'external_id'],
    contact_tags: ['workspace_id', 'tag_id', 'contact_id'],
    consents: ['workspace_id', 'contact_id', 'topic_id'],
    consent_chains: 'all',
    consent_entries: ['workspace_id', 'id', 'contact_id'],
  })
}

/** A failure that is looked at later, where the promise is awaited, is not an unhandled one until then. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

async function stage(lot: Lot, { options }: Import): Promise<TransactionClientContract> {
  const trx = await db.transaction()
  try {
    await stageLot(lot, options!.tags, trx)
    return trx
  } catch (error) {
    await trx.rollback()
    throw error
  }
}

/** Merges a staged lot; stages it again when a race was lost. */
async function take(lot: Lot, staged: Promise<TransactionClientContract>, file: Import) {
  for (let race = 1; ; race++) {
    const trx = await (race === 1 ? staged : stage(lot, file))
    try {
      await merge(lot, file, trx)
      await trx.commit()
      return
    } catch (error) {
      await trx.rollback()
      const isPassing = error instanceof LotRaced || passing.has((error as { code?: string }).code ?? '')
      if (!isPassing || race === RACES) throw error
    }
  }
}

async function merge(lot: Lot, file: Import, trx: TransactionClientContract) {
  const { workspaceId, id } = file
  const { rows } = await trx.rawQuery(
    'select status, rows_done, counts, started_by from imports where workspace_id = ? and id = ? for update',
    [workspaceId, id]
  )
  const [{ status, rows_done: done, counts, started_by: actor }] = rows
  if (status !== 'running' || done !== lot.from) throw new TakenElsewhere()
  const options = file.options!
  await matchLot(file, lot, options, trx)
  const refused = await refusedRows(lot, trx)
  const added = await countLot(file, { lot, refused }, options, trx)
  const recorded = await mergeLot({ file, lot, refused, options, actor, trx })
  await trx.rawQuery(
    `update imports set rows_done = ?, rows_total = greatest(rows_estimate, ?), counts = ?, attempts = 0, error = null, updated_at = now()
     where workspace_id = ? and id = ?`,
    [lot.to, lot.to, JSON.stringify(addCounts(counts, { ...added, ...recorded })), workspaceId, id]
  )
  await touch(trx, workspaceId, ['imports', `imports/${id}`, 'contacts'])
  crashPoint('import_lot')
}

async function finish({ workspaceId, id }: Import, total: number) {
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `update imports set status = 'done', rows_total = ?, finished_at = clock_timestamp(), updated_at = now()
       where workspace_id = ? and id = ? and status = 'running' and rows_done = ? returning counts, started_by`,
      [total, workspaceId, id, total]
    )
    if (rows.length === 0) throw new TakenElsewhere()
    await trx.from('import_pieces').where({ workspace_id: workspaceId, import_id: id }).delete()
    const [{ counts, started_by: actor }] = rows
    const subject = { type: 'import', id }
    await audit('import.finished', { workspaceId, actor: actor as Actor, subject, details: counts, trx })
    await touch(trx, workspaceId, ['imports', `imports/${id}`, 'contacts', 'tags', 'segments'])
  })
}

/** A failure is tried again by whoever runs the job next; the third at the same place ends the import, and says why. */
async function noteFailure({ workspaceId, id }: Import, error: unknown) {
  const { rows } = await db.rawQuery(
    `update imports set attempts = attempts + 1, status = case when attempts + 1 >= ? then 'failed' else status end,
       finished_at = case when attempts + 1 >= ? then clock_timestamp() end,
       error = 'Something went wrong on our side. What was taken in so far can be undone, or start the same file again.', updated_at = now()
     where workspace_id = ? and id = ? and status = 'running' returning status`,
    [ATTEMPTS, ATTEMPTS, workspaceId, id]
  )
  if (rows[0]?.status === 'failed') {
    await db.transaction(async (trx) => {
      await audit('import.failed', { workspaceId, actor: theSystem, subject: { type: 'import', id }, trx })
      await touch(trx, workspaceId, ['imports', `imports/${id}`])
    })
  }
  throw error
}
