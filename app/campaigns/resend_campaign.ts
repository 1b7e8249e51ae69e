import db from '@adonisjs/lucid/services/db'
import type { Workspace } from '#identity'
import { saveSegment, Segment, type Rule } from '#segments'
import type { Asked } from './change_campaign.ts'
import { CampaignInOtherState, InvalidCampaign } from './errors.ts'
import { duplicateCampaign } from './keep_campaign.ts'
import { Campaign } from './models/campaign.ts'

/**
 * A new draft for those who got a campaign and did not react as people do: no click, no opening that was not a machine's.
 * They are an ordinary segment, so that anybody can see who they are; the words wait for another subject. Whose mail was not
 * measured is not among them: nobody knows whether they reacted.
 *
 * @throws CampaignInOtherState while it has not been sent to its end, InvalidCampaign where nobody can know who reacted
 */
export async function resendCampaign({ workspace, id, actor }: Asked & { workspace: Workspace }): Promise<Campaign> {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  if (!['sent', 'sent_with_problems', 'cancelled'].includes(campaign.status)) {
    throw new CampaignInOtherState('Who has not reacted is known when it has been sent. Wait for its end.', {
      status: campaign.status,
    })
  }
  if (campaign.reconfirmationId) {
    throw new InvalidCampaign('A question reminds by itself; it is not asked again this way.')
  }
  if (!(await wasMeasured(campaign))) {
    throw new InvalidCampaign(
      'Neither openings nor clicks of it were measured, so nobody knows who did not react. Duplicate it to write to everybody again.'
    )
  }
  const segment = await silentReaders({ workspace, campaign, actor })
  const audience = { segment_ids: [String(segment.id)] }
  const name = `${campaign.name.slice(0, 190)} (again)`
  return duplicateCampaign({ workspace, id, actor, changes: { name, audience } })
}

/** Reads `messages` and `shipments`, which delivery owns. */
async function wasMeasured({ workspaceId, id }: Campaign): Promise<boolean> {
  const { rows } = await db.rawQuery(
    `select exists (
       select from messages m
       where m.workspace_id = ? and m.campaign_id = ? and (m.opens_measured or m.clicks_measured)
         and m.month = (select s.month from shipments s where s.workspace_id = ? and s.campaign_id = ?)
     ) as was_measured`,
    [workspaceId, id, workspaceId, id]
  )
  return rows[0].was_measured
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
