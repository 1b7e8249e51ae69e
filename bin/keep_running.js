import { setTimeout as sleep } from 'node:timers/promises'
import { ended } from './children.js'

/**
 * Starts a service again whenever it ends by itself: at once after a long life, later and later when it keeps dying.
 * @param {string} name for people: "The worker"
 * @param {() => import('./children.js').ChildProcess} start
 * @param {AbortSignal} stopping
 */
export async function keepRunning(name, start, stopping) {
  let pause = 0.5
  while (!stopping.aborted) {
    const begin = performance.now()
    const code = await ended(start())
    if (stopping.aborted) return
    pause = performance.now() - begin > 60_000 ? 1 : Math.min(pause * 2, 60)
    console.error(`${name} ended unexpectedly (exit code ${code}). It starts again in ${pause} s.`)
    await rest(pause, stopping)
  }
}

/**
 * @param {number} seconds
 * @param {AbortSignal} stopping
 */
async function rest(seconds, stopping) {
  try {
    await sleep(seconds * 1000, undefined, { signal: stopping })
  } catch (error) {
    if (!stopping.aborted) throw error
  }
}
