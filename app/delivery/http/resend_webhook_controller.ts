import type { HttpContext } from '@adonisjs/core/http'
import { rawBody } from '#platform'
import { takeInEvent } from '../feedback/take_in_event.ts'

const LIMIT = 1024 * 1024

/** `POST /webhooks/resend/:workspace_key`: kept, then 200. An unknown endpoint answers like a wrong signature. */
export default class ResendWebhookController {
  async store(ctx: HttpContext) {
    const { request, response, params } = ctx
    const body = await rawBody(ctx, { limit: LIMIT })
    const header = (name: string) => request.header(`svix-${name}`) ?? request.header(`webhook-${name}`) ?? ''
    const event = { id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body }
    if (event.id === '' || event.id.length > 255 || event.timestamp === '' || event.signature === '') {
      return response.badRequest({ error: 'This is not a signed event.' })
    }
    const intake = await takeInEvent({ webhookKey: params.workspace_key, event })
    if (intake === 'unsigned') return response.unauthorized({ error: 'The signature does not match.' })
    if (intake === 'malformed') return response.badRequest({ error: 'The event cannot be read.' })
    return { ok: true }
  }
}
