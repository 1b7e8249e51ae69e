import db from '@adonisjs/lucid/services/db'
import type { MailResult } from '#channels'
import { heed } from '../feedback/reactions.ts'
import { doubted } from '../reconciling/doubt.ts'
import { endingOf, suppressedIn } from '../sender/settle_each.ts'
import type { ServiceCall } from './service_call.ts'

/** A call that was answered mail by mail: each comes to its own end; what was not sent waits again, under a new key. */
export async function settleServiceEach(call: ServiceCall, results: MailResult[], { waitMs }: { waitMs: number }) {
  const { workspaceId, ids, fence, mails } = call
  const ends = results.map((result) => endingOf(result))
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `with ended as (
         update service_messages m
         set state = coalesce(n.state, 'queued'), reason = n.reason, note = n.note, provider_id = n.provider_id,
           state_at = clock_timestamp(), lease_until = null,
           accepted_at = case n.state when 'accepted' then clock_timestamp() end,
           ended_at = case when n.state <> 'accepted' then clock_timestamp() end,
           mail = case when n.state is null then m.mail end,
           call_key = case when n.state is not null then m.call_key end,
           account = case when n.state is not null then m.account end,
           sealed_at = case when n.state is not null then m.sealed_at end,
           attempts = m.attempts + 1,
           not_before = case when n.state is null then clock_timestamp() + make_interval(secs => ?) else m.not_before end
         from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[]) as n (id, state, reason, note, provider_id)
         where m.workspace_id = ? and m.id = n.id and m.id = any(?::bigint[]) and m.fence = ? and m.state = 'sealed'
         returning m.*
       ), ${doubted('service_message', "state = 'unconfirmed'")}
       select state_at from ended`,
      [
        waitMs / 1_000,
        ids,
        ends.map((end) => end?.state ?? null),
        ends.map((end) => end?.reason ?? null),
        results.map((result) => ('note' in result ? result.note : null)),
        ends.map((end) => end?.id ?? null),
        workspaceId,
        ids,
        fence,
      ] as any[]
    )
    if (rows.length === 0) return
    await heed(suppressedIn(results, mails, rows[0].state_at), { workspaceId, campaignId: null, trx })
  })
}
