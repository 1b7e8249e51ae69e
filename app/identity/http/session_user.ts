import type { HttpContext } from '@adonisjs/core/http'
import type { User } from '../models/user.ts'

const STAMP = 'password_stamp'

/** The person whose session this is, or null. A session from before the last change of password is over. */
export async function sessionUser(ctx: HttpContext): Promise<User | null> {
  if (!('session' in ctx)) return null
  const guard = ctx.auth.use('web')
  if (!(await guard.check())) return null
  const user = guard.user!
  return ctx.session.get(STAMP) === stampOf(user) ? user : null
}

/** Begins a session of its own: whatever id the browser came with, it leaves with another. */
export async function beginSession(ctx: HttpContext, user: User) {
  await ctx.auth.use('web').login(user)
  ctx.session.put(STAMP, stampOf(user))
}

/** After a change of password: this session goes on, the others end. */
export function renewSession(ctx: HttpContext, user: User) {
  ctx.session.regenerate()
  ctx.session.put(STAMP, stampOf(user))
}

const stampOf = (user: User) => user.passwordChangedAt.toMillis()
