import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { Problem, type ProblemItem } from '../problem.ts'

/**
 * The one place where failures become answers: API.md's shape for programs, a kind page for people, nothing of ours
 * for strangers. Only what we did not foresee is logged as an error.
 */
export default class PlatformExceptionHandler extends ExceptionHandler {
  protected debug = false
  protected renderStatusPages = false

  async handle(error: any, ctx: HttpContext) {
    const status = statusOf(error)
    const items = itemsOf(error, status)
    const retryAfter = error?.retryAfter ?? error?.headers?.['retry-after'] ?? error?.response?.availableIn
    if (status === 429 && retryAfter !== undefined) {
      ctx.response.header('retry-after', String(Math.max(1, Math.ceil(Number(retryAfter)))))
    }
    if (wantsPage(ctx)) {
      return ctx.response
        .status(status)
        .send(
          await ctx.view.render('pages/problem', { status, message: items[0].message, requestId: ctx.request.id() })
        )
    }
    ctx.response.status(status).json({ errors: items, request_id: ctx.request.id() })
  }

  async report(error: any, ctx: HttpContext) {
    if (statusOf(error) < 500) return
    ctx.logger.error({ err: error, request_id: ctx.request.id() }, 'unforeseen failure')
  }
}

function statusOf(error: any): number {
  if (error?.code === 'E_BAD_CSRF_TOKEN') return 403
  const status = Number(error?.status ?? error?.statusCode ?? 500)
  return status >= 400 && status <= 599 ? status : 500
}

function itemsOf(error: any, status: number): ProblemItem[] {
  if (error instanceof Problem) return error.items
  if (error?.code === 'E_VALIDATION_ERROR') {
    return error.messages.map(({ message, field, rule }: any) => ({ code: 'E_VALIDATION', message, field, rule }))
  }
  if (status === 500) {
    return [
      {
        code: 'E_INTERNAL',
        message: app.inTest
          ? String(error?.stack ?? error)
          : 'Something went wrong on our side. Nothing was lost; try again.',
      },
    ]
  }
  return [{ code: error?.code ?? codeFor(status), message: messageFor(error, status) }]
}

function codeFor(status: number): string {
  const codes: Record<number, string> = {
    400: 'E_MALFORMED',
    401: 'E_UNAUTHORIZED',
    403: 'E_FORBIDDEN',
    404: 'E_NOT_FOUND',
    413: 'E_TOO_LARGE',
    415: 'E_UNSUPPORTED_TYPE',
    429: 'E_TOO_MANY_REQUESTS',
  }
  return codes[status] ?? 'E_PROBLEM'
}

function messageFor(error: any, status: number): string {
  if (status === 404) return 'There is nothing at this address, or it belongs to another workspace.'
  if (error?.code === 'E_BAD_CSRF_TOKEN') return 'This page is out of date. Reload it and try again.'
  return error?.message ?? 'The request could not be answered.'
}

function wantsPage(ctx: HttpContext): boolean {
  const path = ctx.request.url()
  if (/^\/(api|webhooks|health|metrics)(\/|$)/.test(path)) return false
  return ctx.request.accepts(['html', 'json']) === 'html' && 'view' in ctx
}
