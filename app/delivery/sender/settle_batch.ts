import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { crashPoint, prepared } from '#platform'
import type { EmailChannel, MailResult, Outcome, OutgoingMail, Refused } from '#channels'
import { quotaIsSpent } from '../quota/quota_is_spent.ts'
import { accountIsRefused } from '../providers/account_is_refused.ts'
import { stopShipment } from '../shipments/stop_shipment.ts'
import type { Batch } from './lease.ts'
import { countFailure, IN_TROUBLE, isWell, windowIsSpent } from './rate_budget.ts'
import { wayOutOf } from '../providers/ways_out.ts'
import { callAgain, giveUp, splitBatch, unseal } from './return_batch.ts'
import { settleEach } from './settle_each.ts'
import { asksForPatience, isAboutOne, settleReply } from './settle_reply.ts'
import { writeMessages } from './write_messages.ts'

interface Settlement {
  outcome: Outcome
  channel: EmailChannel
  mails: OutgoingMail[]
}

type Refusal = Refused

/** What the answer means for the batch. Whoever lost the lease meanwhile changes nothing here. */
export async function settle(batch: Batch, { outcome, channel, mails }: Settlement): Promise<void> {
  switch (outcome.kind) {
    case 'accepted':
      return accept(batch, mails, outcome.ids)
    case 'unknown':
      return inDoubt(batch, channel, outcome.note)
    case 'refused':
      return refuse(batch, { outcome, channel, mails })
    case 'each':
      if (outcome.because) await heedRefusal(batch, outcome.because, channel)
      if (!outcome.because && !isWell(outcome)) await heedDoubts(batch, outcome.results, channel)
      return settleEach(batch, { results: outcome.results, mails, account: channel.account })
  }
}

async function accept(batch: Batch, mails: OutgoingMail[], ids: string[]) {
  const messages = writeMessages(batch.sealed!, { state: 'accepted', ids })
  crashPoint('before_commit')
  await prepared(
    `with ended as (
       update batches set state = 'done', accepted = ?, doubtful = false, finished_at = clock_timestamp(), last_error = null
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning workspace_id, month, campaign_id, id, sealed_at, edition_id
     ) ${messages.sql}`,
    [mails.length, batch.workspaceId, batch.id, batch.fence, ...messages.bindings]
  )
}

/** The same call with the same key, soon; where keys are not remembered, never. */
async function inDoubt(batch: Batch, channel: EmailChannel, note: string) {
  if (channel.keyLifeMs === 0) return loseInDoubt(batch, channel, note)
  await countFailure(channel.account, note)
  return callAgain(batch, { doubtful: true, note })
}

async function loseInDoubt(batch: Batch, channel: EmailChannel, note: string) {
  await countDoubt(batch, channel, note)
  return giveUp(batch, note)
}

/** Nobody of the call was taken, and of some nobody knows. */
async function heedDoubts(batch: Batch, results: MailResult[], channel: EmailChannel) {
  const doubt = results.find((result) => result.kind === 'unknown')
  if (doubt) await countDoubt(batch, channel, doubt.note)
}

/**
 * Each call that ends so leaves people unconfirmed for ever. So the account rests like after any failure; and when it goes on
 * like that and nobody steps in, the campaign stops before it has used up its audience.
 */
async function countDoubt(batch: Batch, { account }: EmailChannel, note: string) {
  const failures = await countFailure(account, note)
  if (failures < IN_TROUBLE) return
  const next = await wayOutOf(batch)
  if (!next || next.account === account) await stopShipment(batch, { reason: 'in_doubt', note })
}

/**
 * `batch.doubtful` tells of an earlier call without an answer. Then only an answer to this very key can clear the doubt:
 * "these mails are wrong" does, because a key that had been accepted would have been answered with its ids.
 */
