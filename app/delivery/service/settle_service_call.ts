import logger from '@adonisjs/core/services/logger'
import type { EmailChannel, Outcome, Refused } from '#channels'
import { quotaIsSpent } from '../quota/quota_is_spent.ts'
import { accountIsRefused } from '../providers/account_is_refused.ts'
import { countFailure, windowIsSpent } from '../sender/rate_budget.ts'
import { accepted, askAgain, ended, halve, putBack } from './end_service_call.ts'
import { isAboutOne } from '../sender/settle_reply.ts'
import { settleServiceEach } from './settle_service_each.ts'
import { settleServiceReply } from './settle_service_reply.ts'
import type { ServiceCall } from './service_call.ts'

type Refusal = Refused
type Each = Extract<Outcome, { kind: 'each' }>

/** What the answer means for the mails of a call. Whoever lost the lease meanwhile changes nothing here. */
export async function settleServiceCall(
  call: ServiceCall,
  { outcome, channel }: { outcome: Outcome; channel: EmailChannel }
): Promise<unknown> {
  switch (outcome.kind) {
    case 'accepted':
      return accepted(call, outcome.ids)
    case 'unknown':
      await countFailure(channel.account, outcome.note)
      return channel.keyLifeMs === 0
        ? ended(call, { state: 'unconfirmed', reason: 'unconfirmed', note: outcome.note })
        : askAgain(call, { waitMs: patience(call), note: outcome.note })
    case 'refused':
      return refused(call, channel, outcome)
    case 'each':
      return each(call, channel, outcome)
  }
}

async function each(call: ServiceCall, { account }: EmailChannel, { results, because }: Each): Promise<void> {
  const note = because?.note ?? ''
  if (because?.why === 'quota') await quotaIsSpent(account, because)
  else if (because?.why === 'rate') await windowIsSpent(account, because.retryAfterMs ?? 1_000)
  else if (because?.why === 'provider') await countFailure(account, note)
  const goesOn =
    because?.why === 'credentials' && (await accountIsRefused({ workspaceId: call.workspaceId, account }, note))
  return settleServiceEach(call, results, { waitMs: goesOn ? 0 : 60_000 })
}

/** Nothing was sent, unless an earlier call with this key may have been: then only the same key is safe. */
const waitFor = (call: ServiceCall, wait: { waitMs: number; note: string }) =>
  call.isRepeat ? askAgain(call, wait) : putBack(call, wait)

async function refused(call: ServiceCall, channel: EmailChannel, outcome: Refusal): Promise<unknown> {
  const { why, note, retryAfterMs, reply } = outcome
  if (reply && isAboutOne(reply)) return settleServiceReply(call, reply)
  switch (why) {
    case 'recipient':
    case 'message':
    case 'domain':
    case 'request':
      return call.ids.length === 1
        ? ended(call, { state: 'failed', reason: `refused_${why}`, note })
        : halve(call, note)
    case 'rate':
      await windowIsSpent(channel.account, retryAfterMs ?? 1_000)
      return waitFor(call, { waitMs: retryAfterMs ?? 1_000, note })
    case 'in_flight':
      return askAgain(call, { waitMs: retryAfterMs ?? 2_000, note })
    case 'provider':
      await countFailure(channel.account, note)
      if (outcome.mayHaveBeenSent && channel.keyLifeMs === 0) {
        return ended(call, { state: 'unconfirmed', reason: 'unconfirmed', note })
      }
      return outcome.mayHaveBeenSent
        ? askAgain(call, { waitMs: retryAfterMs ?? patience(call), note })
        : waitFor(call, { waitMs: retryAfterMs ?? patience(call), note })
    case 'quota':
      await quotaIsSpent(channel.account, outcome)
      return waitFor(call, { waitMs: 60_000, note })
    case 'credentials': {
      const goesOn = await accountIsRefused({ workspaceId: call.workspaceId, account: channel.account }, note)
      return waitFor(call, { waitMs: goesOn ? 0 : 60_000, note })
    }
    case 'bug':
      logger.error({ workspace: call.workspaceId, mails: call.ids }, 'the provider knows this key with other contents')
      return ended(call, { state: 'unconfirmed', reason: 'unconfirmed', note })
  }
}

const patience = ({ attempts }: ServiceCall) => Math.min(300_000, 1_000 * 2 ** Math.min(attempts, 9))
