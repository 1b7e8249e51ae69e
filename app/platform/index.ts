/**
 * Platform: what every module stands on. It knows no domain words.
 * Owns: domain_events (what was announced), idempotency_keys, rate_limits, heartbeats.
 */
export { announce } from './announce.ts'
export { cleanPlatform } from './clean_platform.ts'
export { failureForLog, withoutData } from './failure_for_log.ts'
export { crashPoint } from './crash_point.ts'
export { insertFrom, piece, type SqlPiece, type SqlSource } from './insert_from.ts'
export { keysetPage, pageRequest, type Page, type SortKey } from './keyset_page.ts'
export { touch } from './live.ts'
export { relayLive } from './live_relay.ts'
export { type Gauge, type GaugeSource } from './operations/gauges.ts'
export { readiness } from './operations/readiness.ts'
export { OfWorkspace } from './of_workspace.ts'
export { readNumbersAsNumbers } from './pg_types.ts'
export { Problem, type ProblemItem } from './problem.ts'
export { keyedHash, readToken, signToken } from './tokens.ts'
export { dispatchDueEvents, type DomainEvent, type Listener, type Listeners } from './worker/dispatch_events.ts'
export { beat, processId } from './worker/heartbeat.ts'
export { closeJobs, enqueue, jobQueue, type ClockEntry, type JobHandler, type Jobs } from './worker/jobs.ts'
export { runLoop, type LoopContext, type WorkerLoop } from './worker/loop.ts'
export { onNotify } from './worker/notifications.ts'
export { work } from './worker/work.ts'
