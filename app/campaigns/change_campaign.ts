import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { CampaignInOtherState } from './errors.ts'
import { Campaign, type CampaignStatus } from './models/campaign.ts'

export interface Asked {
  workspace: { id: number }
  id: number | string
  actor: Actor
}

const inWords: Record<string, string> = {
  draft: 'a draft',
  scheduled: 'scheduled',
  sending: 'being sent',
  paused: 'paused',
  sent: 'sent',
  sent_with_problems: 'sent, with problems',
  cancelled: 'cancelled',
}

/** One step of a campaign's life: locked, checked, changed, noted and told, in one transaction. */
export async function changeCampaign(
  { workspace, id, actor }: Asked,
  { from, action, but }: { from: CampaignStatus[]; action: string; but: string },
  change: (campaign: Campaign, trx: TransactionClientContract) => Promise<Record<string, unknown> | void>
): Promise<Campaign> {
  return db.transaction(async (trx) => {
    const campaign = await Campaign.present(workspace, { client: trx }).forUpdate().findOrFail(id)
    if (campaign.isModel) {
      throw new CampaignInOtherState(
        'This is the letter of a recurring campaign, which is copied for each occurrence and never sent itself.',
        { status: campaign.status, recurring_id: String(campaign.recurringId) }
      )
    }
    if (!from.includes(campaign.status as CampaignStatus)) {
      throw new CampaignInOtherState(`This campaign is ${inWords[campaign.status]}. ${but}`, {
        status: campaign.status,
      })
    }
    const details = (await change(campaign, trx)) ?? {}
    await campaign.save()
    await audit(action, {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'campaign', id: campaign.id },
      details,
      trx,
    })
    await touch(trx, workspace.id, ['campaigns', `campaigns/${campaign.id}`])
    return campaign
  })
}
