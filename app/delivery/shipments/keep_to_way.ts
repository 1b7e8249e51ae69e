import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ShipmentInOtherState } from '../errors.ts'
import type { Shipment } from '../models/shipment.ts'
import { environmentAccount } from '../providers/environment.ts'
import { wayOut, wayOutOf } from '../providers/ways_out.ts'
import { stopWithin } from './stop_shipment.ts'

/**
 * What began with a provider does not end in the Outbox, where nobody gets it, and what began in the Outbox does not
 * reach anybody by surprise: when the last account is removed, or the first is connected, campaigns on their way stop and ask.
 * Until then nothing of them is claimed (`claim_batch.ts`).
 */
export async function stopOnOtherWay({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<void> {
  const { rows } = await db.rawQuery(
    `select s.workspace_id as "workspaceId", s.id as "shipmentId", s.campaign_id as "campaignId", s.to_outbox as "toOutbox"
     from shipments s
     join lateral (${wayOut({ workspace: 's.workspace_id', topic: 's.topic_id' })}) as way on (way.account is null) <> s.to_outbox
     where s.finished_at is null and s.state = 'running' and s.workspace_id = coalesce(?::bigint, s.workspace_id)
       and exists (select from batches b where b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state = 'queued')
     order by s.id limit 50`,
    [environmentAccount(), workspaceId] as any[]
  )
  for (const { toOutbox, ...shipment } of rows) {
    await db.transaction((trx) => stopWithin(trx, shipment, toOutbox ? CONNECTED : NO_PROVIDER))
  }
}

const NO_PROVIDER = {
  reason: 'no_provider',
  note: 'No mail provider is connected any more. Whoever still waits would only be put into the Outbox.',
}
const CONNECTED = {
  reason: 'connected',
  note: 'It began without a mail provider, in the Outbox. Now one is connected: whoever still waits would really get it.',
}

/**
 * A person lets it go on: from the Outbox to a provider that is there now, but never the other way round.
 *
 * @throws ShipmentInOtherState
 */
export async function allowWay(shipment: Shipment, trx: TransactionClientContract): Promise<void> {
  const { workspaceId, topicId, id, toOutbox } = shipment
  const way = await wayOutOf({ workspaceId, topicId }, trx)
  if (way === null || (way.account === null) === toOutbox) return
  if (!toOutbox) {
    throw new ShipmentInOtherState(
      'No mail provider is connected: whoever waits would only be put into the Outbox. Connect one in Settings → Sending, then go on.',
      { state: shipment.state }
    )
  }
  await trx.from('shipments').where({ workspace_id: workspaceId, id }).update({ to_outbox: false })
}

/** Whether a workspace had a provider for its campaigns, and for this topic has none any more: what leaves by itself then would reach nobody. */
export async function hasLostItsWay({
  workspaceId,
  topicId,
}: {
  workspaceId: number
  topicId: number
}): Promise<boolean> {
  const way = await wayOutOf({ workspaceId, topicId })
  if (way === null || way.account !== null) return false
  const real = { workspace_id: workspaceId, to_outbox: false, demo: false }
  return (await db.from('shipments').where(real).first()) !== null
}
