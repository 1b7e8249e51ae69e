import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { announce } from '#platform'

/**
 * People of a closed account came to another end than they had (somebody was unconfirmed, and now it is known): whoever hears it asks
 * the books then, for others may change them at this moment (`endedWithProblems`). Of one that is open still they say nothing.
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
  await announce('shipment.settled', { workspaceId, payload: { campaign_id: campaignId }, trx })
}
