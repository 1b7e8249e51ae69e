import { changeShipment, type Change } from './change_shipment.ts'

/**
 * Nobody who still waits gets the campaign: they are accounted for as cancelled. What is sealed comes to its end. What a worker
 * touches at this moment is not waited for: nothing of it is sealed any more, and `finishShipments` cancels what is left.
 */
export async function cancelShipment(change: Change) {
  const shipment = await changeShipment(change, {
    from: ['running', 'paused', 'stopped'],
    to: 'cancelled',
    action: 'shipment.cancelled',
  })
  await change.trx.rawQuery(
    `update batches set state = 'cancelled', finished_at = now()
     where workspace_id = ? and id = any(array(
       select id from batches where workspace_id = ? and shipment_id = ? and state in ('queued', 'leased') for update skip locked))`,
    [change.workspaceId, change.workspaceId, change.shipmentId]
  )
  return shipment
}
