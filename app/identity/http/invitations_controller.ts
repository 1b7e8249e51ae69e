import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest, touch } from '#platform'
import { audit } from '../audit.ts'
import { acceptInvitation, invite, readInvitation } from '../members/invitations.ts'
import { Invitation } from '../models/invitation.ts'
import { fromRequest } from './from_request.ts'
import { acceptInvitationValidator, inviteValidator } from './identity_validators.ts'
import { sessionJson } from './session_controller.ts'
import { beginSession, sessionUser } from './session_user.ts'

/** `GET/POST/DELETE /invitations` for those who invite; `GET /invitations/:token`, `POST …/accept` for the invited. */
export default class InvitationsController {
  async index(ctx: HttpContext) {
    return keysetPage(Invitation.of(ctx.workspace).whereNull('accepted_at'), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (invitation: Invitation) => invitation.id }],
      toJson: invitationJson,
    })
  }

  async store({ request, response, workspace, membership, actor }: HttpContext) {
    const input = await request.validateUsing(inviteValidator)
    const { invitation, link } = await invite({ workspace, ...input, by: membership, actor })
    return response.created({ ...invitationJson(invitation), link })
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const invitation = await Invitation.of(workspace).whereNull('accepted_at').findOrFail(params.id)
    await db.transaction(async (trx) => {
      await invitation.useTransaction(trx).delete()
      await audit('member.invitation_withdrawn', {
        workspaceId: workspace.id,
        actor,
        subject: { type: 'invitation', id: invitation.id },
        trx,
      })
      await touch(trx, workspace.id, ['invitations'])
    })
    return response.noContent()
  }

  /** What the link opens, for the page that asks. */
  async show({ params }: HttpContext) {
    const { invitation, workspace, hasAccount } = await readInvitation(params.token)
    return {
      workspace_name: workspace.name,
      email: invitation.email,
      role: invitation.role,
      has_account: hasAccount,
      expires_at: invitation.expiresAt.toUTC().toISO()!,
    }
  }

  /** Signed in: joins as that account, with an empty body. Otherwise `full_name` and `password` make one. */
  async accept(ctx: HttpContext) {
    const present = await sessionUser(ctx)
    const input = await ctx.request.validateUsing(acceptInvitationValidator)
    const account =
      input.full_name !== undefined && input.password !== undefined
        ? { fullName: input.full_name, password: input.password }
        : undefined
    const { user } = await acceptInvitation({
      secret: ctx.params.token,
      user: present,
      account,
      from: fromRequest(ctx),
    })
    if (!present && 'session' in ctx) await beginSession(ctx, user)
    return ctx.response.created(await sessionJson(user))
  }
}

const invitationJson = (invitation: Invitation) => ({
  id: String(invitation.id),
  email: invitation.email,
  role: invitation.role,
  is_expired: invitation.expiresAt.toMillis() < Date.now(),
  created_at: invitation.createdAt.toUTC().toISO()!,
  expires_at: invitation.expiresAt.toUTC().toISO()!,
})
