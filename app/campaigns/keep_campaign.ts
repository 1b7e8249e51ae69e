import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { cancelReconfirmation } from '#consent'
import { audit, type Actor, type Workspace } from '#identity'
import { touch } from '#platform'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { CampaignNotEditable, InvalidCampaign } from './errors.ts'
import { Campaign } from './models/campaign.ts'

/** A new draft, with the workspace's sender unless another is given. */
export async function createCampaign({
  workspace,
  actor,
  values,
  copiedFrom = null,
  trx: outer,
}: {
  workspace: Workspace
  actor: Actor
  values: Partial<Campaign>
  copiedFrom?: number | null
  trx?: TransactionClientContract
}): Promise<Campaign> {
  const make = async (trx: TransactionClientContract) => {
    const campaign = await Campaign.create(
      {
        fromName: workspace.defaultFromName ?? workspace.name,
        fromEmail: workspace.defaultFromEmail ?? '',
        ...values,
        workspaceId: workspace.id,
        createdBy: actor.label,
        updatedBy: actor.label,
      },
      { client: trx }
    )
    await campaign.refresh()
    await audit(copiedFrom ? 'campaign.duplicated' : 'campaign.created', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'campaign', id: campaign.id },
      details: copiedFrom ? { from: String(copiedFrom) } : {},
      trx,
    })
    await touch(trx, workspace.id, ['campaigns'])
    return campaign
  }
  return outer ? make(outer) : db.transaction(make)
}

/** The same words for the same people as a new draft, whatever became of the first. `changes` say what is to differ. */
export async function duplicateCampaign({
  workspace,
  id,
  actor,
  changes = {},
}: Asked & { workspace: Workspace; changes?: Partial<Campaign> }): Promise<Campaign> {
  const original = await Campaign.present(workspace).findOrFail(id)
  if (original.reconfirmationId) {
    throw new InvalidCampaign('A question is asked once. Begin a new re-confirmation to ask again.')
  }
  return createCampaign({
    workspace,
    actor,
    values: { ...writtenIn(original), name: `Copy of ${original.name}`.slice(0, 200), ...changes },
    copiedFrom: Number(id),
  })
}

/** What people wrote and chose in a campaign, without its life. */
export const writtenIn = (campaign: Campaign): Partial<Campaign> =>
  Object.fromEntries(WRITTEN.map((field) => [field, campaign[field]]))

const WRITTEN = [
  'channel',
  'topicId',
  'audience',
  'fromName',
  'fromEmail',
  'replyTo',
  'subject',
  'preheader',
  'content',
  'text',
  'language',
  'letters',
  'tracking',
  'utm',
] as const

/** A draft goes, and comes back with `restoreCampaign`; a question takes its re-confirmation with it. What was sent stays: it is somebody's history. */
export const deleteCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['draft', 'scheduled'], action: 'campaign.deleted', but: 'What was sent cannot be deleted.' },
    async (campaign, trx) => {
      if (campaign.isQuestion) {
        await cancelReconfirmation({ ...asked, workspaceId: campaign.workspaceId, id: campaign.reconfirmationId!, trx })
      }
      campaign.merge({ deletedAt: DateTime.utc(), status: 'draft', scheduledAt: null })
    }
  )

/** Undoes the deletion. It comes back as a draft: a time that was set is not kept. */
export async function restoreCampaign({ workspace, id, actor }: Asked): Promise<Campaign> {
  return db.transaction(async (trx) => {
    const campaign = await Campaign.of(workspace, { client: trx }).forUpdate().findOrFail(id)
    if (campaign.deletedAt === null) throw new CampaignNotEditable('This campaign is not deleted.')
    if (campaign.reconfirmationId) {
      throw new CampaignNotEditable('Its re-confirmation was cancelled with it. Begin a new one to ask.')
    }
    await campaign.merge({ deletedAt: null }).save()
    await audit('campaign.restored', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'campaign', id: campaign.id },
      trx,
    })
    await touch(trx, workspace.id, ['campaigns', `campaigns/${campaign.id}`])
    return campaign
  })
}
