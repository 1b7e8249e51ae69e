import { hostname } from 'node:os'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '../failure_for_log.ts'

const EVERY_MS = 5_000

/** This process, for as long as it lives. */
export const processId = `${hostname()}:${process.pid}:${Date.now().toString(36)}`

/** "I am alive", every five seconds, until stopped: a row that /health/ready and /metrics read. */
export async function beat(kind: 'web' | 'worker', id = processId): Promise<() => Promise<void>> {
  await sign(kind, id)
  const timer = setInterval(() => {
    sign(kind, id).catch((error) => logger.warn({ failure: failureForLog(error) }, 'no heartbeat'))
  }, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await db.from('heartbeats').where('process_id', id).delete()
  }
}

async function sign(kind: string, id: string) {
  await db.rawQuery(
    `insert into heartbeats (process_id, kind) values (?, ?)
     on conflict (process_id) do update set seen_at = now()`,
    [id, kind]
  )
  await db.rawQuery(`delete from heartbeats where seen_at < now() - interval '1 day'`)
}
