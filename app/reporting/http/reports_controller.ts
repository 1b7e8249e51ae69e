import type { HttpContext } from '@adonisjs/core/http'
import { campaignReport } from '../campaign_report.ts'
import { campaignsById } from '../campaigns_by_id.ts'

/** `GET /campaigns/:id/report?compare=ID,ID`: read while it runs and after. */
export default class ReportsController {
  async show({ params, request, workspace }: HttpContext) {
    const [campaign] = await campaignsById(workspace.id, [params.id], { orFail: true })
    const compareWith = await campaignsById(workspace.id, String(request.input('compare', '')).split(','))
    return campaignReport({ workspace, campaign, compareWith })
  }
}
