import type { HttpContext } from '@adonisjs/core/http'
import { rawBody } from '#platform'
import { takeInPostmark } from '../feedback/take_in_postmark.ts'

const LIMIT = 1024 * 1024

/** `POST /webhooks/postmark/:workspace_key`: kept, then 200. An unknown endpoint answers like a wrong password. */
export default class PostmarkWebhookController {
  async store(ctx: HttpContext) {
    const { request, response, params } = ctx
    const body = await rawBody(ctx, { limit: LIMIT })
    const authorization = request.header('authorization') ?? ''
    const intake = await takeInPostmark({ webhookKey: params.workspace_key, authorization, body })
    if (intake === 'unsigned') return response.unauthorized({ error: 'The password does not match.' })
    if (intake === 'malformed') return response.badRequest({ error: 'The event cannot be read.' })
    return { ok: true }
  }
}
