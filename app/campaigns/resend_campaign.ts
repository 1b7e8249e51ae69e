import type { Workspace } from '#identity'
import { saveSegment, Segment, type Rule } from '#segments'
import type { Asked } from './change_campaign.ts'
import { CampaignInOtherState } from './errors.ts'
import { duplicateCampaign } from './keep_campaign.ts'
import { Campaign } from './models/campaign.ts'

/**
 * A new draft for those who got a campaign and did not react as people do: no click, no opening that was not a machine's.
 * They are an ordinary segment, so that anybody can see who they are; the words wait for another subject. Whose mail was not
 * measured is not among them: nobody knows whether they reacted.
 *
 * @throws CampaignInOtherState while it has not been sent to its end
 */
export async function resendCampaign({ workspace, id, actor }: Asked & { workspace: Workspace }): Promise<Campaign> {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  if (!['sent', 'sent_with_problems', 'cancelled'].includes(campaign.status)) {
    throw new CampaignInOtherState('Who has not reacted is known when it has been sent. Wait for its end.', {
      status: campaign.status,
    })
  }
  const segment = await silentReaders({ workspace, campaign, actor })
  const audience = { segment_ids: [String(segment.id)] }
  const name = `${campaign.name.slice(0, 190)} (again)`
  return duplicateCampaign({ workspace, id, actor, changes: { name, audience } })
}

async function silentReaders({
  workspace,
  campaign,
  actor,
}: Pick<Asked, 'actor'> & { workspace: Workspace; campaign: Campaign }): Promise<Segment> {
  const of = { campaign_id: String(campaign.id) }
  const rule: Rule = {
    all: [
      { event: 'received', ...of },
      {
        not: {
          any: [
            { event: 'clicked', ...of },
            { event: 'opened', ...of },
          ],
        },
      },
    ],
  }
  const name = `Silent after “${campaign.name.slice(0, 80)}” (${campaign.id})`
  const known = await Segment.query()
    .where({ workspaceId: workspace.id, name })
    .whereNull('deleted_at')
    .whereRaw('rule = ?::jsonb', [JSON.stringify(rule)])
    .first()
  return known ?? saveSegment({ workspaceId: workspace.id, name, rule, actor })
}
