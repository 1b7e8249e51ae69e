import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { NotSignedIn } from '../errors.ts'
import type { User } from '../models/user.ts'
import { sessionUser } from './session_user.ts'

/** For what concerns a person, not a workspace: their account, their workspaces. Programs have neither. */
export default class PersonMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const person = await sessionUser(ctx)
    if (!person) throw new NotSignedIn('Sign in first.')
    ctx.person = person
    return next()
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Behind `middleware.person()`: who is signed in. */
    person: User
  }
}
