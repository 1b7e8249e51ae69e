import db from '@adonisjs/lucid/services/db'
import { audit, theSystem } from '#identity'
import { announce, touch } from '#platform'

/**
 * Nothing more leaves until a person has put right what the provider refuses; `resumeShipment` goes on from there.
 * Stopping what is stopped already says nothing twice.
 */
export async function stopShipment(
  { workspaceId, shipmentId, campaignId }: { workspaceId: number; shipmentId: number; campaignId: number },
  { reason, note }: { reason: string; note: string }
) {
  await db.transaction(async (trx) => {
    const stopped = await trx
      .from('shipments')
      .where({ workspace_id: workspaceId, id: shipmentId, state: 'running' })
      .update({ state: 'stopped', stop_reason: `${reason}: ${note}`.slice(0, 500) })
    if (Number(stopped) === 0) return
    await audit('shipment.stopped', {
      workspaceId,
      actor: theSystem,
      subject: { type: 'campaign', id: campaignId },
      details: { reason },
      trx,
    })
    await announce('shipment.stopped', {
      workspaceId,
      payload: { shipment_id: shipmentId, campaign_id: campaignId, reason: `${reason}: ${note}` },
      trx,
    })
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}
