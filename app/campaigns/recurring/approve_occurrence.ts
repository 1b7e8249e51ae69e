import { DateTime } from 'luxon'
import type { Workspace } from '#identity'
import { databaseNow } from '#platform'
import { changeCampaign, type Asked } from '../change_campaign.ts'
import { CampaignInOtherState } from '../errors.ts'
import { Campaign } from '../models/campaign.ts'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { refuseUnlessReady } from '../send_campaign.ts'
import { firstHour } from './plan_next.ts'
import { settleOccurrence } from './record_occurrence.ts'

/**
 * An occurrence that waits leaves at its moment. It is reviewed now, and again then.
 *
 * @throws PreflightBlocked, CampaignInOtherState unless it waits for approval and its moment is to come
 */
export async function approveOccurrence({ workspace, id, actor }: Asked & { workspace: Workspace }): Promise<Campaign> {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  if (campaign.isEditable) await refuseUnlessReady(workspace, campaign)
  return changeCampaign(
    { workspace, id, actor },
    { from: ['draft'], action: 'campaign.approved', but: 'There is nothing to approve.' },
    async (locked, trx) => {
      const now = await databaseNow(trx)
      if (!locked.occursAt || locked.occursAt <= now) {
        throw new CampaignInOtherState('Its moment is over, or it has none. Send it now or choose a time.', {
          status: locked.status,
        })
      }
      const recurring = await RecurringCampaign.of(workspace, { client: trx }).findOrFail(locked.recurringId!)
      // its first readers' hour may be over, which is no reason to call it late
      const scheduledAt = DateTime.max(firstHour(recurring, locked.occursAt), now).toUTC()
      locked.merge({ status: 'scheduled', scheduledAt, notice: null })
      await settleOccurrence(locked, { outcome: 'made', trx })
      return { at: locked.occursAt.toUTC().toISO() }
    }
  )
}
