import type { HttpContext } from '@adonisjs/core/http'
import { endWarmUp, startWarmUp, warmUpsOf } from '../warm_up/warm_ups.ts'
import { endWarmUpValidator, startWarmUpValidator } from './warm_ups_validator.ts'

/** `GET /warm-ups`, `PUT/DELETE /warm-ups/:domain`: how a sending domain becomes known, day by day. */
export default class WarmUpsController {
  async index({ workspace }: HttpContext) {
    return { data: await warmUpsOf({ workspaceId: workspace.id }), next_cursor: null }
  }

  async update({ request, workspace, actor }: HttpContext) {
    const { params: at, curve } = await request.validateUsing(startWarmUpValidator)
    await startWarmUp({ workspaceId: workspace.id, domain: at.domain, curve, actor })
    return (await warmUpsOf({ workspaceId: workspace.id })).find(({ domain }) => domain === at.domain)!
  }

  async destroy({ request, response, workspace, actor }: HttpContext) {
    const { params: at } = await request.validateUsing(endWarmUpValidator)
    await endWarmUp({ workspaceId: workspace.id, domain: at.domain, actor })
    return response.noContent()
  }
}
