import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { Campaign } from '../models/campaign.ts'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { settleOccurrence } from './record_occurrence.ts'
import { tellOfOccurrence } from './tell_of_occurrence.ts'

/** Whose moment came while they still waited for approval: not sent, and the team is told. What was approved is no longer asked about. */
export async function lapseUnapproved({ workspaceId }: { workspaceId: number | null }) {
  const { rows } = await db.rawQuery(
    `select workspace_id as "workspaceId", campaign_id as id from recurring_occurrences
     where outcome = 'waits' and occurs_at <= now() and workspace_id = coalesce(?, workspace_id) order by occurs_at limit 50`,
    [workspaceId] as any[]
  )
  for (const waiting of rows as { workspaceId: number; id: number }[]) await lapse(waiting)
}

async function lapse({ workspaceId, id }: { workspaceId: number; id: number }) {
  await db.transaction(async (trx) => {
    const workspace = { id: workspaceId }
    const campaign = await Campaign.of(workspace, { client: trx }).where('id', id).forUpdate().firstOrFail()
    if (campaign.status !== 'draft') return settleOccurrence(campaign, { outcome: 'made', trx })
    await settleOccurrence(campaign, { outcome: 'not_approved', trx })
    if (campaign.deletedAt !== null) return
    const recurring = await RecurringCampaign.of(workspace, { client: trx }).findOrFail(campaign.recurringId!)
    await campaign.merge({ notice: 'Nobody approved it in time, so it was not sent.' }).save()
    await tellOfOccurrence('not_approved', { recurring, campaign, trx })
    await touch(trx, workspaceId, ['campaigns', `campaigns/${id}`, `recurringCampaigns/${recurring.id}`])
  })
}
