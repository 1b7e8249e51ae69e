import logger from '@adonisjs/core/services/logger'
import { crashPoint, failureForLog, type LoopContext, type WorkerLoop } from '#platform'
import type { EmailChannel } from '#channels'
import { channelFrom, channelOf } from '../providers/channel_for.ts'
import { isStale } from '../sender/lease.ts'
import { learn, takeServiceCall, worksAgain } from '../sender/rate_budget.ts'
import { askAgain, ended, putBack } from './end_service_call.ts'
import { nextToServe, retakeServiceCall, sealServiceCall, type ServiceCall } from './service_call.ts'
import { settleServiceCall } from './settle_service_call.ts'

/**
 * Service mail has a lane of its own: a loop beside that of campaigns, with calls that campaigns never touch, so that a
 * receipt does not wait for a million newsletters (docs/decisions/0007).
 */
export const serviceSender: WorkerLoop = { name: 'service_sender', wakeOn: ['assent_delivery'], run: keepServing }

async function keepServing({ signal, idle }: LoopContext): Promise<void> {
  let last = 0
  while (!signal.aborted) {
    const served = await serveOnce({ after: last })
    if (served === null) await idle(500)
    else if (served.isWaiting) await idle(100)
    last = served?.workspaceId ?? last
  }
}

/** Sends what is due for one workspace, until nothing is: what tests do in place of a worker. */
export async function sendServiceMailOf({ workspaceId }: { workspaceId: number }): Promise<void> {
  for (let served; (served = await serveOnce({ workspaceId })) && !served.isWaiting;);
}

interface Served {
  workspaceId: number
  /** The account has no call left at this moment. */
  isWaiting: boolean
}

/** First the calls that may be on their way, then the next workspace. Null: nothing waits. */
async function serveOnce({
  after = 0,
  workspaceId = null,
}: {
  after?: number
  workspaceId?: number | null
}): Promise<Served | null> {
  const begun = await retakeServiceCall(workspaceId)
  if (begun) return { workspaceId: begun.workspaceId, isWaiting: await guarded(begun, () => repeat(begun)) }
  const next = await nextToServe({ after, workspaceId })
  if (!next) return null
  if (next.isPaused) return { workspaceId: next.workspaceId, isWaiting: true }
  const channel = channelFrom(next)
  const budget = await budgetOf(channel, { isReplay: false, failures: next.way.failures })
  if (!budget) return { workspaceId: next.workspaceId, isWaiting: true }
  const call = await sealServiceCall(next.workspaceId, channel)
  crashPoint('service_sealed')
  if (call && call.ids.length > 0) await guarded(call, () => make(call, channel, budget))
  return { workspaceId: next.workspaceId, isWaiting: false }
}

type Budget = NonNullable<Awaited<ReturnType<typeof takeServiceCall>>>

const budgetOf = async (
  channel: EmailChannel,
  { isReplay, failures = 0 }: { isReplay: boolean; failures?: number }
): Promise<Budget | null> =>
  channel.isPaced ? takeServiceCall(channel.account, { isReplay }) : { failures, perSecond: 0 }

/** Where the same key is no longer safe, or another account would be called, nobody calls. */
async function repeat(call: ServiceCall): Promise<boolean> {
  const channel = await channelOf(call)
  if (call.account !== channel.account || call.sealedMsAgo >= channel.keyLifeMs) {
    const note =
      call.account === channel.account
        ? 'No answer within the time in which asking again is safe.'
        : 'The provider account was changed while the outcome was unknown.'
    await ended(call, { state: 'unconfirmed', reason: 'unconfirmed', note })
    return false
  }
  const budget = await budgetOf(channel, { isReplay: true })
  if (budget) await make(call, channel, budget)
  else await askAgain(call, { waitMs: 200 })
  return !budget
}

async function make(call: ServiceCall, channel: EmailChannel, budget: Budget): Promise<void> {
  if (isStale(call.takenAt)) {
    return call.isRepeat ? askAgain(call, { waitMs: 0 }) : putBack(call, { waitMs: 0 })
  }
  const outcome = await channel.send(call.mails, { idempotencyKey: call.key })
  crashPoint('service_answered')
  if (outcome.limits || outcome.used) await learn(channel.account, outcome, budget)
  else if (outcome.kind === 'accepted' && budget.failures > 0) await worksAgain(channel.account)
  await settleServiceCall(call, { outcome, channel })
}

/** What nobody foresaw puts this call aside, not the lane. A call may have been made: it stays sealed. */
async function guarded<T>(call: ServiceCall, run: () => Promise<T>): Promise<T | false> {
  try {
    return await run()
  } catch (error) {
    const failure = failureForLog(error)
    logger.error({ workspace: call.workspaceId, mails: call.ids.length, failure }, 'a call of service mail failed')
    await askAgain(call, { waitMs: Math.min(60_000, 1_000 * 2 ** call.attempts), note: failure.message })
    return false
  }
}
