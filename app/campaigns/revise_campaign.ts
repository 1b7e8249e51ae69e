import { reviseShipment } from '#delivery'
import type { Workspace } from '#identity'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { freezeLetter } from './freeze_letter.ts'
import { Campaign } from './models/campaign.ts'
import { refuseUnlessReady } from './send_campaign.ts'

/** What may still change when a part has left: the words. Topic, audience and sender were promised to all. */
export type Revision = Partial<Pick<Campaign, 'subject' | 'preheader' | 'content' | 'text' | 'replyTo'>>

/**
 * Stop, mend, go on: a campaign that stands still gets another letter for those who still wait. It is reviewed like any;
 * the receipt says who got which. Going on is another step.
 *
 * @throws PreflightBlocked with the checks, CampaignInOtherState unless paused
 */
export async function reviseCampaign({
  workspace,
  id,
  changes,
  actor,
}: Asked & { workspace: Workspace; changes: Revision }): Promise<Campaign> {
  const asIfChanged = await Campaign.present(workspace).findOrFail(id)
  if (asIfChanged.status === 'paused') await refuseUnlessReady(workspace, asIfChanged.merge(changes))
  return changeCampaign(
    { workspace, id, actor },
    { from: ['paused'], action: 'campaign.revised', but: 'Pause it first, then change it and go on.' },
    async (campaign, trx) => {
      campaign.merge({ ...changes, version: campaign.version + 1, updatedBy: actor.label })
      const { editionId } = await freezeLetter(campaign, { workspace, trx })
      const { workspaceId, shipmentId } = campaign
      await reviseShipment({ workspaceId, shipmentId: shipmentId!, editionId, actor, trx })
      campaign.merge({ editionId })
      return { changed: Object.keys(changes) }
    }
  )
}
