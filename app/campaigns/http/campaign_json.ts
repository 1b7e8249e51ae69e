import type { DateTime } from 'luxon'
import type { Audience } from '#segments'
import type { Campaign, CampaignStatus } from '../models/campaign.ts'

const time = (moment: DateTime | null) => moment?.toUTC().toISO() ?? null

/** A campaign as API.md shows it. `notice` is what a person must know: why it did not start, or why it stands still. */
export const campaignJson = (campaign: Campaign) => ({
  ...campaignLine(campaign),
  audience: campaign.audience as Audience,
  from: { name: campaign.fromName, email: campaign.fromEmail },
  reply_to: campaign.replyTo,
  preheader: campaign.preheader,
  content: campaign.content as { kind: 'markdown' | 'html'; source: string },
  text: campaign.text,
  language: campaign.language,
  letters: campaign.letters,
  tracking: campaign.tracking as { opens: boolean; clicks: boolean },
  utm: campaign.utm as Record<string, string | null> | null,
  version: campaign.version,
  tested: campaign.isTested,
})

/** What a list shows. */
export const campaignLine = (campaign: Campaign) => ({
  id: String(campaign.id),
  name: campaign.name,
  status: campaign.status as CampaignStatus,
  channel: campaign.channel,
  topic_id: campaign.topicId === null ? null : String(campaign.topicId),
  subject: campaign.subject,
  notice: campaign.notice,
  scheduled_at: time(campaign.scheduledAt),
  timing: {
    local_time: (campaign.timing?.local_time ?? null) as string | null,
    over_hours: (campaign.timing?.over_hours ?? null) as number | null,
    ignore_quiet_hours: campaign.timing?.ignore_quiet_hours === true,
  },
  send_started_at: time(campaign.sendStartedAt),
  finished_at: time(campaign.finishedAt),
  recurring_id: campaign.recurringId === null ? null : String(campaign.recurringId),
  is_model: campaign.isModel,
  reconfirmation_id: campaign.reconfirmationId === null ? null : String(campaign.reconfirmationId),
  occurs_at: time(campaign.occursAt),
  demo: campaign.demo,
  created_by: campaign.createdBy,
  updated_by: campaign.updatedBy,
  created_at: time(campaign.createdAt)!,
  updated_at: time(campaign.updatedAt)!,
})
