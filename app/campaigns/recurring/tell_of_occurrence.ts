import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tellTeam } from '#identity'
import { appUrl } from '#config/app'
import type { Campaign } from '../models/campaign.ts'
import type { RecurringCampaign } from '../models/recurring_campaign.ts'
import type { Outcome } from './record_occurrence.ts'

/** Tells the team by mail what they should know of one occurrence: it leaves soon, asks for approval, or did not leave. */
export async function tellOfOccurrence(
  outcome: Outcome,
  {
    recurring,
    campaign,
    why = '',
    trx,
  }: {
    recurring: Pick<RecurringCampaign, 'name' | 'timezone'>
    campaign: Campaign
    why?: string
    trx: TransactionClientContract
  }
) {
  const when = campaign.occursAt!.setZone(recurring.timezone).toFormat('cccc d LLLL, HH:mm ZZZZ')
  const { name } = campaign
  const words = {
    made: {
      subject: `“${name}” leaves on ${when}`,
      lead: `It leaves by itself on ${when}. Until then you can change it, or take it back.`,
    },
    waits: {
      subject: `“${name}” waits for your approval`,
      lead: `It is meant for ${when}, and leaves only when somebody approves it.`,
    },
    not_approved: {
      subject: `“${name}” was not sent`,
      lead: `Nobody approved it until ${when}, so it was not sent. The next occurrence comes as planned.`,
    },
    held_back: {
      subject: `“${name}” was not sent`,
      lead: `It was to leave on ${when}, and did not: ${why} The next occurrence comes as planned.`,
    },
  }[outcome as 'made' | 'waits' | 'not_approved' | 'held_back']
  await tellTeam({
    workspaceId: campaign.workspaceId,
    key: `occurrence-${outcome}-${campaign.id}`,
    ...words,
    action: { label: 'Look at it', url: `${appUrl}/w/${campaign.workspaceId}/campaigns/${campaign.id}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })
}
