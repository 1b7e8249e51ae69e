import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { EmailChannel, OutgoingMail, ServerReply } from '#channels'
import { countDeferrals } from '../domain_pace/heed_deferrals.ts'
import { domainGroup } from '../domain_pace/domain_group.ts'
import { judgeReply, type JudgedReply } from '../feedback/bounces/judge_reply.ts'
import { heedBounces } from '../feedback/bounces/heed_bounces.ts'
import type { Batch } from './lease.ts'
import { restAccount } from './rate_budget.ts'
import { defer } from './return_batch.ts'
import { writeMessages } from './write_messages.ts'

const REST_MINUTES = 5

/** About this mail or this person; else it is about all that we send. */
export const isAboutOne = ({ stage }: ServerReply) => stage === 'recipient' || stage === 'message'

/** When a server asks us all for a slower pace, or distrusts us for now, nobody calls it for a while. */
export async function asksForPatience(account: string, reply: ServerReply): Promise<boolean> {
  const { verdict, note } = judgeReply(reply)
  if (verdict.class !== 'block') return false
  await restAccount(account, { minutes: REST_MINUTES, reason: `provider: ${note}` })
  return true
}

/**
 * What was said of a reader (RCPT, DATA) is about that reader, or about whoever takes their mail: as mail servers do it, the
 * mail waits by itself (Postfix: smtp_rcpt_fail), and where patience was asked for, their domain gets a slower pace. Only
 * when readers of several domains are all put off in one call, it is about us.
 */
export async function heedPatience(
  account: string,
  replies: { to: string; reply: ServerReply }[],
  { isAll }: { isAll: boolean }
) {
  const asking = replies.filter(({ reply }) => judgeReply(reply).verdict.class === 'block')
  if (asking.length === 0) return
  const domains = Map.groupBy(asking, ({ to }) => domainGroup(to))
  if (isAll && asking.length === replies.length && domains.size > 1) {
    await asksForPatience(account, asking[0].reply)
    return
  }
  const spoken = [...domains].map(([domain, { length }]) => ({
    account,
    domain,
    spoken: length,
    silent: 0,
    arrived: 0,
  }))
  await db.transaction((trx) => countDeferrals(spoken, trx))
}

interface Answered {
  reply: ServerReply
  channel: EmailChannel
  mail: OutgoingMail
}

/**
 * A mail server refused this person's mail by itself (RFC 5321 §4.2.1). For now: it is tried again over hours. For good: the person is accounted for by what the refusal means,
 * which is heeded like every bounce.
 */
export async function settleReply(batch: Batch, { reply, channel, mail }: Answered): Promise<void> {
  const judged = judgeReply(reply)
  if (judged.isForNow) {
    await heedPatience(channel.account, [{ to: mail.to, reply }], { isAll: true })
    if (await defer(batch, { note: judged.note })) return
  }
  await db.transaction(async (trx) => {
    const at = await fail(batch, judged, trx)
    if (!at) return
    const of = { contactId: Number(mail.tags.m), campaignId: batch.campaignId, serviceMessageId: null, email: mail.to }
    await heedBounces(batch.workspaceId, [{ ...judged, ...of, at, source: 'smtp' }], trx)
  })
}

/** When, by the database's clock; null: the lease was lost. */
async function fail(
  { workspaceId, id, fence, sealed }: Batch,
  judged: JudgedReply,
  trx: TransactionClientContract
): Promise<Date | null> {
  const { note, verdict } = judged
  const messages = writeMessages(sealed!, { state: 'failed', reason: `refused_${verdict.class}`, note })
  const { rows } = await trx.rawQuery(
    `with ended as (
       update batches set state = 'failed', failed = failed + 1, doubtful = false, finished_at = now(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning *
     ),
     written as (${messages.sql})
     select clock_timestamp() as now from ended`,
    [note, workspaceId, id, fence, ...messages.bindings] as any[]
  )
  return rows[0]?.now ?? null
}
