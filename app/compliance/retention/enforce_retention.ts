import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, retentionOf, theSystem, Workspace, type RetentionKind } from '#identity'
import { crashPoint, enqueue, touch, type Kept, type Place } from '#platform'
import { kinds, whatIsKept } from './what_is_kept.ts'

/** So many rows at once: a moment's work, so that nobody else waits for it. */
const AT_ONCE = 1_000

/** Nightly: a job for each workspace (or for one). A second one finds nothing to do. */
export async function startRetention({ workspaceId = null }: { workspaceId?: number | null } = {}) {
  let after = 0
  for (;;) {
    const query = db.from('workspaces').where('id', '>', after).orderBy('id').limit(500).select('id')
    const workspaces = await (workspaceId === null ? query : query.where('id', workspaceId))
    if (workspaces.length === 0) return
    await db.transaction(async (trx) => {
      for (const { id } of workspaces) {
        await enqueue('retention.enforce', { workspaceId: id }, { trx })
      }
    })
    after = workspaces.at(-1).id
  }
}

/**
 * Lets go of what a workspace has kept long enough, kind by kind, a bounded number of rows in a transaction of its own each
 * time. One worker at a time does a kind: another one leaves it alone. A run that broke off is gone on with, and counted on.
 */
export async function enforceRetention({ workspaceId, signal }: { workspaceId: number; signal?: AbortSignal }) {
  const workspace = await Workspace.find(workspaceId)
  if (!workspace) return
  const days = retentionOf(workspace)
  for (const kind of kinds) {
    let isThrough = true
    for (const part of whatIsKept[kind]) {
      isThrough = (await letGo({ workspaceId, kind, days: days[kind], part, signal })) && isThrough
    }
    if (isThrough) await finish({ workspaceId, kind })
  }
}

interface Run {
  workspaceId: number
  kind: RetentionKind
}

/** @returns false when another worker is at it: then it comes to an end there */
async function letGo({
  part,
  days,
  signal,
  ...run
}: Run & { part: Kept; days: number; signal?: AbortSignal }): Promise<boolean> {
  let after: Place = null
  for (;;) {
    signal?.throwIfAborted()
    const step: { after: Place } | null = await db.transaction(async (trx) => {
      if (!(await isOurs(run, trx))) return null
      const done = await part.forget({ workspaceId: run.workspaceId, days, limit: AT_ONCE, after, trx })
      if (done.forgotten > 0) await note({ ...run, days, forgotten: done.forgotten }, trx)
      crashPoint('retention_step')
      return done
    })
    if (step === null) return false
    if (step.after === null) return true
    after = step.after
  }
}

async function isOurs({ workspaceId, kind }: Run, trx: TransactionClientContract): Promise<boolean> {
  const { rows } = await trx.rawQuery('select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as ours', [
    `retention:${workspaceId}:${kind}`,
  ])
  return rows[0].ours
}

async function note(
  { workspaceId, kind, days, forgotten }: Run & { days: number; forgotten: number },
  trx: TransactionClientContract
) {
  await trx.rawQuery(
    `insert into retention_runs as run (workspace_id, kind, days, forgotten) values (?, ?, ?, ?)
     on conflict (workspace_id, kind) where finished_at is null do update
       set forgotten = run.forgotten + excluded.forgotten, days = excluded.days, updated_at = clock_timestamp()`,
    [workspaceId, kind, days, forgotten]
  )
  await touch(trx, workspaceId, ['retention'])
}

/** A run that let go of something is told in the audit, once, with what it came to in all. */
async function finish({ workspaceId, kind }: Run) {
  await db.transaction(async (trx) => {
    if (!(await isOurs({ workspaceId, kind }, trx))) return
    const { rows } = await trx.rawQuery(
      `update retention_runs set finished_at = clock_timestamp(), updated_at = clock_timestamp()
       where workspace_id = ? and kind = ? and finished_at is null returning days, forgotten`,
      [workspaceId, kind]
    )
    if (rows.length === 0) return
    const [{ days, forgotten }] = rows
    await audit('retention.enforced', {
      workspaceId,
      actor: theSystem,
      subject: { type: 'workspace', id: workspaceId },
      details: { kind, days, forgotten: Number(forgotten) },
      trx,
    })
    await touch(trx, workspaceId, ['retention'])
  })
}
