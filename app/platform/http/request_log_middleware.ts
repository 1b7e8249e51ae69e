import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { countRequest } from '../operations/http_metrics.ts'

/** The request's id goes into the answer; one line per request: method, route, status, time. No query, no body, no address. */
export default class RequestLogMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const began = performance.now()
    const id = ctx.request.id()
    if (id) ctx.response.header('x-request-id', id)
    await next()
    const ms = performance.now() - began
    const seen = {
      method: ctx.request.method(),
      route: ctx.route?.pattern ?? 'static',
      status: ctx.response.getStatus(),
    }
    countRequest({ ...seen, seconds: ms / 1000 })
    ctx.logger.info({ ...seen, ms: Math.round(ms) }, 'request')
  }
}
