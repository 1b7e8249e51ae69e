import db from '@adonisjs/lucid/services/db'
import { touch, type DomainEvent } from '#platform'

/**
 * The sending came to its end. Told late or twice does no harm: what counts is how the shipment stands now, and a retry
 * since then has opened it again.
 */
export async function closeCampaign({ workspaceId, payload }: DomainEvent) {
  await db.transaction(async (trx) => {
    const campaignId = Number(payload.campaign_id)
    await trx.rawQuery(
      `update campaigns c set
         status = case when c.status = 'cancelled' then c.status when ?::boolean then 'sent_with_problems' else 'sent' end,
         finished_at = s.finished_at, updated_at = now()
       from shipments s
       where c.workspace_id = ? and c.id = ? and c.status in ('sending', 'paused', 'cancelled')
         and s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.finished_at is not null`,
      [payload.problems === true, workspaceId, campaignId]
    )
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}

/** The provider refuses everything: the campaign stands still and says why. */
export async function stopCampaign({ workspaceId, payload }: DomainEvent) {
  await db.transaction(async (trx) => {
    const campaignId = Number(payload.campaign_id)
    await trx.rawQuery(
      `update campaigns c set status = 'paused', notice = ?, updated_at = now()
       from shipments s
       where c.workspace_id = ? and c.id = ? and c.status = 'sending'
         and s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.state = 'stopped'`,
      [String(payload.reason ?? ''), workspaceId, campaignId]
    )
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}
