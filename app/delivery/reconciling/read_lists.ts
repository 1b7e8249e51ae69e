import logger from '@adonisjs/core/services/logger'
import { LookUpFailed, type EmailChannel } from '#channels'
import { crashPoint, failureForLog, type LoopContext, type WorkerLoop } from '#platform'
import { channelOf } from '../providers/channel_for.ts'
import { windowIsSpent } from '../sender/rate_budget.ts'
import { spareCalls, STAND_BACK_MS } from '../sender/spare_calls.ts'
import { keepSighting } from './keep_sighting.ts'
import { endReading, neverRead, putDown, stumble, takeReading, type Reading } from './list_reading.ts'
import { soughtMails } from './sought_mails.ts'
import { witnessOf } from './witness.ts'

/** For so long one worker reads one list; then others have a turn. */
const WITHIN_MS = 60_000

/** So many pages and looks, and a list is too long to be read for a few people. */
const MOST_STEPS = 20_000

/** Asks providers' own lists for those of whom nobody knows whether they got their mail. */
export const listReadings: WorkerLoop = {
  name: 'list_readings',
  async run({ signal, idle }: LoopContext) {
    while (!signal.aborted) if (!(await readDueList({ signal }))) await idle(5_000)
  },
}

interface Due {
  workspaceId?: number | null
  signal?: AbortSignal
}

/**
 * Reads on in the list that has waited longest (docs/decisions/0026). Nothing is sent here: who is found is no longer in doubt,
 * and who is not waits for a person. @returns false when none is due
 */
export async function readDueList({ workspaceId = null, signal }: Due = {}): Promise<boolean> {
  const reading = await takeReading({ workspaceId })
  if (!reading) return false
  try {
    const channel = await channelOf(reading)
    if (channel.account !== reading.account) {
      await endReading(reading, { isComplete: false, note: 'The account is not connected.' })
    } else if (!channel.lookUp) {
      await neverRead(reading)
    } else {
      await read(reading, { lookUp: channel.lookUp, signal })
    }
  } catch (error) {
    await heedFailure(reading, error as Error)
  }
  return true
}

async function read(
  reading: Reading,
  { lookUp, signal }: { lookUp: NonNullable<EmailChannel['lookUp']>; signal?: AbortSignal }
) {
  const doubts = await soughtMails(reading)
  if (doubts.length === 0) return endReading(reading, { isComplete: true })
  const witness = await witnessOf(reading, doubts)
  const mails = witness ? [...doubts, witness] : doubts
  const end = performance.now() + WITHIN_MS
  const { cursor, reachesTo: since, account } = reading
  let steps = reading.steps
  for await (const sighting of lookUp(mails, { cursor, since, takeCall: spareCalls(account, { signal }) })) {
    crashPoint('list_read')
    const isWitness = witness !== null && sighting.found?.tags === witness.tags
    reading.witnessed ||= isWitness
    if (!(await keepSighting(reading, isWitness ? { cursor: sighting.cursor } : sighting))) return
    crashPoint('list_kept')
    if (++steps >= MOST_STEPS) return endReading(reading, { isComplete: false, note: 'The list is too long.' })
    if (signal?.aborted || performance.now() > end) return putDown(reading, { waitMs: 2_000 })
  }
  const isComplete = witness === null || reading.witnessed
  await endReading(reading, { isComplete, ...(isComplete ? {} : { note: 'The list lacks a mail that it took.' }) })
}

async function heedFailure(reading: Reading, error: Error) {
  if (!(error instanceof LookUpFailed)) {
    logger.error({ account: reading.account, failure: failureForLog(error) }, 'reading a list of mails failed')
    return stumble(reading, { note: failureForLog(error).message })
  }
  const { why, message: note, retryAfterMs } = error
  switch (why) {
    case 'rate':
      await windowIsSpent(reading.account, retryAfterMs)
      return putDown(reading, { waitMs: retryAfterMs + STAND_BACK_MS })
    case 'budget':
      return putDown(reading, { waitMs: retryAfterMs })
    case 'forbidden':
      return endReading(reading, { isComplete: false, note })
    case 'cursor':
      return stumble(reading, { note, fromStart: true })
    case 'provider':
      return stumble(reading, { note })
  }
}
