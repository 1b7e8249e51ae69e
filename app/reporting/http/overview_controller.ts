import type { HttpContext } from '@adonisjs/core/http'
import { workspaceOverview } from '../workspace_overview.ts'

/** `GET /overview`: the workspace at a glance. */
export default class OverviewController {
  async show({ workspace }: HttpContext) {
    return workspaceOverview(workspace)
  }
}
