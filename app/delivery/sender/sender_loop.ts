import logger from '@adonisjs/core/services/logger'
import { AT_ONCE } from '#channels'
import { failureForLog, type LoopContext, type WorkerLoop } from '#platform'
import { letParkedGo } from '../domain_pace/let_parked_go.ts'
import { claimBatch, Turns } from './claim_batch.ts'
import { Hands } from './hands.ts'
import type { Batch } from './lease.ts'
import { holdAfterRestore, watchSending } from '../shipments/hold_after_restore.ts'
import { stopOnOtherWay } from '../shipments/keep_to_way.ts'
import { stopShipment } from '../shipments/stop_shipment.ts'
import { finishShipments } from './finish_shipments.ts'
import { postpone } from './return_batch.ts'
import { sendBatch } from './send_batch.ts'

/** One is with the provider, one with the database, one in the making; more only costs memory. */
const IN_FLIGHT = 3

/**
 * How much of that a batch counts for. A small one is a few calls at once, to a mail server, or one call of one mail: then a
 * worker mostly waits for answers.
 */
const weightOf = ({ contactIds: { length } }: Batch) => (length === 1 ? 1 / 4 : length <= AT_ONCE ? IN_FLIGHT / 2 : 1)

const WATCH_MS = 30_000
const LET_GO_MS = 1_000
const FINISH_MS = 1_000

/** Sends whatever waits, for ever. */
export const sender: WorkerLoop = { name: 'sender', wakeOn: ['assent_delivery'], run: keepSending }

/**
 * A few batches at a time, taking turns between workspaces and campaigns; an account that answers slowly keeps nobody else
 * waiting. Asked to stop, it takes no more and finishes those in hand, so that none is half known.
 */
async function keepSending({ signal, idle, processId }: LoopContext): Promise<void> {
  const hands = new Hands(IN_FLIGHT)
  const turns = new Turns()
  let [watched, letGo, finished] = [-Infinity, -Infinity, performance.now()]
  await holdAfterRestore()
  try {
    while (!signal.aborted) {
      if (performance.now() - watched > WATCH_MS) {
        watched = performance.now()
        await watchSending()
      }
      if (performance.now() - letGo > LET_GO_MS) {
        letGo = performance.now()
        await letParkedGo()
        await stopOnOtherWay()
      }
      if (performance.now() - finished > FINISH_MS) {
        finished = performance.now()
        await finishShipments()
      }
      const batch = await claimBatch({ worker: processId, turns, without: hands.slowAccounts })
      if (batch) {
        hands.take(send(batch), { weight: weightOf(batch), account: batch.leavesBy })
        await hands.untilOneIsFree()
      } else if (hands.isBusy) {
        await Promise.race([hands.untilOneIsDone(), idle(500)])
      } else if ((await finishShipments()) === 0) {
        await idle(500)
      }
    }
  } finally {
    await hands.untilAllAreDone()
  }
}

/** After so many failures of one batch that nobody foresaw, a person has to look. */
const HOPELESS = 5

/** What nobody foresaw stops this batch for a while, not the worker: the others go on. */
async function send(batch: Batch): Promise<void> {
  try {
    await sendBatch(batch)
  } catch (error) {
    const failure = failureForLog(error)
    logger.error({ batch: batch.id, campaign: batch.campaignId, failure }, 'a batch failed')
    const failures = await postpone(batch, { note: failure.message })
    if (failures >= HOPELESS) await stopShipment(batch, { reason: 'unforeseen', note: failure.message })
  }
}

/** Sends what waits for one workspace and closes what ended, until nothing is due: what tests and the demo do in place of a worker. */
export async function sendAllOf({ workspaceId }: { workspaceId: number }): Promise<{ batches: number }> {
  const turns = new Turns()
  let batches = 0
  for (let batch; (batch = await claimBatch({ worker: 'in place', turns, workspaceId })); batches++) {
    await sendBatch(batch)
  }
  await stopOnOtherWay({ workspaceId })
  await finishShipments({ workspaceId })
  return { batches }
}
