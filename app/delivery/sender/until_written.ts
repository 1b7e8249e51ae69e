import { setTimeout as rest } from 'node:timers/promises'
import type { EmailChannel } from '#channels'
import { callLeaseSeconds } from './lease.ts'

const LONGEST_WAIT_MS = 2_000

/**
 * Writes down what an answer said. Where the same key would be answered again, once: it can be asked for. Where not, the answer
 * is all that will ever be known, so that it is tried until the database takes it, for as long as a lease lasts.
 */
export async function untilWritten(channel: EmailChannel, write: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + (channel.keyLifeMs > 0 ? 0 : callLeaseSeconds(channel) * 1_000)
  for (let wait = 100; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return void (await write())
    } catch (error) {
      if (performance.now() + wait > end) throw error
      await rest(wait)
    }
  }
}
