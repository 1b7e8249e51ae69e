import logger from '@adonisjs/core/services/logger'
import { dispatcher, type Listeners } from './dispatch_events.ts'
import { beat, processId } from './heartbeat.ts'
import { workJobs, type ClockEntry, type Jobs } from './jobs.ts'
import { runLoop, type WorkerLoop } from './loop.ts'

const PATIENCE_MS = 25_000

/**
 * The worker: loops, the dispatcher of events, jobs and the clock, until `stop`. Stopping takes nothing new and waits,
 * 25 seconds at most, for what is in hand; what is cut off then comes again elsewhere.
 */
export async function work(map: { loops: WorkerLoop[]; jobs: Jobs; clock: ClockEntry[]; listeners: Listeners }) {
  const ending = new AbortController()
  const { signal } = ending
  const silence = await beat('worker')
  const loops = [dispatcher(map.listeners), ...map.loops]
  const running = loops.map((loop) => runLoop(loop, { signal, processId }))
  const queues = await workJobs({ jobs: map.jobs, clock: map.clock, signal })
  logger.info({ loops: loops.map(({ name }) => name), jobs: Object.keys(map.jobs) }, 'worker started')

  return {
    async stop() {
      ending.abort()
      const finished = await withinPatience([...running, queues.stop(PATIENCE_MS)])
      await silence()
      logger.info({ finished }, 'worker stopped')
    },
  }
}

/** @returns false when something was still in hand at the end */
async function withinPatience(tasks: Promise<unknown>[]): Promise<boolean> {
  let timer: NodeJS.Timeout
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  const done = Promise.allSettled(tasks).then(() => true)
  return Promise.race([done, patience]).finally(() => clearTimeout(timer))
}
