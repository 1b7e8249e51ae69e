import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '../failure_for_log.ts'

const SHORTEST_MS = 5_000
const LONGEST_MS = 600_000
const MOST = 1_000

/**
 * One of many that a loop looks after fails in a way that nobody foresaw: it rests, longer each time, and the others go on.
 * Remembered by this process alone: forgotten, it is tried once more.
 */
export class Setbacks<Key> {
  private known = new Map<Key, { times: number; until: number }>()

  constructor(private what: string) {}

  /** Those that are not to be tried now. */
  get resting(): Key[] {
    return [...this.known].filter(([, { until }]) => until > performance.now()).map(([key]) => key)
  }

  /** @returns how often in a row this one has failed: 0 when it did not */
  async guard(key: Key, run: () => Promise<unknown>): Promise<number> {
    try {
      await run()
      this.known.delete(key)
      return 0
    } catch (error) {
      const times = (this.known.get(key)?.times ?? 0) + 1
      if (this.known.size >= MOST) this.known.clear()
      this.known.set(key, { times, until: performance.now() + Math.min(SHORTEST_MS * 2 ** (times - 1), LONGEST_MS) })
      logger.error({ [this.what]: key, times, failure: failureForLog(error) }, 'it failed, and the others go on')
      return times
    }
  }
}
