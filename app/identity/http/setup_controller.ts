import type { HttpContext } from '@adonisjs/core/http'
import { setUp } from '../accounts/set_up.ts'
import { fromRequest } from './from_request.ts'
import { setupValidator } from './identity_validators.ts'
import { sessionJson } from './session_controller.ts'
import { beginSession } from './session_user.ts'

/** `POST /setup`: the first owner of a fresh installation, signed in at once. */
export default class SetupController {
  async store(ctx: HttpContext) {
    const input = await ctx.request.validateUsing(setupValidator)
    const { user } = await setUp({
      workspaceName: input.workspace_name,
      fullName: input.full_name,
      email: input.email,
      password: input.password,
      from: fromRequest(ctx),
    })
    if ('session' in ctx) await beginSession(ctx, user)
    return ctx.response.created(await sessionJson(user))
  }
}
