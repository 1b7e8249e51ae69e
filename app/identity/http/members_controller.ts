import type { HttpContext } from '@adonisjs/core/http'
import { keysetPage, pageRequest } from '#platform'
import { changeRole, removeMember } from '../members/change_role.ts'
import { Membership } from '../models/membership.ts'
import { changeRoleValidator } from './identity_validators.ts'

/** `GET/PATCH/DELETE /members`, `DELETE /membership` (leave). A member's id is the membership's. */
export default class MembersController {
  async index(ctx: HttpContext) {
    return keysetPage(membersOf(ctx.workspace).preload('user'), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'asc', value: (member: Membership) => member.id }],
      toJson: (member: Membership) => memberJson(member, ctx.membership),
    })
  }

  async update({ params, request, workspace, membership, actor }: HttpContext) {
    const member = await membersOf(workspace).preload('user').findOrFail(params.id)
    const { role } = await request.validateUsing(changeRoleValidator)
    await changeRole({ member, by: membership, role, actor })
    return memberJson(member.merge({ role }), membership)
  }

  async destroy({ params, response, workspace, membership, actor }: HttpContext) {
    const member = await membersOf(workspace).findOrFail(params.id)
    await removeMember({ member, by: membership, actor })
    return response.noContent()
  }

  /** Leaving is everybody's right; the last owner stays. */
  async leave({ response, membership, actor }: HttpContext) {
    await removeMember({ member: membership, by: membership, actor })
    return response.noContent()
  }
}

const membersOf = (workspace: { id: number }) => Membership.query().where('workspace_id', workspace.id)

const memberJson = (member: Membership, me: Membership) => ({
  id: String(member.id),
  user_id: String(member.userId),
  email: member.user.email,
  full_name: member.user.fullName,
  role: member.role,
  is_you: member.userId === me.userId,
  created_at: member.createdAt.toUTC().toISO()!,
})
