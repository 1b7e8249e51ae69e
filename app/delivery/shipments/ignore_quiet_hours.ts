import { changeShipment, type Change } from './change_shipment.ts'

/**
 * Whoever waits only for the end of their quiet hours gets it when it was planned for them: at once, or at the hour of
 * their own that was chosen.
 *
 * @throws ShipmentInOtherState when nothing waits any more
 */
export async function ignoreQuietHours(change: Change) {
  const shipment = await changeShipment(change, {
    from: ['running'],
    to: 'running',
    action: 'shipment.quiet_hours_ignored',
    also: { ignores_quiet_hours: true },
  })
  await change.trx.rawQuery(
    `update batches set not_before = planned_at
     where workspace_id = ? and shipment_id = ? and state = 'queued' and planned_at is not null and planned_at < not_before`,
    [change.workspaceId, change.shipmentId]
  )
  return shipment
}
