import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { touch } from '#platform'
import { tellBooks } from '../accounting/tell_books.ts'
import { DECIDED_NOT_SENT, DECIDED_SENT } from '../feedback/message_states.ts'
import { Shipment } from '../models/shipment.ts'

/**
 * Nobody knows whether these people got it, and nothing is sent to anybody twice by itself: a person who has looked, at the
 * provider or elsewhere, says how it was. `sent`: they count as accepted. `not_sent`: they count as failed, so that
 * `retryFailed` sends it to them. Either way the account says that a person said so, and a later word of the provider counts for more.
 *
 * @param contactIds only these of them; null: all
 * @param reason only those who are unconfirmed for this reason (`not_in_providers_list`, say); null: for any
 * @returns how many people it is about; who is not unconfirmed (any more) is not touched
 */
export async function decideUnconfirmed({
  workspaceId,
  shipmentId,
  wasSent,
  contactIds,
  reason,
  note,
  trx,
}: {
  workspaceId: number
  shipmentId: number
  wasSent: boolean
  contactIds: number[] | null
  reason: string | null
  note: string
  trx: TransactionClientContract
}): Promise<{ decided: number }> {
  const { campaignId, monthKey } = await Shipment.of({ id: workspaceId }, { client: trx }).findOrFail(shipmentId)
  const { rowCount: decided } = await trx.rawQuery(
    `update messages set state = ?, reason = ?, note = ?, state_at = now(),
       accepted_at = case when ? then coalesce(accepted_at, sealed_at) else accepted_at end,
       ended_at = case when ? then null else now() end
     where workspace_id = ? and month = ? and campaign_id = ? and state = 'unconfirmed'
       and (?::bigint[] is null or contact_id = any(?::bigint[])) and reason = coalesce(?, reason)`,
    [
      wasSent ? 'accepted' : 'failed',
      wasSent ? DECIDED_SENT : DECIDED_NOT_SENT,
      note,
      wasSent,
      wasSent,
      workspaceId,
      monthKey,
      campaignId,
      contactIds,
      contactIds,
      reason,
    ] as any[]
  )
  if (decided === 0) return { decided }
  await tellBooks({ workspaceId, campaignId, trx })
  await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  return { decided }
}
