import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Problem } from './problem.ts'

const AT_ONCE = 6
const SECONDS = 20
const running = new Map<number, number>()

export class TooBusy extends Problem {
  static status = 429
  static code = 'E_TOO_BUSY'
  retryAfter = 2
}

export class TookTooLong extends Problem {
  static status = 503
  static code = 'E_TOOK_TOO_LONG'
}

/**
 * A question whose cost its asker chooses (a preview of a rule, of an import): so many at a time for a workspace in each
 * process, so that it leaves connections to the others, and none of its statements longer than twenty seconds. `limit` goes
 * first in every transaction of the task.
 *
 * @throws TooBusy (429), TookTooLong (503)
 */
export async function boundedQuestion<T>(
  workspaceId: number,
  task: (limit: (trx: TransactionClientContract) => Promise<unknown>) => Promise<T>,
  { seconds = SECONDS, atOnce = AT_ONCE } = {}
): Promise<T> {
  const others = running.get(workspaceId) ?? 0
  if (others >= atOnce) throw new TooBusy('Several such questions are being answered already. Try again in a moment.')
  running.set(workspaceId, others + 1)
  try {
    return await task((trx) => trx.rawQuery(`set local statement_timeout = ${Math.round(seconds * 1000)}`))
  } catch (error) {
    const isCutOff = (error as { code?: string }).code === '57014'
    throw isCutOff ? new TookTooLong('This takes too long to answer at once. Ask something simpler.') : error
  } finally {
    const left = running.get(workspaceId)! - 1
    if (left > 0) running.set(workspaceId, left)
    else running.delete(workspaceId)
  }
}
