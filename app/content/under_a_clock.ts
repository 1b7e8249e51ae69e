import { createContext, Script } from 'node:vm'
import { InvalidTemplate } from './errors.ts'

const clocked = new Script('run()')

/**
 * Runs synchronous work that must end: V8 itself stops it at the deadline, wherever it is, also inside one filter or
 * one regular expression, where LiquidJS and we look at no clock. Costs a third of a millisecond.
 *
 * @throws InvalidTemplate when the deadline passes
 */
export function underAClock<T>(run: () => T, deadlineMs: number): T {
  try {
    return clocked.runInContext(createContext({ run }), { timeout: deadlineMs })
  } catch (error: any) {
    if (error?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw InvalidTemplate.tooSlow('The template takes too long. Shorten its loops.', 'content.source')
  }
}

const TRIES = 20

/**
 * Does work that limits itself by the clock on the wall, and forgives a busy machine: a run that was stopped without
 * having had `fairShareMs` of processor time of its own was kept waiting, not slow, and may begin again.
 */
export function forgivingABusyMachine<T>(run: () => T, fairShareMs: number): T {
  for (let attempt = 1; ; attempt++) {
    const before = process.threadCpuUsage()
    try {
      return run()
    } catch (error) {
      const { user, system } = process.threadCpuUsage(before)
      const wasSlow = (user + system) / 1_000 >= fairShareMs
      if (!(error instanceof InvalidTemplate) || !error.isTooSlow || wasSlow || attempt === TRIES) throw error
    }
  }
}
