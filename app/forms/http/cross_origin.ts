import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import type { ShownForm } from '../sign_up/form_of_slug.ts'

/** Also from a form in another page; a page without one ("null") and a long one tell nothing. */
export function originOf({ request }: HttpContext): string | null {
  const origin = request.header('origin')
  return origin && /^https?:\/\/[\w.:[\]-]{1,200}$/i.test(origin) ? origin.toLowerCase() : null
}

export const isForeign = (ctx: HttpContext) =>
  ctx.request.header('origin') !== undefined && originOf(ctx) !== new URL(appUrl).origin

/** Scripts of the origins that the form names may read our answer. @returns whether this is one */
export function allowOrigin(ctx: HttpContext, { definition }: ShownForm): boolean {
  ctx.response.header('vary', 'origin')
  const origin = originOf(ctx)
  if (!origin || !definition.origins.includes(origin)) return false
  ctx.response.header('access-control-allow-origin', origin)
  return true
}
