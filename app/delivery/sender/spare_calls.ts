import { setTimeout as rest } from 'node:timers/promises'
import { takeSpareCall } from './rate_budget.ts'

const PATIENCE_MS = 10_000
const A_MOMENT_MS = 250
/** After the last of the kept calls, service mail has a whole second for itself. */
export const STAND_BACK_MS = 2_000

/**
 * For what nobody waits for: takes calls that are kept for service mail, waits a little for them, and never takes all of them
 * for long.
 *
 * @returns asks for one call; false: not now, the account is paused or busy
 */
export function spareCalls(account: string, { signal }: { signal?: AbortSignal } = {}): () => Promise<boolean> {
  let standsBackUntil = 0
  return async () => {
    const end = performance.now() + PATIENCE_MS
    while (!signal?.aborted && performance.now() < end) {
      const left = performance.now() < standsBackUntil ? null : await takeSpareCall(account)
      if (left === 0) standsBackUntil = performance.now() + STAND_BACK_MS
      if (left !== null) return true
      await rest(A_MOMENT_MS)
    }
    return false
  }
}
