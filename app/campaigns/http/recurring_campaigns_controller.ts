import type { HttpContext } from '@adonisjs/core/http'
import { keysetPage, pageRequest } from '#platform'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { endRecurring, pauseRecurring, resumeRecurring, skipOccurrence } from '../recurring/change_recurring.ts'
import { createRecurring, deleteRecurring, restoreRecurring, updateRecurring } from '../recurring/keep_recurring.ts'
import { occurrencesOf } from '../recurring/occurrences_of.ts'
import { recurringJson, type RecurringJson } from './recurring_json.ts'
import {
  createRecurringValidator,
  listRecurringValidator,
  skipValidator,
  updateRecurringValidator,
} from './recurring_campaigns_validator.ts'

/** `/recurring-campaigns`: calendars that make campaigns. */
export default class RecurringCampaignsController {
  async index(ctx: HttpContext) {
    const { q } = await ctx.request.validateUsing(listRecurringValidator, { data: ctx.request.qs() })
    const query = RecurringCampaign.present(ctx.workspace)
    if (q) query.whereRaw('name ilike ?', [`%${q.replace(/[\\%_]/g, '\\$&')}%`])
    return keysetPage<RecurringCampaign, RecurringJson>(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (recurring: RecurringCampaign) => recurring.id }],
      toJson: recurringJson,
    })
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { campaign_id: campaignId, ...wish } = await request.validateUsing(createRecurringValidator)
    const recurring = await createRecurring({ workspace, actor, wish, campaignId: campaignId ?? undefined })
    return response.created(await whole(recurring))
  }

  async show({ params, workspace }: HttpContext) {
    return whole(await RecurringCampaign.present(workspace).findOrFail(params.id))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const wish = await request.validateUsing(updateRecurringValidator)
    return whole(await updateRecurring({ workspace, id: params.id, wish, actor }))
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    await deleteRecurring({ workspace, id: params.id, actor })
    return response.noContent()
  }

  async restore({ params, workspace, actor }: HttpContext) {
    return whole(await restoreRecurring({ workspace, id: params.id, actor }))
  }

  async resume({ params, workspace, actor }: HttpContext) {
    return whole(await resumeRecurring({ workspace, id: params.id, actor }))
  }

  async pause({ params, workspace, actor }: HttpContext) {
    return whole(await pauseRecurring({ workspace, id: params.id, actor }))
  }

  async end({ params, workspace, actor }: HttpContext) {
    return whole(await endRecurring({ workspace, id: params.id, actor }))
  }

  async skip({ params, request, workspace, actor }: HttpContext) {
    const { at } = await request.validateUsing(skipValidator)
    return whole(await skipOccurrence({ workspace, id: params.id, at, isSkipped: true, actor }))
  }

  async unskip({ params, workspace, actor }: HttpContext) {
    return whole(await skipOccurrence({ workspace, id: params.id, at: params.at, isSkipped: false, actor }))
  }
}

/** With what it made last. */
const whole = async (recurring: RecurringCampaign) => ({
  ...recurringJson(recurring),
  occurrences: await occurrencesOf(recurring),
})
