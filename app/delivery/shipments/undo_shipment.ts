import { audit } from '#identity'
import { touch } from '#platform'
import { ShipmentInOtherState } from '../errors.ts'
import { Shipment } from '../models/shipment.ts'
import type { Change } from './change_shipment.ts'

/**
 * Takes a send back while nothing of it has left: as if it had never been frozen. Only batches that wait are taken away, each
 * by its own row: one that a worker has taken meanwhile is still there afterwards, and then nothing is taken back.
 *
 * @throws ShipmentInOtherState when the time for it is over
 */
export async function undoShipment({ workspaceId, shipmentId, actor, trx }: Change) {
  const shipment = await Shipment.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(shipmentId)
  const tooLate = () =>
    new ShipmentInOtherState('It is leaving already. Pause or cancel it instead.', { state: shipment.state })
  const itself = trx.from('shipments').where({ workspace_id: workspaceId, id: shipmentId })
  if (!(await itself.clone().whereRaw('not_before > clock_timestamp()').first())) throw tooLate()
  const of = { workspace_id: workspaceId, shipment_id: shipmentId }
  await trx
    .from('batches')
    .where({ ...of, state: 'queued' })
    .delete()
  if (await trx.from('batches').where(of).first()) throw tooLate()
  await trx.from('exclusions').where({ workspace_id: workspaceId, campaign_id: shipment.campaignId }).delete()
  await itself.delete()
  await audit('shipment.undone', { workspaceId, actor, subject: { type: 'campaign', id: shipment.campaignId }, trx })
  await touch(trx, workspaceId, ['campaigns', `campaigns/${shipment.campaignId}`])
}
