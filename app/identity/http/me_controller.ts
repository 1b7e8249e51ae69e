import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { setPassword } from '../accounts/password_resets.ts'
import { refuseWeakPassword } from '../accounts/passwords.ts'
import { WrongPassword } from '../errors.ts'
import { fromRequest } from './from_request.ts'
import { userJson, workspacesOf } from './identity_json.ts'
import { changePasswordValidator, updateMeValidator } from './identity_validators.ts'
import { renewSession } from './session_user.ts'

/** `GET/PATCH /me`, `PUT /me/password`: a person's own account. */
export default class MeController {
  async show({ person }: HttpContext) {
    return { user: userJson(person), workspaces: await workspacesOf(person) }
  }

  async update({ person, request }: HttpContext) {
    const { full_name: fullName } = await request.validateUsing(updateMeValidator)
    await person.merge({ fullName }).save()
    return { user: userJson(person), workspaces: await workspacesOf(person) }
  }

  /** The other sessions of this person end; this one goes on. */
  async password(ctx: HttpContext) {
    const { person } = ctx
    const input = await ctx.request.validateUsing(changePasswordValidator)
    const guesses = limiter.use('database', { requests: 10, duration: '15 mins' })
    await guesses.consume(`password:${person.id}`)
    if (!(await person.verifyPassword(input.current_password))) {
      throw new WrongPassword('This is not your present password.', { field: 'current_password' })
    }
    await guesses.delete(`password:${person.id}`)
    refuseWeakPassword(input.password, { email: person.email })
    await db.transaction((trx) =>
      setPassword({ user: person, password: input.password, action: 'password.changed', from: fromRequest(ctx), trx })
    )
    await renewSession(ctx, await person.refresh())
    return ctx.response.noContent()
  }
}
