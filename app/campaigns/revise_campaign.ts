import { reviseShipment } from '#delivery'
import type { Workspace } from '#identity'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { refuseUnlessSeen } from './edit_campaign.ts'
import { freezeLetter } from './freeze_letter.ts'
import { Campaign } from './models/campaign.ts'
import { refuseUnlessReady } from './send_campaign.ts'

/** What may still change when a part has left: the words. Topic, audience and sender were promised to all. */
export type Revision = Partial<Pick<Campaign, 'subject' | 'preheader' | 'content' | 'text' | 'replyTo'>>

/**
 * Stop, mend, go on: a campaign that stands still gets another letter for those who still wait. It is reviewed like any;
 * the receipt says who got which. Going on is another step. Of two who mend it at once the second hears of the first.
 *
 * @throws PreflightBlocked with the checks, CampaignInOtherState unless paused, EditedMeanwhile
 */
export async function reviseCampaign({
  workspace,
  id,
  version,
  changes,
  actor,
}: Asked & { workspace: Workspace; version?: number; changes: Revision }): Promise<Campaign> {
  const seen = await Campaign.present(workspace).findOrFail(id)
  const reviewed = seen.version
  if (seen.status === 'paused') {
    refuseUnlessSeen(seen, version)
    await refuseUnlessReady(workspace, seen.merge(changes))
  }
  return changeCampaign(
    { workspace, id, actor },
    { from: ['paused'], action: 'campaign.revised', but: 'Pause it first, then change it and go on.' },
    async (campaign, trx) => {
      refuseUnlessSeen(campaign, reviewed)
      campaign.merge({ ...changes, version: campaign.version + 1, updatedBy: actor.label })
      const { editionId } = await freezeLetter(campaign, { workspace, trx })
      const { workspaceId, shipmentId } = campaign
      await reviseShipment({ workspaceId, shipmentId: shipmentId!, editionId, actor, trx })
      campaign.merge({ editionId })
      return { changed: Object.keys(changes) }
    }
  )
}
