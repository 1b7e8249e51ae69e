import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ShipmentInOtherState } from '../errors.ts'
import { Shipment, type ShipmentState } from '../models/shipment.ts'

export interface Change {
  workspaceId: number
  shipmentId: number
  actor: Actor
  trx: TransactionClientContract
}

/** Locks a shipment, checks the state it has to be in, and writes the new one with its audit row. */
export async function changeShipment(
  { workspaceId, shipmentId, actor, trx }: Change,
  {
    from,
    to,
    action,
    also = {},
  }: { from: ShipmentState[]; to: ShipmentState; action: string; also?: Record<string, unknown> }
): Promise<Shipment> {
  const shipment = await Shipment.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(shipmentId)
  if (!from.includes(shipment.state as ShipmentState) || (shipment.finishedAt !== null && to !== 'running')) {
    throw new ShipmentInOtherState(`This is not possible now: sending is ${shipment.state}.`, { state: shipment.state })
  }
  await trx
    .from('shipments')
    .where({ workspace_id: workspaceId, id: shipmentId })
    .update({ state: to, ...also })
  await audit(action, { workspaceId, actor, subject: { type: 'campaign', id: shipment.campaignId }, trx })
  await touch(trx, workspaceId, ['campaigns', `campaigns/${shipment.campaignId}`])
  await trx.rawQuery(`select pg_notify('assent_delivery', '')`)
  return shipment
}
