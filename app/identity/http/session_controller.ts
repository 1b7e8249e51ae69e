import type { HttpContext } from '@adonisjs/core/http'
import { NoSession } from '../errors.ts'
import { checkPassword } from '../accounts/sign_in.ts'
import { isSetupNeeded } from '../accounts/set_up.ts'
import type { User } from '../models/user.ts'
import { userJson, workspacesOf } from './identity_json.ts'
import { signInValidator } from './identity_validators.ts'
import { beginSession, endSession, sessionUser } from './session_user.ts'

/** `GET/POST/DELETE /session`: who sits before this browser. */
export default class SessionController {
  /** Answers the signed-out too: is there anybody yet, and who am I? Sets the XSRF-TOKEN cookie. */
  async show(ctx: HttpContext) {
    const user = await sessionUser(ctx)
    return sessionJson(user)
  }

  /** A session is for a browser: who shows a token (or anything else as authorization) gets none. */
  async store(ctx: HttpContext) {
    if (!('session' in ctx)) throw new NoSession('Leave the authorization header out: it signs in without a session.')
    const { email, password } = await ctx.request.validateUsing(signInValidator)
    const user = await checkPassword({ email, password, ip: ctx.request.ip() })
    await beginSession(ctx, user)
    return sessionJson(user)
  }

  async destroy(ctx: HttpContext) {
    if ('session' in ctx) await endSession(ctx)
    return ctx.response.noContent()
  }
}

export async function sessionJson(user: User | null) {
  return {
    setup_needed: user ? false : await isSetupNeeded(),
    user: user ? userJson(user) : null,
    workspaces: user ? await workspacesOf(user) : [],
  }
}
