import type { HttpContext } from '@adonisjs/core/http'
import { endRoute, routesOf, setRoute } from '../providers/sending_routes.ts'
import { setRouteValidator } from './sending_routes_validator.ts'

/** `GET /sending-routes`, `PUT/DELETE /sending-routes/:topic`: which provider sends a topic; `service` is service mail. */
export default class SendingRoutesController {
  async index({ workspace }: HttpContext) {
    return { data: await routesOf(workspace), next_cursor: null }
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const { provider_id: providerId } = await request.validateUsing(setRouteValidator)
    return setRoute({ workspace, topic: params.topic, providerId, actor })
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    await endRoute({ workspace, topic: params.topic, actor })
    return response.noContent()
  }
}
