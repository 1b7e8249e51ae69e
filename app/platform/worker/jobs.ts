import { randomUUID } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import logger from '@adonisjs/core/services/logger'
import { fromKnex, PgBoss } from 'pg-boss'
import { databaseUrl } from '#config/database'
import { failureForLog } from '../failure_for_log.ts'

/** A postman: it carries ids to a verb. Running one twice does no harm. */
export type JobHandler = (data: any, ctx: { id: string; signal: AbortSignal }) => Promise<void>
export type Jobs = Record<string, JobHandler>

export interface ClockEntry {
  name: string
  /** Five fields, UTC. */
  cron: string
  run(): Promise<void>
}

const QUEUE = {
  /** One waiting job for each key: see `once`. */
  policy: 'short' as const,
  retryLimit: 5,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 23 * 3600,
  /** A worker that dies with a job in hand is noticed by its silence, not by the job's expiry. */
  heartbeatSeconds: 30,
  notify: true,
}

let sender: Promise<PgBoss> | null = null
const known = new Set<string>()

/**
 * Puts a job into its queue, within the caller's transaction: rolled back, it was never there. `afterSeconds` lets it
 * wait; a second job with the same `once` is dropped while the first waits.
 */
export async function enqueue(
  name: string,
  data: Record<string, unknown>,
  { trx, afterSeconds, once }: { trx: TransactionClientContract; afterSeconds?: number; once?: string }
) {
  const boss = await jobQueue()
  await ensureQueue(boss, name)
  await boss.send(name, data, {
    db: fromKnex(trx.knexClient as any),
    ...(afterSeconds ? { startAfter: afterSeconds } : {}),
    singletonKey: once ?? randomUUID(),
  })
}

/** Works off the queues of `jobs` and keeps the clock, until stopped. */
export async function workJobs({ jobs, clock, signal }: { jobs: Jobs; clock: ClockEntry[]; signal: AbortSignal }) {
  const boss = newBoss({
    max: 3,
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
  })
  await boss.start()
  const all: Jobs = { ...jobs, ...Object.fromEntries(clock.map(({ name, run }) => [`clock.${name}`, () => run()])) }
  for (const [name, handle] of Object.entries(all)) {
    await ensureQueue(boss, name)
    await boss.work(
      name,
      { batchSize: 1, localConcurrency: 2, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 },
      async ([job]) => handle(job.data, { id: job.id, signal: AbortSignal.any([job.signal, signal]) })
    )
  }
  await keepClock(boss, clock)
  return { stop: (timeoutMs: number) => boss.stop({ graceful: true, timeout: timeoutMs }) }
}

/** Lets go of the connections that `enqueue` opened. */
export async function closeJobs() {
  const boss = await sender
  sender = null
  known.clear()
  await boss?.stop({ graceful: false })
}

/** This process's own way into the queues: for `enqueue`, and for tests that play the worker. */
export function jobQueue(): Promise<PgBoss> {
  sender ??= newBoss({ max: 1, supervise: false, schedule: false })
    .start()
    .catch((error) => {
      sender = null
      throw error
    })
  return sender
}

function newBoss(options: Record<string, unknown>) {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'jobs',
    createSchema: false, // a migration has made it, and gives it to whom we sign in as
    application_name: 'assent jobs',
    ...options,
  })
  boss.on('error', (error) => logger.error({ failure: failureForLog(error) }, 'the job queue reports an error'))
  return boss
}

async function ensureQueue(boss: PgBoss, name: string) {
  if (known.has(name)) return
  await boss.createQueue(`${name}.dead`, { retryLimit: 0 })
  await boss.createQueue(name, { ...QUEUE, deadLetter: `${name}.dead` })
  known.add(name)
}

/** The clock is what start/schedule.ts says now: what it no longer names is no longer rung. */
async function keepClock(boss: PgBoss, clock: ClockEntry[]) {
  const wanted = new Map(clock.map(({ name, cron }) => [`clock.${name}`, cron]))
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name)
  for (const [name, cron] of wanted) await boss.schedule(name, cron, null, { tz: 'UTC' })
}
