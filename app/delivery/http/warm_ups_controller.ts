import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { endWarmUp, startWarmUp, warmUpsOf } from '../warm_up/warm_ups.ts'

const domainValidator = vine.create({
  params: vine.object({
    domain: vine
      .string()
      .toLowerCase()
      .maxLength(253)
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  }),
})
const startValidator = vine.create({ curve: vine.enum(['new', 'existing'] as const) })

/** `GET /warm-ups`, `PUT/DELETE /warm-ups/:domain`: how a sending domain becomes known, day by day. */
export default class WarmUpsController {
  async index({ workspace }: HttpContext) {
    return { data: await warmUpsOf({ workspaceId: workspace.id }), next_cursor: null }
  }

  async update({ request, workspace, actor }: HttpContext) {
    const { params } = await request.validateUsing(domainValidator)
    const { curve } = await request.validateUsing(startValidator)
    await startWarmUp({ workspaceId: workspace.id, domain: params.domain, curve, actor })
    return (await warmUpsOf({ workspaceId: workspace.id })).find(({ domain }) => domain === params.domain)!
  }

  async destroy({ request, response, workspace, actor }: HttpContext) {
    const { params } = await request.validateUsing(domainValidator)
    await endWarmUp({ workspaceId: workspace.id, domain: params.domain, actor })
    return response.noContent()
  }
}
