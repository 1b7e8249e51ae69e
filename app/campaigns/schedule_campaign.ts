import { DateTime } from 'luxon'
import type { Workspace } from '#identity'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { InvalidCampaign } from './errors.ts'
import { Campaign } from './models/campaign.ts'
import { refuseUnlessReady } from './send_campaign.ts'

/**
 * Sends by itself at a moment to come. What blocks now is told now; it is reviewed again when the moment comes.
 *
 * @param at ISO 8601; without an offset it is read in the workspace's time zone
 */
export async function scheduleCampaign({ workspace, id, at, actor }: Asked & { workspace: Workspace; at: string }) {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  const moment = DateTime.fromISO(at, { zone: workspace.timezone })
  if (!moment.isValid) throw new InvalidCampaign('at is not a time such as 2026-11-30T09:00:00Z.', { field: 'at' })
  if (moment <= DateTime.utc()) throw new InvalidCampaign('at has to lie in the future.', { field: 'at' })
  if (moment > DateTime.utc().plus({ years: 1 }))
    throw new InvalidCampaign('at is more than a year away.', { field: 'at' })
  if (campaign.isEditable) await refuseUnlessReady(workspace, campaign)
  return changeCampaign(
    { workspace, id, actor },
    { from: ['draft', 'scheduled'], action: 'campaign.scheduled', but: 'Only a draft can be scheduled.' },
    async (locked) => {
      locked.merge({ status: 'scheduled', scheduledAt: moment.toUTC(), notice: null })
      return { at: moment.toUTC().toISO() }
    }
  )
}

export const unscheduleCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['scheduled'], action: 'campaign.unscheduled', but: 'There is nothing to unschedule.' },
    async (campaign) => {
      campaign.merge({ status: 'draft', scheduledAt: null })
    }
  )
