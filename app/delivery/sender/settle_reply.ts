import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { EmailChannel, OutgoingMail, ServerReply } from '#channels'
import { judgeReply, type JudgedReply } from '../feedback/bounces/judge_reply.ts'
import { heedBounces } from '../feedback/bounces/heed_bounces.ts'
import type { Batch } from './lease.ts'
import { restAccount } from './rate_budget.ts'
import { defer } from './return_batch.ts'
import { writeMessages } from './write_messages.ts'

const REST_MINUTES = 5

/** About this mail or this person; else it is about all that we send. */
export const isAboutOne = ({ stage }: ServerReply) => stage === 'recipient' || stage === 'message'

/** When a server asks for a slower pace, or distrusts us for now, nobody calls it for a while. */
export async function asksForPatience(account: string, reply: ServerReply): Promise<boolean> {
  const { verdict, note } = judgeReply(reply)
  if (verdict.class !== 'block') return false
  await restAccount(account, { minutes: REST_MINUTES, reason: `provider: ${note}` })
  return true
}

interface Answered {
  reply: ServerReply
  channel: EmailChannel
  mail: OutgoingMail
}

/**
 * A mail server refused this person's mail by itself (RFC 5321 §4.2.1). For now: it is tried again over hours, and where it
 * asks for a slower pace, nobody calls it for a while. For good: the person is accounted for by what the refusal means,
 * which is heeded like every bounce.
 */
export async function settleReply(batch: Batch, { reply, channel, mail }: Answered): Promise<void> {
  const judged = judgeReply(reply)
  if (judged.isForNow) {
    await asksForPatience(channel.account, reply)
    if (await defer(batch, { note: judged.note })) return
  }
  await db.transaction(async (trx) => {
    if (!(await fail(batch, judged, trx))) return
    const of = { contactId: Number(mail.tags.m), campaignId: batch.campaignId, serviceMessageId: null, email: mail.to }
    await heedBounces(batch.workspaceId, [{ ...judged, ...of, at: new Date(), source: 'smtp' }], trx)
  })
}

async function fail({ workspaceId, id, fence, sealed }: Batch, judged: JudgedReply, trx: TransactionClientContract) {
  const { note, verdict } = judged
  const messages = writeMessages(sealed!, { state: 'failed', reason: `refused_${verdict.class}`, note })
  const { rows } = await trx.rawQuery(
    `with ended as (
       update batches set state = 'failed', failed = failed + 1, doubtful = false, finished_at = now(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning *
     ),
     written as (${messages.sql})
     select id from ended`,
    [note, workspaceId, id, fence, ...messages.bindings] as any[]
  )
  return rows.length > 0
}
