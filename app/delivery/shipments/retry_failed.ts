import { Shipment, type ShipmentState } from '../models/shipment.ts'
import { channelFor } from '../providers/channel_for.ts'
import { allowWay } from './keep_to_way.ts'
import { changeShipment, type Change } from './change_shipment.ts'

/**
 * Queues those again whom the provider refused, and nobody else: not the withheld, not the unconfirmed. Where it stands still, by a
 * person's word or by itself, they wait with the others, whom nobody meant to let go.
 *
 * @returns how many people wait again
 */
export async function retryFailed(change: Change): Promise<{ retried: number }> {
  const { workspaceId, shipmentId, trx } = change
  const before = await Shipment.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(shipmentId)
  const standsStill = before.state === 'paused' || before.state === 'stopped'
  const shipment = await changeShipment(change, {
    from: ['running', 'paused', 'stopped', 'finished'],
    to: standsStill ? (before.state as ShipmentState) : 'running',
    action: 'shipment.retried',
    also: standsStill ? {} : { stop_reason: null, finished_at: null, released: null },
  })
  if (!standsStill) await allowWay(shipment, trx)
  const { batchSize } = await channelFor(workspaceId, { topicId: shipment.topicId, client: trx })
  const { rows } = await trx.rawQuery(
    `with again as (
       delete from messages m
       where workspace_id = ? and month = ? and campaign_id = ? and state = 'failed'
       returning contact_id, (select b.language from batches b where b.workspace_id = m.workspace_id and b.id = m.batch_id) as language
     ),
     manifests as (
       insert into batches (workspace_id, shipment_id, campaign_id, month, no, rev, contact_ids, idempotency_key, language)
       select ?, ?, ?, ?, ? + no, 1, array_agg(contact_id order by contact_id), 'assent-' || gen_random_uuid(), language
       from (select contact_id, language, (row_number() over (partition by language order by contact_id) - 1) / ? as no from again) as placed
       group by language, no
     )
     select count(*)::int as retried from again`,
    [
      workspaceId,
      shipment.monthKey,
      shipment.campaignId,
      workspaceId,
      shipmentId,
      shipment.campaignId,
      shipment.monthKey,
      shipment.batchCount,
      batchSize,
    ] as any[]
  )
  return rows[0]
}
