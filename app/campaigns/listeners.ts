import db from '@adonisjs/lucid/services/db'
import { tellTeam } from '#identity'
import { touch, type DomainEvent } from '#platform'
import { appUrl } from '#config/app'

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

/** What was not known when it ended is known now, or the other way round. */
export async function settleCampaign({ workspaceId, payload }: DomainEvent) {
  const campaignId = Number(payload.campaign_id)
  await db.transaction(async (trx) => {
    await trx
      .from('campaigns')
      .where({ workspace_id: workspaceId, id: campaignId })
      .whereIn('status', ['sent', 'sent_with_problems'])
      .update({ status: payload.problems === true ? 'sent_with_problems' : 'sent', updated_at: trx.raw('now()') })
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}

/** It stopped by itself: the campaign stands still and says why, here and by mail. */
export async function stopCampaign({ id, workspaceId, payload }: DomainEvent) {
  await db.transaction(async (trx) => {
    const campaignId = Number(payload.campaign_id)
    const { rows } = await trx.rawQuery(
      `update campaigns c set status = 'paused', notice = ?, updated_at = now()
       from shipments s
       where c.workspace_id = ? and c.id = ? and c.status = 'sending'
         and s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.state = 'stopped'
       returning c.name`,
      [String(payload.reason ?? ''), workspaceId, campaignId]
    )
    if (rows.length > 0) {
      await tellTeam({
        workspaceId,
        key: `campaign-stopped-${id}`,
        // a key that is refused, or has no quota left, cannot tell of it
        through: /^(credentials|quota)/.test(String(payload.reason)) ? 'installation' : 'workspace',
        subject: `“${rows[0].name}” stands still`,
        lead: `The campaign “${rows[0].name}” has stopped by itself: ${String(payload.reason).replace(/^\w+: /, '')} Nobody gets it twice, and nobody is lost: whoever waits still waits.`,
        action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/campaigns/${campaignId}` },
        note: 'You get this because you are responsible for this workspace.',
        trx,
      })
    }
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}
