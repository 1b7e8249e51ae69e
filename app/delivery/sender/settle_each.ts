import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { crashPoint } from '#platform'
import type { MailResult, OutgoingMail } from '#channels'
import { heed, type Reaction } from '../feedback/reactions.ts'
import { stopShipment } from '../shipments/stop_shipment.ts'
import type { Bounce } from '../feedback/bounces/bounce.ts'
import { heedBounces } from '../feedback/bounces/heed_bounces.ts'
import { judgeReply } from '../feedback/bounces/judge_reply.ts'
import { doubted } from '../reconciling/doubt.ts'
import type { Batch } from './lease.ts'
import { DEFERRED } from './return_batch.ts'
import { heedPatience } from './settle_reply.ts'
import { writeMessages, type EndingOfOne } from './write_messages.ts'

/** So many refused and none accepted: then it is not about the people. */
const HOPELESS = 20

/**
 * A call that was answered mail by mail: everyone comes to their own end, in one transaction, and whoever was not sent anything
 * goes on in a batch of their own, under a new key. Whom the provider does not deliver to any more is suppressed with it.
 */
export async function settleEach(
  batch: Batch,
  { results, mails, account }: { results: MailResult[]; mails: OutgoingMail[]; account: string }
): Promise<void> {
  const endings = results.map(endingOf)
  const deferred = results.flatMap((result, no) =>
    isForNow(result) ? [{ to: mails[no].to, reply: result.reply }] : []
  )
  await heedPatience(account, deferred, { isAll: deferred.length === results.length })
  const isOurs = await db.transaction(async (trx) => {
    crashPoint('before_commit')
    const at = await end(batch, { results, endings, mails, trx })
    if (!at) return false
    await heedBounces(batch.workspaceId, bouncesIn(batch, { results, mails, at }), trx)
    await heed(suppressedIn(results, mails, at), { workspaceId: batch.workspaceId, campaignId: batch.campaignId, trx })
    return true
  })
  if (isOurs && endings.every((one) => one?.state === 'failed')) await stopIfHopeless(batch, endings[0]!.note!)
}

/** Null: not sent, so not at its end. */
export function endingOf(result: MailResult): EndingOfOne | null {
  switch (result.kind) {
    case 'accepted':
      return { state: 'accepted', id: result.id }
    case 'unknown':
      return { state: 'unconfirmed', reason: 'unconfirmed', note: result.note }
    case 'waits':
      return null
    case 'answered': {
      const { isForNow: isLater, verdict, note } = judgeReply(result.reply)
      return isLater ? null : { state: 'failed', reason: `refused_${verdict.class}`, note }
    }
    case 'refused':
      return result.why === 'suppressed'
        ? { state: 'suppressed', reason: 'suppressed_at_provider', note: result.note }
        : { state: 'failed', reason: `refused_${result.why}`, note: result.note }
  }
}

export const suppressedIn = (results: MailResult[], mails: OutgoingMail[], at: Date): Reaction[] =>
  results.flatMap((result, no) =>
    result.kind === 'refused' && result.why === 'suppressed'
      ? [
          {
            contactId: mails[no].tags.m ? Number(mails[no].tags.m) : null,
            email: mails[no].to,
            happening: {
              state: 'suppressed',
              at,
              reason: 'suppressed_at_provider',
              note: null,
              providerId: '',
            },
          },
        ]
      : []
  )

type Answered = Extract<MailResult, { kind: 'answered' }>

/** A mail server took this one not now (RFC 5321 §4.2.1): it is tried again over hours, by itself. */
const isForNow = (result: MailResult): result is Answered =>
  result.kind === 'answered' && judgeReply(result.reply).isForNow

const isForGood = (result: MailResult): result is Answered =>
  result.kind === 'answered' && !judgeReply(result.reply).isForNow

const bouncesIn = (
  { campaignId }: Batch,
  { results, mails, at }: { results: MailResult[]; mails: OutgoingMail[]; at: Date }
): Bounce[] =>
  results.flatMap((result, no) =>
    isForGood(result)
      ? [
          {
            ...judgeReply(result.reply),
            contactId: Number(mails[no].tags.m),
            campaignId,
            serviceMessageId: null,
            email: mails[no].to,
            at,
            source: 'smtp' as const,
          },
        ]
      : []
  )

interface Ends {
  results: MailResult[]
  endings: (EndingOfOne | null)[]
  mails: OutgoingMail[]
  trx: TransactionClientContract
}

/**
 * Nothing happens when the lease was lost.
 *
 * @returns when it was, by the database's clock; null: not ours any more
 */
async function end(batch: Batch, { results, endings, mails, trx }: Ends): Promise<Date | null> {
  const messages = writeMessages(batch.sealed!, { state: 'each', endings })
  const idsOf = (those: OutgoingMail[]) => those.map(({ tags }) => Number(tags.m))
  const waiting = idsOf(mails.filter((_, no) => endings[no] === null && !isForNow(results[no])))
  const deferred = idsOf(mails.filter((_, no) => isForNow(results[no])))
  const count = (...states: string[]) => endings.filter((one) => one && states.includes(one.state)).length
  const { rows } = await trx.rawQuery(
    `with ended as (
       update batches
       set state = 'done', accepted = ?, failed = failed + ?, doubtful = false, finished_at = clock_timestamp(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning *
     ),
     written as (${messages.sql}),
     ${count('unconfirmed') > 0 ? `${doubted('batch')},` : ''}
     again as (
       insert into batches (workspace_id, shipment_id, campaign_id, month, no, rev, contact_ids, idempotency_key, domain, language, deferrals, not_before)
       select ended.workspace_id, ended.shipment_id, ended.campaign_id, ended.month, ended.no, ended.rev + 1, people.ids,
         'assent-' || gen_random_uuid(), ended.domain, ended.language, people.deferrals, clock_timestamp() + people.wait
       from ended cross join lateral (
         select ?::bigint[] as ids, ended.deferrals, interval '0' as wait
         union all select array[id], ended.deferrals + 1, ${DEFERRED} from unnest(?::bigint[]) as id
       ) as people where cardinality(people.ids) > 0
     )
     select clock_timestamp() as now from ended`,
    [
      count('accepted', 'suppressed'),
      count('failed'),
      endings.find((one) => one?.note)?.note ?? null,
      batch.workspaceId,
      batch.id,
      batch.fence,
      ...messages.bindings,
      waiting,
      deferred,
    ] as any[]
  )
  return rows[0]?.now ?? null
}

async function stopIfHopeless(batch: Batch, note: string) {
  const { rows } = await db.rawQuery(
    `select coalesce(sum(failed), 0)::int as failed, coalesce(sum(accepted), 0)::int as accepted from batches
     where workspace_id = ? and shipment_id = ? and state in ('done', 'failed')`,
    [batch.workspaceId, batch.shipmentId]
  )
  if (rows[0].accepted === 0 && rows[0].failed >= HOPELESS) {
    await stopShipment(batch, { reason: 'everyone_refused', note })
  }
}
