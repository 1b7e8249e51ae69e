import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { audit, theSystem } from '#identity'
import { announce, touch } from '#platform'
import { booksOf, closes, hasProblems } from '../accounting/books.ts'

/**
 * Closes the shipments in which nobody waits any more: the books are checked, and the campaign hears of it. Whoever
 * comes second finds nothing to do.
 *
 * @returns how many were closed
 */
export async function finishShipments({
  workspaceId: only = null,
}: { workspaceId?: number | null } = {}): Promise<number> {
  await cancelLeftovers()
  const { rows } = await db.rawQuery(
    `select s.workspace_id, s.id from shipments s
     where s.finished_at is null and s.workspace_id = coalesce(?, s.workspace_id) and not exists (
       select from batches b
       where b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state in ('queued', 'leased', 'sealed')
     )
     limit 50`,
    [only] as any[]
  )
  for (const { workspace_id: workspaceId, id } of rows) await finish(workspaceId, id)
  return rows.length
}

/** A batch that came back after its campaign was cancelled (its seal taken off, or divided) is cancelled with it. */
async function cancelLeftovers() {
  await db.rawQuery(`
    update batches b set state = 'cancelled', finished_at = now()
    from shipments s
    where s.finished_at is null and s.state = 'cancelled'
      and b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state in ('queued', 'leased')`)
}

async function finish(workspaceId: number, shipmentId: number) {
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `select * from shipments where workspace_id = ? and id = ? and finished_at is null for update skip locked`,
      [workspaceId, shipmentId]
    )
    if (rows.length === 0) return
    const [shipment] = rows
    const books = await booksOf(shipment, trx)
    if (books.queued + books.sending > 0) return
    if (!closes(books)) logger.error({ campaign: shipment.campaign_id, books }, 'the books of a campaign do not close')
    const problems = hasProblems(books)
    const isCancelled = shipment.state === 'cancelled'
    await trx
      .from('shipments')
      .where({ workspace_id: workspaceId, id: shipmentId })
      .update({
        finished_at: trx.raw('clock_timestamp()'),
        ...(isCancelled ? {} : { state: 'finished', stop_reason: null }),
      })
    await audit('shipment.finished', {
      workspaceId,
      actor: theSystem,
      subject: { type: 'campaign', id: shipment.campaign_id },
      details: { ...books, problems },
      trx,
    })
    await announce(isCancelled ? 'shipment.closed' : 'shipment.finished', {
      workspaceId,
      payload: { shipment_id: shipmentId, campaign_id: shipment.campaign_id, problems },
      trx,
    })
    await touch(trx, workspaceId, ['campaigns', `campaigns/${shipment.campaign_id}`])
  })
}
