import logger from '@adonisjs/core/services/logger'
import { crashPoint } from '#platform'
import type { EmailChannel, OutgoingMail } from '#channels'
import { accountWorks } from '../providers/account_is_refused.ts'
import { channelFrom } from '../providers/channel_for.ts'
import { parkSlowPeople } from '../domain_pace/park_slow_people.ts'
import { payloadHash } from './compose_mails.ts'
import { isStale, type Batch } from './lease.ts'
import { letterOf, senderDomain } from './letters.ts'
import { giveBackToDay, takeFromDay, waitForTomorrow } from '../warm_up/take_from_day.ts'
import { isWell, learn, takeCall, worksAgain } from './rate_budget.ts'
import { areAwake } from './are_awake.ts'
import { giveUp, release, splitBatch, unseal, type Piece } from './return_batch.ts'
import { sealBatch, sealedMails } from './seal_batch.ts'
import { settle } from './settle_batch.ts'
import { untilWritten } from './until_written.ts'

/**
 * One batch, from the lease to the answer.
 *
 * A fresh one: wait while its readers are not to be written to, take a call from the account's budget, ask the rule again, seal, call, settle. A crash before the seal
 * changes nothing: it is taken again. A crash after the seal: the next worker finds it sealed, makes the same bytes from
 * the edition and the stored merge values, and calls with the same key, which a provider answers once. When the key
 * may be forgotten, or somebody else would be called, or the bytes differ, nobody calls: it is unconfirmed, and a
 * person decides. Whoever slept with a batch in its hand gives it back instead of calling. When an answer said that nothing was sent (too many calls, a provider that is down), the seal comes
 * off: whoever left while we waited is withheld, and a pause holds.
 */
export async function sendBatch(batch: Batch): Promise<void> {
  crashPoint('after_lease')
  const channel = channelFrom(batch)
  if (!batch.wasSealed && batch.domain === null && (await parkSlowPeople(batch, channel.account))) return
  if (!batch.wasSealed && batch.contactIds.length > channel.batchSize) {
    return splitBatch(batch, inPieces(batch.contactIds, channel.batchSize))
  }
  if (batch.wasSealed && !batch.doubtful)
    return unseal(batch, { waitMs: 0, note: 'Nothing was sent; the rule is asked again.' })
  if (batch.wasSealed && !mayCallAgain(batch, channel)) return giveUp(batch, lateness(batch, channel))
  if (!batch.wasSealed && batch.quietHours && !(await areAwake(batch))) return
  const budget = channel.isPaced
    ? await takeCall(channel.account, { isReplay: batch.wasSealed })
    : { failures: batch.way.failures, perSecond: 0 }
  if (!budget) return release(batch, { waitMs: 200 })
  if (!batch.wasSealed && channel.kind !== 'capture' && !(await fitsToday(batch))) return
  const mails = batch.wasSealed ? await sameMails(batch) : await freshMails(batch, channel)
  if (!mails || mails.length === 0) return
  crashPoint('after_seal')
  if (isStale(batch.takenAt)) return release(batch, { waitMs: 0 })
  const outcome = await channel.send(mails, { idempotencyKey: batch.idempotencyKey })
  crashPoint('after_accept')
  await untilWritten(channel, async () => {
    if (outcome.limits || outcome.used) await learn(channel.account, outcome, budget)
    else if (budget.failures > 0 && isWell(outcome)) await worksAgain(channel.account)
    if (batch.way.isRefused && isWell(outcome)) await accountWorks({ ...batch, account: channel.account })
    await settle(batch, { outcome, channel, mails })
  })
}

/** A domain that is being warmed up has so much a day: what fits goes today, the rest tomorrow. */
async function fitsToday(batch: Batch): Promise<boolean> {
  const room = await takeFromDay(batch, senderDomain(await letterOf(batch)))
  if (room === null) return true
  if (room === 0) {
    await waitForTomorrow(batch)
    await release(batch, { waitMs: 0 })
  } else {
    await splitBatch(batch, [{ ids: batch.contactIds.slice(0, room) }, { ids: batch.contactIds.slice(room) }])
  }
  return false
}

/** The same key is safe with the account that knows it, for as long as it remembers. */
const mayCallAgain = (batch: Batch, channel: EmailChannel) =>
  batch.account === channel.account && batch.sealedMsAgo < channel.keyLifeMs

function lateness(batch: Batch, channel: EmailChannel): string {
  if (batch.account !== channel.account) return 'The provider account was changed while the outcome was unknown.'
  if (channel.keyLifeMs === 0) return 'The connection ended before the server said whether it took the mail.'
  return 'No answer within the time in which asking again is safe.'
}

async function freshMails(batch: Batch, channel: EmailChannel): Promise<OutgoingMail[] | null> {
  const mails = await sealBatch(batch, await letterOf(batch), channel)
  if (!mails) {
    await giveBackToDay(batch, senderDomain(await letterOf(batch)))
    await release(batch, { waitMs: 0 })
  }
  batch.doubtful = false
  return mails
}

async function sameMails(batch: Batch): Promise<OutgoingMail[] | null> {
  const mails = sealedMails(batch, await letterOf(batch))
  if (batch.payloadHash && payloadHash(mails).equals(batch.payloadHash)) return mails
  logger.error(
    { batch: batch.id, campaign: batch.campaignId },
    'a sealed batch does not give the same bytes again; it was not sent'
  )
  await giveUp(batch, 'The mail could not be made again exactly as it was, so it was not sent a second time.')
  return null
}

function inPieces(ids: number[], size: number): Piece[] {
  const pieces: Piece[] = []
  for (let start = 0; start < ids.length; start += size) pieces.push({ ids: ids.slice(start, start + size) })
  return pieces
}
