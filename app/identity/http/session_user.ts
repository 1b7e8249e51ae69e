import type { HttpContext } from '@adonisjs/core/http'
import { hashOfSecret } from '../accounts/one_time_secret.ts'
import { closeOtherSessions, closeSession, isOpenSession, openSession } from '../accounts/sessions.ts'
import type { User } from '../models/user.ts'

const STAMP = 'password_stamp'
const SECRET = 'session_secret'

/** The person whose session this is, or null. One that was signed out, or is from before the last change of password, is over. */
export async function sessionUser(ctx: HttpContext): Promise<User | null> {
  if (!('session' in ctx)) return null
  const guard = ctx.auth.use('web')
  if (!(await guard.check())) return null
  const user = guard.user!
  if (ctx.session.get(STAMP) !== stampOf(user)) return null
  return (await isOpenSession(ctx.session.get(SECRET, ''), user.id)) ? user : null
}

/** Begins a session of its own: whatever id the browser came with, it leaves with another. */
export async function beginSession(ctx: HttpContext, user: User) {
  await ctx.auth.use('web').login(user)
  ctx.session.put(STAMP, stampOf(user))
  ctx.session.put(SECRET, await openSession(user.id))
}

/** Signs out: this cookie, and every copy of it, opens nothing any more. */
export async function endSession(ctx: HttpContext) {
  await closeSession(ctx.session.get(SECRET, ''))
  await ctx.auth.use('web').logout()
  ctx.session.clear()
}

/** After a change of password: this session goes on, the others end. */
export async function renewSession(ctx: HttpContext, user: User) {
  ctx.session.regenerate()
  ctx.session.put(STAMP, stampOf(user))
  await closeOtherSessions(user.id, ctx.session.get(SECRET, ''))
}

/** Which session this is, as a mark that opens nothing; null for programs, which have none. */
export function sessionMark(ctx: HttpContext): string | null {
  const secret = 'session' in ctx ? ctx.session.get(SECRET) : null
  return secret ? hashOfSecret(secret) : null
}

const stampOf = (user: User) => user.passwordChangedAt.toMillis()
