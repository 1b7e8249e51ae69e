import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { retentionKinds, retentionOf, type RetentionKind, type Workspace } from '#identity'
import { boundedQuestion } from '#platform'
import { kinds, whatIsKept } from './what_is_kept.ts'

/** When the clock lets go of what is too old (start/schedule.ts), by UTC. */
const NIGHTLY = { hour: 3, minute: 57 }

export const nextRun = (now: DateTime = DateTime.utc()): DateTime => {
  const today = now.toUTC().set({ ...NIGHTLY, second: 0, millisecond: 0 })
  return today > now ? today : today.plus({ days: 1 })
}

/**
 * Each kind of what is kept: for how long, how much there is now, the oldest of it, what the next run will let go of and,
 * when that is nothing, on which day something will be due.
 *
 * @throws TooBusy (429), TookTooLong (503)
 */
export async function retentionPage(workspace: Workspace) {
  const next = nextRun()
  const runs = await lastRuns(workspace.id)
  const data = []
  for (const kind of kinds) {
    const { days, least, most } = { ...retentionKinds[kind], days: retentionOf(workspace)[kind] }
    const { kept, oldest, due } = await lookAt({ workspaceId: workspace.id, kind, days })
    data.push({
      kind,
      days,
      least,
      most,
      default_days: retentionKinds[kind].days,
      kept,
      oldest: oldest?.toISOString() ?? null,
      due,
      due_on: oldest === null ? null : runAfter(DateTime.fromJSDate(oldest).plus({ days }), next).toISO()!,
      last_run: runs.get(kind) ?? null,
    })
  }
  return { next_run_at: next.toISO()!, data }
}

/** The first run after something has become too old. */
function runAfter(moment: DateTime, next: DateTime): DateTime {
  return moment <= next ? next : nextRun(moment)
}

/** What is kept of one kind, and how much of it the next run would let go of if it were kept for so many days. */
export async function lookAt({
  workspaceId,
  kind,
  days,
}: {
  workspaceId: number
  kind: RetentionKind
  days: number
}): Promise<{ kept: number; oldest: Date | null; due: number }> {
  const by = nextRun().toJSDate()
  const looks = await boundedQuestion(workspaceId, (limit) =>
    db.transaction(async (trx) => {
      await limit(trx)
      const all = []
      for (const part of whatIsKept[kind]) all.push(await part.look({ workspaceId, days, by, client: trx }))
      return all
    })
  )
  const oldest = looks.flatMap(({ oldest: one }) => (one ? [one] : [])).sort((a, b) => a.getTime() - b.getTime())[0]
  return {
    kept: looks.reduce((sum, { kept }) => sum + kept, 0),
    oldest: oldest ?? null,
    due: looks.reduce((sum, { due }) => sum + due, 0),
  }
}

async function lastRuns(workspaceId: number) {
  const { rows } = await db.rawQuery(
    `select distinct on (kind) kind, forgotten, started_at, finished_at from retention_runs
     where workspace_id = ? order by kind, id desc`,
    [workspaceId]
  )
  return new Map<string, { forgotten: number; started_at: string; finished_at: string | null }>(
    rows.map(({ kind, forgotten, started_at: startedAt, finished_at: finishedAt }: any) => [
      kind,
      {
        forgotten: Number(forgotten),
        started_at: startedAt.toISOString(),
        finished_at: finishedAt?.toISOString() ?? null,
      },
    ])
  )
}
