import { languagesOf, reviseShipment } from '#delivery'
import type { Workspace } from '#identity'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { refuseUnlessSeen } from './edit_campaign.ts'
import { freezeLetter, freezeLetters } from './freeze_letter.ts'
import { changedLetters, type Words } from './letters.ts'
import { Campaign } from './models/campaign.ts'
import { refuseUnlessReady } from './send_campaign.ts'

/** What may still change when a part has left: the words. Topic, audience and sender were promised to all. */
export type Revision = Partial<Words & Pick<Campaign, 'replyTo'> & { letters: Record<string, Partial<Words>> }>

/** A campaign as it would be. @throws InvalidCampaign (422) */
export const revised = (campaign: Campaign, { letters, ...changes }: Revision) =>
  campaign.merge({ ...changes, ...(letters && { letters: changedLetters(campaign, letters) }) })

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
    await refuseUnlessReady(workspace, revised(seen, changes))
  }
  return changeCampaign(
    { workspace, id, actor },
    { from: ['paused'], action: 'campaign.revised', but: 'Pause it first, then change it and go on.' },
    async (campaign, trx) => {
      refuseUnlessSeen(campaign, reviewed)
      revised(campaign, changes).merge({ version: campaign.version + 1, updatedBy: actor.label })
      const its = { workspaceId: workspace.id, shipmentId: campaign.shipmentId!, trx }
      const { editionId } = await freezeLetter(campaign, { workspace, trx })
      const letters = await freezeLetters(campaign, { languages: await languagesOf(its), workspace, trx })
      await reviseShipment({ ...its, editionId, letters, actor })
      campaign.merge({ editionId })
      return { changed: Object.keys(changes) }
    }
  )
}
