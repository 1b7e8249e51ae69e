import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, theSystem } from '#identity'
import { announce, touch } from '#platform'

interface Stopped {
  workspaceId: number
  shipmentId: number
  campaignId: number
}

/** `reason` is a word that screens know, `note` says the rest. */
interface Why {
  reason: string
  note: string
}

/**
 * Nothing more leaves until a person has looked; `resumeShipment` goes on from there. Stopping what is stopped already
 * says nothing twice.
 */
export const stopShipment = (stopped: Stopped, why: Why) => db.transaction((trx) => stopWithin(trx, stopped, why))

export async function stopWithin(
  trx: TransactionClientContract,
  { workspaceId, shipmentId, campaignId }: Stopped,
  { reason, note }: Why
) {
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
}
