import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { announce } from '#platform'
import { booksOf, closes } from './books.ts'

/**
 * People of a closed account came to another end than they had (somebody was unconfirmed, and now it is known): says whether the
 * account has problems now. While it is open nothing is said: that is told when it closes.
 */
export async function tellBooks({
  workspaceId,
  campaignId,
  trx,
}: {
  workspaceId: number
  campaignId: number
  trx: TransactionClientContract
}): Promise<void> {
  const shipment = await trx.from('shipments').where({ workspace_id: workspaceId, campaign_id: campaignId }).first()
  if (!shipment?.finished_at) return
  const books = await booksOf(shipment, trx)
  await announce('shipment.settled', {
    workspaceId,
    payload: {
      shipment_id: shipment.id,
      campaign_id: campaignId,
      problems: !closes(books) || books.failed + books.unconfirmed > 0,
    },
    trx,
  })
}
