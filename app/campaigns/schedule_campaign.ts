import { DateTime } from 'luxon'
import type { Workspace } from '#identity'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { refuseUnlessSeen } from './edit_campaign.ts'
import { InvalidCampaign } from './errors.ts'
import { Campaign } from './models/campaign.ts'
import { refuseUnlessReady } from './send_campaign.ts'

/** UTC+14: where a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati'

/** When the clock first shows the time that it shows there and then. */
export const startOf = (moment: DateTime): DateTime => moment.setZone(EARLIEST_ZONE, { keepLocalTime: true })

interface Wish extends Asked {
  workspace: Workspace
  /** ISO 8601; without an offset it is read in the workspace's time zone. */
  at: string
  /** At that time of each reader's own zone; then `at` has no offset, and it begins where that time comes first. */
  isLocal?: boolean
  /** Spread evenly over so many hours. */
  overHours?: number
  /** What whoever schedules it has seen; undefined: whatever stands there. */
  version?: number
  /** Also in its readers' quiet hours: for whoever may change the workspace's rule. */
  ignoresQuietHours?: boolean
}

/**
 * When it begins, and what its timing is called.
 *
 * @throws InvalidCampaign
 */
export function timingFor({
  workspace,
  at,
  isLocal = false,
  overHours,
  ignoresQuietHours,
}: Pick<Wish, 'workspace' | 'at' | 'isLocal' | 'overHours' | 'ignoresQuietHours'>) {
  const moment = momentOf(at, workspace)
  if (isLocal && hasOffset(at)) {
    throw new InvalidCampaign('Leave the offset out: 2026-12-01T09:00 is nine o’clock wherever the reader is.', {
      field: 'at',
    })
  }
  const starts = isLocal ? DateTime.max(DateTime.utc(), startOf(moment)) : moment
  const timing = {
    ...(isLocal ? { local_time: moment.toFormat("yyyy-MM-dd'T'HH:mm") } : {}),
    ...(overHours ? { over_hours: overHours } : {}),
    ...(ignoresQuietHours ? { ignore_quiet_hours: true } : {}),
  }
  return { starts: starts.toUTC(), timing }
}

/**
 * Sends by itself at a moment to come. What blocks now is told now; it is reviewed again when the moment comes.
 *
 * @throws InvalidCampaign, PreflightBlocked, CampaignInOtherState, EditedMeanwhile
 */
export async function scheduleCampaign({ workspace, id, version, actor, ...wish }: Wish) {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  const { starts, timing } = timingFor({ workspace, ...wish })
  if (campaign.isEditable) {
    refuseUnlessSeen(campaign, version)
    await refuseUnlessReady(workspace, campaign)
  }
  return changeCampaign(
    { workspace, id, actor },
    { from: ['draft', 'scheduled'], action: 'campaign.scheduled', but: 'Only a draft can be scheduled.' },
    async (locked) => {
      locked.merge({ status: 'scheduled', scheduledAt: starts, timing, notice: null })
      return { at: starts.toISO(), ...timing }
    }
  )
}

function momentOf(at: string, workspace: Workspace): DateTime {
  const moment = DateTime.fromISO(at, { zone: workspace.timezone })
  if (!moment.isValid) throw new InvalidCampaign('at is not a time such as 2026-11-30T09:00:00Z.', { field: 'at' })
  if (moment <= DateTime.utc()) throw new InvalidCampaign('at has to lie in the future.', { field: 'at' })
  if (moment > DateTime.utc().plus({ years: 1 }))
    throw new InvalidCampaign('at is more than a year away.', { field: 'at' })
  return moment
}

const hasOffset = (at: string) => /(z|[+-]\d\d(:?\d\d)?)$/i.test(at.split(/t/i)[1] ?? '')

export const unscheduleCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['scheduled'], action: 'campaign.unscheduled', but: 'There is nothing to unschedule.' },
    async (campaign) => {
      campaign.merge({ status: 'draft', scheduledAt: null, timing: {} })
    }
  )
