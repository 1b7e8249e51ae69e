import { audit } from '#identity'
import { touch } from '#platform'
import { ShipmentInOtherState } from '../errors.ts'
import { Shipment } from '../models/shipment.ts'
import type { Change } from './change_shipment.ts'

/**
 * Takes a send back while nothing of it has left: as if it had never been frozen. The claim of a batch and this look at
 * the same moment, the database's, so that there is no batch on its way that this could miss.
 *
 * @throws ShipmentInOtherState when the time for it is over
 */
export async function undoShipment({ workspaceId, shipmentId, actor, trx }: Change) {
  const shipment = await Shipment.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(shipmentId)
  const { rows } = await trx.rawQuery(
    `select s.not_before > clock_timestamp() and not exists (
       select from batches b where b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state <> 'queued'
     ) as is_possible
     from shipments s where s.workspace_id = ? and s.id = ?`,
    [workspaceId, shipmentId]
  )
  if (!rows[0].is_possible) {
    throw new ShipmentInOtherState('It is leaving already. Pause or cancel it instead.', { state: shipment.state })
  }
  const of = { workspace_id: workspaceId, shipment_id: shipmentId }
  await trx.from('batches').where(of).delete()
  await trx.from('exclusions').where({ workspace_id: workspaceId, campaign_id: shipment.campaignId }).delete()
  await trx.from('shipments').where({ workspace_id: workspaceId, id: shipmentId }).delete()
  await audit('shipment.undone', { workspaceId, actor, subject: { type: 'campaign', id: shipment.campaignId }, trx })
  await touch(trx, workspaceId, ['campaigns', `campaigns/${shipment.campaignId}`])
}
