import logger from '@adonisjs/core/services/logger'
import { crashPoint, failureForLog, type LoopContext, type WorkerLoop } from '#platform'
import type { EmailChannel } from '#channels'
import { channelFrom, channelOf } from '../providers/channel_for.ts'
import { Hands } from '../sender/hands.ts'
import { isStale } from '../sender/lease.ts'
import { isWell, learn, takeServiceCall, worksAgain } from '../sender/rate_budget.ts'
import { untilWritten } from '../sender/until_written.ts'
import { holdAfterRestore } from '../shipments/hold_after_restore.ts'
import { askAgain, ended, putBack, waitItsTurn } from './end_service_call.ts'
import { nextToServe, retakeServiceCall, sealServiceCall, type ServiceCall } from './service_call.ts'
import { settleServiceCall } from './settle_service_call.ts'

/**
 * Service mail has a lane of its own: a loop beside that of campaigns, with calls that campaigns never touch, so that a
 * receipt does not wait for a million newsletters (docs/decisions/0007).
 */
export const serviceSender: WorkerLoop = { name: 'service_sender', wakeOn: ['assent_delivery'], run: keepServing }

/** So many calls at once. */
const IN_FLIGHT = 4

async function keepServing({ signal, idle }: LoopContext): Promise<void> {
  const hands = new Hands(IN_FLIGHT)
  const spent = new Spent()
  let last = 0
  await holdAfterRestore()
  try {
    while (!signal.aborted) {
      const next = await nextCall({ after: last, without: [...hands.slowAccounts, ...spent.accounts] })
      last = next?.workspaceId ?? last
      if (next?.make) {
        hands.take(next.make(), { weight: 1, account: next.account })
        await hands.untilOneIsFree()
      } else if (next) {
        spent.add(next.account)
        if (next.isLast) await idle(LATER_MS)
      } else {
        await Promise.race([idle(500), ...(hands.isBusy ? [hands.untilOneIsDone()] : [])])
      }
    }
  } finally {
    await hands.untilAllAreDone()
  }
}

const LATER_MS = 100

/** Accounts that had no call left a moment ago: others go first. */
class Spent {
  private since = new Map<string, number>()

  add(account: string) {
    if (this.since.size > 1_000) this.since.clear()
    this.since.set(account, performance.now())
  }

  get accounts() {
    return [...this.since].filter(([, at]) => performance.now() - at < LATER_MS).map(([account]) => account)
  }
}

/** Sends what is due for one workspace, until nothing is: what tests do in place of a worker. */
export async function sendServiceMailOf({ workspaceId }: { workspaceId: number }): Promise<void> {
  for (let next; (next = await nextCall({ workspaceId }))?.make; await next.make());
}

interface Next {
  workspaceId: number
  account: string
  /** Null: its account takes nothing at this moment. */
  make: (() => Promise<void>) | null
  /** Nobody else could be served now either. */
  isLast?: boolean
}

/** First the calls that may be on their way, then the next workspace. Null: nothing waits. */
async function nextCall({
  after = 0,
  workspaceId = null,
  without = [],
}: {
  after?: number
  workspaceId?: number | null
  without?: string[]
}): Promise<Next | null> {
  const begun = await retakeServiceCall({ workspaceId, without })
  if (begun) return { ...begun, make: () => guarded(begun, () => repeat(begun)) }
  const next = await nextToServe({ after, workspaceId, without })
  if (!next) return null
  const channel = next.isWaiting ? null : channelFrom(next)
  const budget = channel && (await budgetOf(channel, { isReplay: false, failures: next.way.failures }))
  const served = { workspaceId: next.workspaceId, account: channel?.account ?? '' }
  if (!channel || !budget) return { ...served, make: null, isLast: next.isWaiting }
  const call = await sealServiceCall(next.workspaceId, channel)
  crashPoint('service_sealed')
  const hasMails = call && call.ids.length > 0
  return { ...served, make: () => (hasMails ? guarded(call, () => make(call, channel, budget)) : Promise.resolve()) }
}

type Budget = NonNullable<Awaited<ReturnType<typeof takeServiceCall>>>

const budgetOf = async (
  channel: EmailChannel,
  { isReplay, failures = 0 }: { isReplay: boolean; failures?: number }
): Promise<Budget | null> =>
  channel.isPaced ? takeServiceCall(channel.account, { isReplay }) : { failures, perSecond: 0 }

/** Where the same key is no longer safe, or another account would be called, nobody calls. */
async function repeat(call: ServiceCall): Promise<void> {
  const channel = await channelOf(call)
  if (call.account !== channel.account || call.sealedMsAgo >= channel.keyLifeMs) {
    const note =
      call.account === channel.account
        ? 'No answer within the time in which asking again is safe.'
        : 'The provider account was changed while the outcome was unknown.'
    await ended(call, { state: 'unconfirmed', reason: 'unconfirmed', note })
    return
  }
  const budget = await budgetOf(channel, { isReplay: true })
  if (budget) await make(call, channel, budget)
  else await waitItsTurn(call, { waitMs: 200 })
}

async function make(call: ServiceCall, channel: EmailChannel, budget: Budget): Promise<void> {
  if (isStale(call.takenAt)) {
    return call.isRepeat ? waitItsTurn(call, { waitMs: 0 }) : putBack(call, { waitMs: 0 })
  }
  const outcome = await channel.send(call.mails, { idempotencyKey: call.key })
  crashPoint('service_answered')
  await untilWritten(channel, async () => {
    if (outcome.limits || outcome.used) await learn(channel.account, outcome, budget)
    else if (budget.failures > 0 && isWell(outcome)) await worksAgain(channel.account)
    await settleServiceCall(call, { outcome, channel })
  })
}

/** What nobody foresaw puts this call aside, not the lane. A call may have been made: it stays sealed. */
async function guarded(call: ServiceCall, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const failure = failureForLog(error)
    logger.error({ workspace: call.workspaceId, mails: call.ids.length, failure }, 'a call of service mail failed')
    await askAgain(call, { waitMs: Math.min(60_000, 1_000 * 2 ** call.attempts), note: failure.message })
  }
}
