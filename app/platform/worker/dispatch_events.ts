import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '../failure_for_log.ts'
import type { WorkerLoop } from './loop.ts'

export interface DomainEvent {
  id: number
  workspaceId: number
  payload: any
}
export type Listener = (event: DomainEvent) => Promise<void>
export type Listeners = Record<string, Listener[]>

interface Claimed extends DomainEvent {
  name: string
  attempts: number
  secret: boolean
}

const DEAD_AFTER = 20
const AT_ONCE = 50

/**
 * Brings what was announced to those who listen: at least once, in order within a workspace, workspaces beside each
 * other. A listener that fails makes the event come again, later and later; after twenty times it is set aside with
 * its last error (`/metrics` counts those).
 */
export const dispatcher = (listeners: Listeners): WorkerLoop => ({
  name: 'events',
  wakeOn: ['assent_domain_events'],
  async run({ signal, idle }) {
    while (!signal.aborted) {
      if ((await dispatchDueEvents(listeners)) < AT_ONCE) await idle(1_000)
    }
  },
})

/** @returns how many were taken up */
export async function dispatchDueEvents(listeners: Listeners, { workspaceId }: { workspaceId?: number } = {}) {
  const events = await claim(workspaceId)
  const byWorkspace = Map.groupBy(events, (event) => event.workspaceId)
  await Promise.all([...byWorkspace.values()].map((those) => dispatchInOrder(those, listeners)))
  return events.length
}

/** Takes due events for five minutes: whoever dies with them lets them come again. */
async function claim(workspaceId?: number): Promise<Claimed[]> {
  const { rows } = await db.rawQuery(
    `update domain_events e set attempts = attempts + 1, not_before = now() + interval '5 minutes'
     from (
       select id from domain_events
       where dispatched_at is null and dead_at is null and not_before <= now()
         ${workspaceId === undefined ? '' : 'and workspace_id = ?'}
       order by id limit ${AT_ONCE} for update skip locked
     ) due
     where e.id = due.id
     returning e.id, e.workspace_id as "workspaceId", e.name, e.payload, e.attempts, e.secret`,
    workspaceId === undefined ? [] : [workspaceId]
  )
  return rows.sort((a: Claimed, b: Claimed) => a.id - b.id)
}

async function dispatchInOrder(events: Claimed[], listeners: Listeners) {
  for (const event of events) {
    try {
      for (const listen of listeners[event.name] ?? []) await listen(event)
      await settle(event, 'dispatched_at = now(), last_error = null')
    } catch (error) {
      await postpone(event, error)
    }
  }
}

/** What was secret (a link that opens something) does not outlive its delivery. */
async function settle({ id, secret }: Claimed, how: string, bindings: unknown[] = []) {
  const wiped = secret ? `, payload = '{}'` : ''
  await db.rawQuery(`update domain_events set ${how}${wiped} where id = ?`, [...bindings, id] as any[])
}

async function postpone(event: Claimed, error: unknown) {
  const failure = failureForLog(error)
  const isDead = event.attempts >= DEAD_AFTER
  logger.error({ event: event.name, event_id: event.id, attempts: event.attempts, failure }, 'a listener failed')
  if (isDead) return settle(event, 'dead_at = now(), last_error = ?', [failure.message])
  const pause = Math.min(2 ** event.attempts, 600)
  await db.rawQuery(
    `update domain_events set not_before = now() + make_interval(secs => ?), last_error = ? where id = ?`,
    [pause, failure.message, event.id]
  )
}
