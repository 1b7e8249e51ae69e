import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest } from '#platform'
import { InvalidRecurring } from '../errors.ts'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { endRecurring, pauseRecurring, resumeRecurring, skipOccurrence } from '../recurring/change_recurring.ts'
import { newItems } from '../recurring/feed/new_items.ts'
import type { Feed } from '../recurring/feed/read_feed.ts'
import { takeRead } from '../recurring/feed/take_read.ts'
import { refreshFeed } from '../recurring/feed/refresh_feed.ts'
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

  async feed({ params, workspace }: HttpContext) {
    return feedJson(await RecurringCampaign.present(workspace).findOrFail(params.id))
  }

  /** Reads it now; at most so often, for it is somebody else's server. */
  async readFeed({ params, workspace }: HttpContext) {
    const recurring = await RecurringCampaign.present(workspace).findOrFail(params.id)
    if (!recurring.feedUrl) throw new InvalidRecurring('It has no feed.', { field: 'feed' })
    await takeRead(workspace.id)
    await refreshFeed(recurring)
    return feedJson(await recurring.refresh())
  }

  async skip({ params, request, workspace, actor }: HttpContext) {
    const { at } = await request.validateUsing(skipValidator)
    return whole(await skipOccurrence({ workspace, id: params.id, at, isSkipped: true, actor }))
  }

  async unskip({ params, workspace, actor }: HttpContext) {
    return whole(await skipOccurrence({ workspace, id: params.id, at: params.at, isSkipped: false, actor }))
  }
}

/** What the feed held when it was last read; `is_new`: it stands in no campaign yet. */
async function feedJson(recurring: RecurringCampaign) {
  const fresh = new Set((await newItems(recurring, db.connection())).map(({ key }) => key))
  const { items = [] } = (recurring.feed ?? {}) as Partial<Feed>
  return {
    feed: recurringJson(recurring).feed,
    items: items.map(({ key, likeness, ...item }) => ({ ...item, id: key, is_new: fresh.has(key) })),
  }
}

/** With what it made last. */
const whole = async (recurring: RecurringCampaign) => ({
  ...recurringJson(recurring),
  occurrences: await occurrencesOf(recurring),
})
