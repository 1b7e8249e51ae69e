import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { failureForLog } from '../failure_for_log.ts'
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
    ctx.logger.error(
      { failure: failureForLog(error), route: ctx.route?.pattern, request_id: ctx.request.id() },
      'unforeseen failure'
    )
  }
}

/** PostgreSQL's answers to a NUL in a text or in JSON: nothing that we write has one, so the request had it. */
const HOLDS_A_NUL = ['22021', '22P05']

function statusOf(error: any): number {
  if (error?.code === 'E_BAD_CSRF_TOKEN') return 403
  if (HOLDS_A_NUL.includes(error?.code)) return 400
  const status = Number(error?.status ?? error?.statusCode ?? 500)
  return status >= 400 && status <= 599 ? status : 500
}

function itemsOf(error: any, status: number): ProblemItem[] {
  if (error instanceof Problem) return error.items
  if (error?.code === 'E_VALIDATION_ERROR') {
    return error.messages.map(({ message, field, rule }: any) => ({
      code: 'E_VALIDATION',
      // of a list the validator names the place alone: `The 0 field`
      message: message.replace(/^The \d+ field/, `The ${field} field`),
      field,
      rule,
    }))
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
  if (error?.code === 'E_BAD_CSRF_TOKEN') {
    return [{ code: error.code, message: 'This page is out of date. Reload it and try again.' }]
  }
  return [frameworkProblem(error, status)]
}

/** What the framework refuses before we see it, in our words: its own quote the request. */
function frameworkProblem(error: any, status: number): ProblemItem {
  const known: Record<number, ProblemItem> = {
    400: { code: 'E_MALFORMED', message: 'The request cannot be read. Is the body valid JSON?' },
    401: { code: 'E_UNAUTHORIZED', message: 'Sign in first, or send a token.' },
    403: { code: 'E_FORBIDDEN', message: 'This is not allowed.' },
    404: { code: 'E_NOT_FOUND', message: 'There is nothing at this address, or it belongs to another workspace.' },
    413: { code: 'E_TOO_LARGE', message: 'The request is too large. JSON may have 5 MB.' },
    415: { code: 'E_UNSUPPORTED_TYPE', message: 'Send JSON (content-type: application/json) in UTF-8.' },
    429: { code: 'E_TOO_MANY_REQUESTS', message: 'Too many requests. Wait as long as retry-after says.' },
  }
  return known[status] ?? { code: error?.code ?? 'E_PROBLEM', message: 'The request could not be answered.' }
}

function wantsPage(ctx: HttpContext): boolean {
  const path = ctx.request.url()
  if (/^\/(api|webhooks|health|metrics)(\/|$)/.test(path)) return false
  if (/^application\/([\w.-]+\+)?json\b/i.test(ctx.request.header('content-type') ?? '')) return false
  return ctx.request.accepts(['html', 'json']) === 'html' && 'view' in ctx
}
