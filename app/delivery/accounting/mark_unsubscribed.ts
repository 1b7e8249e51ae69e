import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { touch } from '#platform'

/** This mail made its reader leave: the campaign's account remembers when, the first time. */
export async function markUnsubscribed({
  workspaceId,
  campaignId,
  contactId,
  trx,
}: {
  workspaceId: number
  campaignId: number
  contactId: number
  trx: TransactionClientContract
}) {
  await trx.rawQuery(
    `update messages set unsubscribed_at = now()
     where workspace_id = ? and campaign_id = ? and contact_id = ? and unsubscribed_at is null
       and month = (select s.month from shipments s where s.workspace_id = ? and s.campaign_id = ?)`,
    [workspaceId, campaignId, contactId, workspaceId, campaignId]
  )
  await touch(trx, workspaceId, [`campaigns/${campaignId}`])
}
