import { asksOnce } from '#consent'
import { previewPlan, type Plan } from '#delivery'
import type { Workspace } from '#identity'
import { peopleIn } from '#segments'
import type { Campaign } from './models/campaign.ts'
import { timingFor } from './schedule_campaign.ts'
import { pilotRule, timingOf } from './send_campaign.ts'

/**
 * Who would get it when, if it were sent so: now, or at a time to come. Nothing is changed. `first_wave`: a small part
 * goes first, and so many minutes later the rest.
 *
 * @throws InvalidCampaign, UnknownAudience
 */
export async function planCampaign({
  workspace,
  campaign,
  at,
  isLocal,
  overHours,
  ignoresQuietHours,
}: {
  workspace: Workspace
  campaign: Campaign
  at?: string
  isLocal?: boolean
  overHours?: number
  ignoresQuietHours?: boolean
}): Promise<Omit<Plan, 'lots'> & { first_wave: { minutes: number } | null }> {
  if (campaign.topicId === null) return { mailable: 0, plan: [], first_wave: null }
  const { starts, timing } = at
    ? timingFor({ workspace, at, isLocal, overHours, ignoresQuietHours })
    : { starts: null, timing: ignoresQuietHours ? { ignore_quiet_hours: true } : {} }
  const { lots, ...plan } = await previewPlan({
    workspaceId: workspace.id,
    people: await peopleIn({ workspaceId: workspace.id, audience: campaign.audience }),
    topicId: campaign.topicId,
    asks: asksOnce(campaign.audience),
    channel: campaign.channel,
    timing: { ...timingOf({ timing }, workspace), startsAt: starts?.toISO() ?? undefined },
    languages: Object.keys(campaign.letters),
  })
  const minutes = lots < 2 ? null : ((await pilotRule(workspace))?.(plan) ?? null)
  return { ...plan, first_wave: minutes === null ? null : { minutes } }
}
