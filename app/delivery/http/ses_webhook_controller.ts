import type { HttpContext } from '@adonisjs/core/http'
import { rawBody } from '#platform'
import { takeInSns } from '../feedback/take_in_sns.ts'

/** SNS posts at most 256 KB of message, escaped. */
const LIMIT = 1024 * 1024

/** `POST /webhooks/ses/:workspace_key`: what Amazon SES tells through SNS. An unknown endpoint answers like a wrong signature. */
export default class SesWebhookController {
  async store(ctx: HttpContext) {
    const body = await rawBody(ctx, { limit: LIMIT })
    const intake = await takeInSns({ webhookKey: ctx.params.workspace_key, body })
    if (intake === 'unsigned') return ctx.response.unauthorized({ error: 'The signature does not match.' })
    if (intake === 'malformed') return ctx.response.badRequest({ error: 'The subscription cannot be confirmed.' })
    return { ok: true }
  }
}