async function refuse(batch: Batch, { outcome, channel, mails }: Settlement & { outcome: Refusal }): Promise<void> {
  const { note, reply } = outcome
  if (reply && isAboutOne(reply)) return settleReply(batch, { reply, channel, mail: mails[0] })
  switch (outcome.why) {
    case 'recipient':
    case 'message':
      return mails.length === 1 ? failOne(batch, outcome) : divide(batch, mails, Math.ceil(mails.length / 2), note)
    case 'rate':
      await windowIsSpent(channel.account, outcome.retryAfterMs ?? 1_000)
      return callAgain(batch, { waitMs: outcome.retryAfterMs ?? 1_000, doubtful: batch.doubtful, note })
    case 'in_flight':
      return callAgain(batch, { waitMs: outcome.retryAfterMs ?? 2_000, doubtful: true, note })
    case 'provider':
      if (reply && (await asksForPatience(channel.account, reply)))
        return callAgain(batch, { doubtful: batch.doubtful, note })
      if (outcome.mayHaveBeenSent && channel.keyLifeMs === 0) return loseInDoubt(batch, channel, note)
      await countFailure(channel.account, note)
      return callAgain(batch, {
        waitMs: outcome.retryAfterMs,
        doubtful: batch.doubtful || Boolean(outcome.mayHaveBeenSent),
        note,
      })
    case 'quota':
      return overQuota(batch, { outcome, channel, mails })
    case 'credentials':
      if (!(await accountIsRefused({ ...batch, account: channel.account }, note)))
        await stopShipment(batch, { reason: outcome.why, note })
      return putBack(batch, note)
    case 'domain':
    case 'request':
      await stopShipment(batch, { reason: outcome.why, note })
      return putBack(batch, note)
    case 'bug':
      logger.error({ batch: batch.id, campaign: batch.campaignId }, 'the provider knows this key with other contents')
      return giveUp(batch, note)
  }
}

/** What the refusal of some of a call means for all that is to leave by this account, or for this campaign. */
async function heedRefusal(batch: Batch, refusal: Refusal, channel: EmailChannel): Promise<void> {
  const { why, note } = refusal
  const { account } = channel
  if (why === 'quota') return quotaIsSpent(account, refusal)
  if (why === 'rate') return windowIsSpent(account, refusal.retryAfterMs ?? 1_000)
  if (why === 'provider') return void (await countFailure(account, note))
  if (why === 'credentials' && (await accountIsRefused({ ...batch, account }, note))) return
  await stopShipment(batch, { reason: why, note })
}

/** Nothing of it was sent: its people wait, and are asked about again. In doubt it stays sealed under its key. */
const putBack = (batch: Batch, note: string) =>
  batch.doubtful ? callAgain(batch, { waitMs: 60_000, doubtful: true, note }) : unseal(batch, { waitMs: 0, note })

/** What the quota still has room for goes by itself; a small quota would never have room for a whole batch. */
async function overQuota(batch: Batch, { outcome, channel, mails }: Settlement & { outcome: Refusal }) {
  const { left = 0, note } = outcome
  if (!batch.doubtful && left > 0 && left < mails.length) return divide(batch, mails, left, note)
  await quotaIsSpent(channel.account, outcome)
  return putBack(batch, note)
}

/** Nothing of it was sent: the first so many and the others go on as batches of their own. */
function divide(batch: Batch, mails: OutgoingMail[], at: number, note: string) {
  const ids = mails.map((mail) => Number(mail.tags.m))
  return splitBatch(batch, [{ ids: ids.slice(0, at) }, { ids: ids.slice(at) }], { note })
}

/** So many refused one by one and none accepted: then it is not about the people. */
const HOPELESS = 20

async function failOne(batch: Batch, { why, note }: Refusal) {
  const { workspaceId, id, fence } = batch
  const messages = writeMessages(batch.sealed!, { state: 'failed', reason: `refused_${why}`, note })
  const { rows } = await db.rawQuery(
    `with ended as (
       update batches set state = 'failed', failed = failed + 1, doubtful = false, finished_at = now(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning *
     ),
     written as (${messages.sql})
     select (select count(*) from batches b where b.workspace_id = ? and b.shipment_id = ended.shipment_id and b.state = 'failed') as failed,
            exists (select from batches b where b.workspace_id = ? and b.shipment_id = ended.shipment_id and b.state = 'done' and b.accepted > 0) as any_accepted
     from ended`,
    [note, workspaceId, id, fence, ...messages.bindings, workspaceId, workspaceId] as any[]
  )
  if (rows.length > 0 && !rows[0].any_accepted && rows[0].failed + 1 >= HOPELESS) {
    await stopShipment(batch, { reason: 'everyone_refused', note })
  }
}
