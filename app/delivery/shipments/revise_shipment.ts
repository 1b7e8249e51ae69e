import { audit } from '#identity'
import { touch } from '#platform'
import { ShipmentInOtherState } from '../errors.ts'
import { PRESENT_EDITIONS } from '../accounting/letters_of.ts'
import { Shipment } from '../models/shipment.ts'
import type { Change } from './change_shipment.ts'
import type { Letters } from './letters.ts'

/**
 * Whoever still waits gets another edition; who has theirs, or whose mail is on its way, keeps it. A batch that a worker
 * has in hand cannot be sealed with the old one any more: the seal asks for the edition that it was made from.
 *
 * @throws ShipmentInOtherState unless it stands still
 */
export async function reviseShipment({
  workspaceId,
  shipmentId,
  editionId,
  letters,
  actor,
  trx,
}: Change & Letters & { editionId: number }) {
  const shipment = await Shipment.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(shipmentId)
  if (!['paused', 'stopped'].includes(shipment.state)) {
    throw new ShipmentInOtherState('Pause it first: what is leaving cannot be changed.', { state: shipment.state })
  }
  await trx
    .from('shipments')
    .where({ workspace_id: workspaceId, id: shipmentId })
    .update({
      edition_id: editionId,
      letters: JSON.stringify(letters),
      earlier_editions: trx.raw(`earlier_editions || ${PRESENT_EDITIONS}`),
    })
  await audit('shipment.revised', {
    workspaceId,
    actor,
    subject: { type: 'campaign', id: shipment.campaignId },
    details: { edition_id: editionId },
    trx,
  })
  await touch(trx, workspaceId, ['campaigns', `campaigns/${shipment.campaignId}`])
}
