import type { HttpContext } from '@adonisjs/core/http'
import { campaignReport } from '../campaign_report.ts'
import { campaignResults } from '../campaign_results.ts'
import { campaignsById } from '../campaigns_by_id.ts'
import { resultsValidator } from './reports_validator.ts'

/** `GET /campaigns/:id/report?compare=ID,ID`: read while it runs and after; `GET /campaigns/results?ids=ID,ID`: a list's. */
export default class ReportsController {
  async index({ request, workspace }: HttpContext) {
    const { ids } = await request.validateUsing(resultsValidator, { data: request.qs() })
    return { data: await campaignResults(workspace.id, ids) }
  }

  async show({ params, request, workspace }: HttpContext) {
    const [campaign] = await campaignsById(workspace.id, [params.id], { orFail: true })
    const compareWith = await campaignsById(workspace.id, String(request.input('compare', '')).split(','))
    return campaignReport({ workspace, campaign, compareWith })
  }
}
