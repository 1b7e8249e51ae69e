import db from '@adonisjs/lucid/services/db'
import type { ServerReply } from '#channels'
import { databaseNow } from '#platform'
import { heedBounces } from '../feedback/bounces/heed_bounces.ts'
import { judgeReply } from '../feedback/bounces/judge_reply.ts'
import { ended, putBack } from './end_service_call.ts'
import type { ServiceCall } from './service_call.ts'

const MINUTE = 60_000

/**
 * A mail server refused the mail by itself. For now: again after a minute, then two, up to an hour, until it is too late
 * for service mail. For good: what it means is heeded like every bounce.
 */
export async function settleServiceReply(call: ServiceCall, reply: ServerReply): Promise<void> {
  const judged = judgeReply(reply)
  const { note, verdict } = judged
  if (judged.isForNow) {
    return putBack(call, { waitMs: Math.min(60 * MINUTE, MINUTE * 2 ** Math.min(call.attempts, 6)), note })
  }
  const [{ tags, to: email }] = call.mails
  const of = { contactId: tags.m ? Number(tags.m) : null, campaignId: null, serviceMessageId: call.ids[0], email }
  await db.transaction(async (trx) => {
    if (!(await ended(call, { state: 'failed', reason: `refused_${verdict.class}`, note }, trx))) return
    await heedBounces(
      call.workspaceId,
      [{ ...judged, ...of, at: (await databaseNow(trx)).toJSDate(), source: 'smtp' }],
      trx
    )
  })
}
