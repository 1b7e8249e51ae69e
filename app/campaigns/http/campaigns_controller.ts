import type { HttpContext } from '@adonisjs/core/http'
import { Topic } from '#consent'
import { shipmentProgress } from '#delivery'
import { keysetPage, pageRequest } from '#platform'
import { editCampaign } from '../edit_campaign.ts'
import { InvalidCampaign } from '../errors.ts'
import { createCampaign, deleteCampaign, duplicateCampaign, restoreCampaign } from '../keep_campaign.ts'
import { Campaign } from '../models/campaign.ts'
import { progressOfMany } from '../progress_of_many.ts'
import { resendCampaign } from '../resend_campaign.ts'
import { campaignJson, campaignLine } from './campaign_json.ts'
import { createCampaignValidator, listValidator, updateCampaignValidator } from './campaigns_validator.ts'

/** `GET/POST/PATCH/DELETE /campaigns`: writing. */
export default class CampaignsController {
  async index(ctx: HttpContext) {
    const {
      status,
      q,
      recurring_id: recurringId,
    } = await ctx.request.validateUsing(listValidator, { data: ctx.request.qs() })
    const query = Campaign.present(ctx.workspace).where('is_model', false)
    if (recurringId) query.where('recurring_id', recurringId)
    if (status?.length) query.whereIn('status', status)
    if (q) query.whereRaw(`(name || ' ' || subject) ilike ?`, [`%${q.replace(/[\\%_]/g, '\\$&')}%`])
    const page = await keysetPage<Campaign, Campaign>(query, {
      ...pageRequest(ctx),
      sort: [
        { column: 'created_at', direction: 'desc', value: ({ createdAt }: Campaign) => createdAt.toUTC().toISO()! },
        { column: 'id', direction: 'desc', value: ({ id }: Campaign) => id },
      ],
      toJson: (campaign) => campaign,
    })
    const progress = await progressOfMany(
      ctx.workspace.id,
      page.data.map(({ id }) => id)
    )
    return {
      ...page,
      data: page.data.map((campaign) => ({ ...campaignLine(campaign), progress: progress.get(campaign.id) ?? null })),
    }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(createCampaignValidator)
    const values = await valuesOf(input, workspace)
    return response.created(campaignJson(await createCampaign({ workspace, actor, values })))
  }

  async show({ params, workspace }: HttpContext) {
    return withProgress(await Campaign.present(workspace).findOrFail(params.id))
  }

  async update({ params, request, workspace, membership, actor }: HttpContext) {
    const { version, ...input } = await request.validateUsing(updateCampaignValidator)
    const changes = await valuesOf(input, workspace)
    return withProgress(
      await editCampaign({
        workspace,
        id: params.id,
        version,
        changes,
        maySend: membership.mayNow('campaigns:send'),
        actor,
      })
    )
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    await deleteCampaign({ workspace, id: params.id, actor })
    return response.noContent()
  }

  async restore({ params, workspace, actor }: HttpContext) {
    return withProgress(await restoreCampaign({ workspace, id: params.id, actor }))
  }

  async duplicate({ params, response, workspace, actor }: HttpContext) {
    return response.created(campaignJson(await duplicateCampaign({ workspace, id: params.id, actor })))
  }

  async resend({ params, response, workspace, actor }: HttpContext) {
    return response.created(campaignJson(await resendCampaign({ workspace, id: params.id, actor })))
  }
}

export const withProgress = async (campaign: Campaign) => ({
  ...campaignJson(campaign),
  progress: await shipmentProgress({ workspaceId: campaign.workspaceId, campaignId: campaign.id }),
})

interface Input {
  topic_id?: number | null
  from?: { name?: string; email?: string }
  reply_to?: string | null
  [field: string]: unknown
}

async function valuesOf({ topic_id: topicId, from, reply_to: replyTo, ...rest }: Input, workspace: { id: number }) {
  if (topicId && !(await Topic.of(workspace).where('id', topicId).first())) {
    throw new InvalidCampaign('There is no such topic in this workspace.', { field: 'topic_id' })
  }
  const values = {
    ...rest,
    topicId,
    replyTo: replyTo === '' ? null : replyTo,
    fromName: from?.name,
    fromEmail: from?.email,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Campaign>
}
