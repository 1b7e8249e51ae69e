import { randomBytes } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * A page for people who do not sign in: server-rendered, nothing from elsewhere, not indexed, not kept, not framed, and its
 * address (a token) leaks through no referrer. No script, but where `hasScript` one of our own may help.
 */
export async function publicPage(
  ctx: HttpContext,
  template: string,
  state: Record<string, unknown> = {},
  /** Where a form on it may lead beside ourselves: an answer to a form that redirects leaves by its own origin (CSP 3). */
  { leadsTo = '', hasScript = false }: { leadsTo?: string; hasScript?: boolean } = {}
) {
  const nonce = randomBytes(16).toString('base64')
  const { response } = ctx
  response.header(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}';${hasScript ? ` script-src 'nonce-${nonce}'; connect-src 'self';` : ''} form-action 'self'${leadsTo && ` ${leadsTo}`}; base-uri 'none'; frame-ancestors 'none'`
  )
  response.header('x-frame-options', 'DENY')
  response.header('x-content-type-options', 'nosniff')
  response.header('referrer-policy', 'no-referrer')
  response.header('x-robots-tag', 'noindex, nofollow')
  response.header('cache-control', 'private, no-store')
  response.header('content-type', 'text/html; charset=utf-8')
  return response.send(await ctx.view.render(template, { nonce, ...state }))
}
