import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '../failure_for_log.ts'
import { onNotify } from './notifications.ts'

/**
 * One strand of the worker: runs until `signal` aborts, finishing the batch in hand. What it throws is logged, and it
 * begins again after a pause that grows to half a minute.
 */
export interface WorkerLoop {
  name: string
  /** Channels of NOTIFY that end `idle` early. */
  wakeOn?: string[]
  run(ctx: LoopContext): Promise<void>
}

export interface LoopContext {
  signal: AbortSignal
  /** Rests for so long, or until a wake-up call or the end. */
  idle(ms: number): Promise<void>
  processId: string
}

const LONGEST_PAUSE_MS = 30_000
const CALM_AFTER_MS = 60_000

export async function runLoop(loop: WorkerLoop, { signal, processId }: { signal: AbortSignal; processId: string }) {
  const bed = new Bed(signal)
  const deaf = (loop.wakeOn ?? []).map((channel) => onNotify(channel, () => bed.wake()))
  try {
    let failures = 0
    while (!signal.aborted) {
      const began = Date.now()
      try {
        await loop.run({ signal, processId, idle: (ms) => bed.rest(ms) })
        failures = 0
        await bed.rest(100)
      } catch (error) {
        if (Date.now() - began > CALM_AFTER_MS) failures = 0
        const pause = Math.min(500 * 2 ** failures++, LONGEST_PAUSE_MS)
        logger.error(
          { loop: loop.name, failure: failureForLog(error), again_in_ms: pause },
          'a loop of the worker failed'
        )
        await bed.rest(pause)
      }
    }
  } finally {
    await Promise.all(deaf.map((stop) => stop()))
  }
}

/** Where a loop rests. A call that comes while nobody rests is remembered, so none is lost between look and rest. */
class Bed {
  private called = false
  private rise: (() => void) | null = null

  constructor(private signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wake(), { once: true })
  }

  wake() {
    this.called = true
    this.rise?.()
  }

  async rest(ms: number) {
    if (!this.called && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.rise = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.rise = null
    }
    this.called = false
  }
}
