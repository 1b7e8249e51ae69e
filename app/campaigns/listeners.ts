import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tellTeam } from '#identity'
import { endedWithProblems } from '#delivery'
import { touch, type DomainEvent } from '#platform'
import { appUrl } from '#config/app'

/**
 * The sending came to its end. Told late or twice does no harm: what counts is how the shipment stands now, and a retry
 * since then has opened it again.
 */
export async function closeCampaign({ workspaceId, payload }: DomainEvent) {
  await db.transaction(async (trx) => {
    const campaignId = Number(payload.campaign_id)
    await lock(workspaceId, campaignId, trx)
    const problems = await endedWithProblems({ workspaceId, campaignId }, trx)
    await trx.rawQuery(
      `update campaigns c set
         status = case when c.status = 'cancelled' then c.status when ?::boolean then 'sent_with_problems' else 'sent' end,
         finished_at = s.finished_at, updated_at = now()
       from shipments s
       where c.workspace_id = ? and c.id = ? and c.status in ('sending', 'paused', 'cancelled')
         and s.workspace_id = c.workspace_id and s.campaign_id = c.id and s.finished_at is not null`,
      [problems === true, workspaceId, campaignId]
    )
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}

/** What was not known when it ended is known now, or the other way round: what counts is how the books stand now. */
export async function settleCampaign({ workspaceId, payload }: DomainEvent) {
  const campaignId = Number(payload.campaign_id)
  await db.transaction(async (trx) => {
    const status = await lock(workspaceId, campaignId, trx)
    const problems = await endedWithProblems({ workspaceId, campaignId }, trx)
    if (problems === null || !['sent', 'sent_with_problems'].includes(status ?? '')) return
    await trx
      .from('campaigns')
      .where({ workspace_id: workspaceId, id: campaignId })
      .update({ status: problems ? 'sent_with_problems' : 'sent', updated_at: trx.raw('now()') })
    await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  })
}

/** Who closes it and who settles it look at the books one after the other, so that the last of them has seen all. @returns its status */
async function lock(workspaceId: number, id: number, trx: TransactionClientContract): Promise<string | undefined> {
  const row = await trx.from('campaigns').where({ workspace_id: workspaceId, id }).select('status').forUpdate().first()
  return row?.status
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
        // a key that is refused, has no quota left or is not there any more, cannot tell of it
        through: /^(credentials|quota|no_provider)/.test(String(payload.reason)) ? 'installation' : 'workspace',
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
