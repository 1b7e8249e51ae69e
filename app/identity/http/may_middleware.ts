import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { NotAllowed } from '../errors.ts'
import type { Permission } from '../permissions.ts'

/** The permission on the route line: the role must grant it, and a program's token must carry it as a scope. */
export default class MayMiddleware {
  async handle(ctx: HttpContext, next: NextFn, permission: Permission) {
    if (!ctx.membership.may(permission)) {
      throw new NotAllowed(
        `Your role (${ctx.membership.role}) does not allow this. Ask an owner or admin of ${ctx.workspace.name}.`,
        { permission }
      )
    }
    if (!ctx.membership.mayNow(permission)) {
      throw new NotAllowed(`This token lacks the scope ${permission}. Make one that has it in Settings → API tokens.`, {
        permission,
      })
    }
    return next()
  }
}
