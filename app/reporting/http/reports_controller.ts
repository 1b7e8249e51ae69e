import type { HttpContext } from '@adonisjs/core/http'
import { Campaign } from '#campaigns'
import { campaignReport } from '../campaign_report.ts'

const MOST_COMPARED = 4

/** `GET /campaigns/:id/report?compare=ID,ID`: read while it runs and after. */
export default class ReportsController {
  async show({ params, request, workspace }: HttpContext) {
    const campaign = await Campaign.of(workspace).whereNull('deleted_at').findOrFail(params.id)
    const ids = String(request.input('compare', ''))
      .split(',')
      .filter((id) => /^\d{1,15}$/.test(id))
      .slice(0, MOST_COMPARED)
    const others = ids.length ? await Campaign.of(workspace).whereNull('deleted_at').whereIn('id', ids.map(Number)) : []
    return campaignReport({
      workspace,
      campaign: { id: campaign.id, name: campaign.name, subject: campaign.subject, status: campaign.status },
      compareWith: others.map(({ id, name }) => ({ id, name })),
    })
  }
}
