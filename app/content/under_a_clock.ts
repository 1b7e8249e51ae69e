import { createContext, Script } from 'node:vm'
import { InvalidTemplate } from './errors.ts'

const clocked = new Script('run()')
const room = createContext({ run: () => {} })
let isWatched = false

/**
 * Runs synchronous work that must end: V8 itself stops it at the deadline, wherever it is, also inside one filter or
 * one regular expression, where LiquidJS and we look at no clock. The watchdog costs a seventh of a millisecond; work
 * inside work that is watched shares it.
 *
 * @throws InvalidTemplate when the deadline passes
 */
export function underAClock<T>(run: () => T, deadlineMs: number): T {
  if (isWatched) return run()
  isWatched = true
  room.run = run
  try {
    return clocked.runInContext(room, { timeout: deadlineMs })
  } catch (error: any) {
    if (error?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw InvalidTemplate.tooSlow('The template takes too long. Shorten its loops.', 'content.source')
  } finally {
    isWatched = false
    room.run = undefined
  }
}

const FOR_ALL_MS = 2_000

/** Does something for many under one watchdog, and once more for each alone when that took too long. */
export function forEachUnderAClock<Item, Result>(items: Item[], run: (item: Item) => Result): Result[] {
  try {
    return underAClock(() => items.map(run), FOR_ALL_MS)
  } catch (error) {
    if (!(error instanceof InvalidTemplate && error.isTooSlow)) throw error
    return items.map(run)
  }
}

const TRIES = 20
/** All tries together: on a busy machine each of many could stay just below its share. */
const ALL_TRIES_MS = 700

/**
 * Does work that limits itself by the clock on the wall, and forgives a busy machine: a run that was stopped without
 * having had `fairShareMs` of processor time of its own was kept waiting, not slow, and may begin again. Work inside work that
 * is watched is not forgiven here, but by whoever does it again alone.
 */
export function forgivingABusyMachine<T>(run: () => T, fairShareMs: number): T {
  if (isWatched) return run()
  let spentMs = 0
  for (let attempt = 1; ; attempt++) {
    const before = process.threadCpuUsage()
    try {
      return run()
    } catch (error) {
      const { user, system } = process.threadCpuUsage(before)
      const usedMs = (user + system) / 1_000
      spentMs += usedMs
      const wasSlow = usedMs >= fairShareMs || spentMs >= ALL_TRIES_MS
      if (!(error instanceof InvalidTemplate) || !error.isTooSlow || wasSlow || attempt === TRIES) throw error
    }
  }
}
