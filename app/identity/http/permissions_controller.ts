import type { HttpContext } from '@adonisjs/core/http'
import { allPermissions, permissions, roles } from '../permissions.ts'

/** `GET /permissions`: the one table of who may do what, and what of it whoever asks may do here. */
export default class PermissionsController {
  async index({ membership }: HttpContext) {
    return {
      roles: [...roles],
      permissions: allPermissions.map((name) => ({ name, roles: [...permissions[name]] as string[] })),
      mine: allPermissions.filter((name) => membership.mayNow(name)) as string[],
    }
  }
}
