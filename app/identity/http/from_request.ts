import type { HttpContext } from '@adonisjs/core/http'

/** Where a request comes from, as the audit keeps it. */
export const fromRequest = ({ request }: HttpContext) => ({
  ip: request.ip(),
  userAgent: request.header('user-agent')?.slice(0, 500) ?? null,
  requestId: request.id() ?? null,
})
