import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, NotAllowed } from '#identity'
import { touch } from '#platform'
import type { Asked } from './change_campaign.ts'
import { CampaignNotEditable, EditedMeanwhile, InvalidCampaign } from './errors.ts'
import { changedLetters } from './letters.ts'
import { Campaign } from './models/campaign.ts'

/**
 * Saves what was written. Whoever edits names the version they saw: if somebody saved since, nothing is overwritten and
 * they hear who and when. Saving the same again changes nothing, so an editor may save as often as it likes. What is
 * scheduled goes out by itself: changing it is for those who may send.
 */
export async function editCampaign({
  workspace,
  id,
  version,
  changes: given,
  maySend,
  actor,
}: Asked & { version?: number; changes: Partial<Campaign>; maySend: boolean }): Promise<Campaign> {
  return db.transaction(async (trx) => {
    const campaign = await Campaign.present(workspace, { client: trx }).forUpdate().findOrFail(id)
    if (!campaign.isEditable) {
      throw new CampaignNotEditable('What was sent stays as it was. Duplicate the campaign to write a new one.', {
        status: campaign.status,
      })
    }
    refuseUnlessSeen(campaign, version)
    const changes = given.letters ? { ...given, letters: changedLetters(campaign, given.letters) } : given
    const changed = changedKeys(campaign, changes)
    if (changed.length === 0) return campaign
    const settled = changed.find((key) => key === 'topicId' || key === 'audience')
    if (campaign.reconfirmationId && settled) {
      throw new InvalidCampaign('Whom a question goes to, and about which topic, its re-confirmation says.', {
        field: settled === 'topicId' ? 'topic_id' : settled,
      })
    }
    if (!maySend && (campaign.status === 'scheduled' || (await leavesByItself(campaign, trx)))) {
      throw new NotAllowed(
        'This campaign leaves by itself: what changes now is sent. Unschedule or pause it first, or let a sender change it.',
        {
          permission: 'campaigns:send',
        }
      )
    }
    campaign.merge({ ...changes, version: campaign.version + 1, updatedBy: actor.label, notice: null })
    await campaign.save()
    await audit('campaign.updated', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'campaign', id: campaign.id },
      details: { changed },
      trx,
    })
    await touch(trx, workspace.id, ['campaigns', `campaigns/${campaign.id}`])
    return campaign
  })
}

/** @param version that the editor saw; undefined: they overwrite whatever stands there */
export function refuseUnlessSeen(campaign: Campaign, version: number | undefined) {
  if (version === undefined || version === campaign.version) return
  throw new EditedMeanwhile(`${campaign.updatedBy} saved this campaign since you opened it.`, {
    version: campaign.version,
    edited_by: campaign.updatedBy,
    edited_at: campaign.updatedAt.toUTC().toISO(),
  })
}

/** The letter of a recurring campaign that goes on. */
async function leavesByItself({ workspaceId, recurringId, isModel }: Campaign, trx: TransactionClientContract) {
  if (!isModel) return false
  const active = { workspace_id: workspaceId, id: recurringId, state: 'active' }
  return (await trx.from('recurring_campaigns').where(active).first()) !== null
}

const changedKeys = (campaign: Campaign, changes: Partial<Campaign>) =>
  Object.entries(changes)
    .filter(([key, value]) => canonical((campaign as any)[key]) !== canonical(value))
    .map(([key]) => key)

/** jsonb keeps its keys in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a.localeCompare(b)))
      : part
  )
