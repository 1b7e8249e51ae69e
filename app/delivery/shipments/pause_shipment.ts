import { allowWay } from './keep_to_way.ts'
import { changeShipment, type Change } from './change_shipment.ts'

/** No batch leaves any more but those already sealed. Takes effect at once, in every worker. */
export const pauseShipment = (change: Change) =>
  changeShipment(change, { from: ['running'], to: 'paused', action: 'shipment.paused' })

/**
 * Goes on where it was paused, or where it stopped: a first wave that was judged has been looked at by whoever says so.
 *
 * @throws ShipmentInOtherState, also when no provider is connected any more
 */
export async function resumeShipment(change: Change) {
  const shipment = await changeShipment(change, {
    from: ['paused', 'stopped'],
    to: 'running',
    action: 'shipment.resumed',
    also: { stop_reason: null },
  })
  await allowWay(shipment, change.trx)
  if (shipment.stopReason?.startsWith('first_wave')) {
    await change.trx
      .from('shipments')
      .where({ workspace_id: change.workspaceId, id: change.shipmentId })
      .update({ released: null })
  }
  return shipment
}
