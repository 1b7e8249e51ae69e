import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { errors } from '@adonisjs/lucid'
import { keysetPage, pageRequest, touch } from '#platform'
import { audit } from '../audit.ts'
import { Invitation } from '../models/invitation.ts'
import { createToken } from '../tokens/create_token.ts'
import { createTokenValidator } from './identity_validators.ts'

/** `GET/POST/DELETE /tokens`: keys for programs. The value is in the answer to POST and nowhere else, ever. */
export default class TokensController {
  async index(ctx: HttpContext) {
    return keysetPage(tokensOf(ctx.workspace), {
      ...pageRequest(ctx),
      sort: [{ column: 't.id', direction: 'desc', value: (row: any) => row.id }],
      toJson: tokenJson,
    })
  }

  async store({ request, response, workspace, membership, actor }: HttpContext) {
    const input = await request.validateUsing(createTokenValidator)
    const token = await createToken({
      membership,
      name: input.name,
      scopes: input.scopes,
      asking: membership.currentAccessToken,
      expiresInDays: input.expires_in_days,
      actor,
    })
    const row = await tokensOf(workspace).where('t.id', Number(token.identifier)).first()
    return response.created({ ...tokenJson(row), token: token.value!.release() })
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : 0
    const row = await tokensOf(workspace).where('t.id', id).first()
    if (!row) throw new errors.E_ROW_NOT_FOUND()
    await db.transaction(async (trx) => {
      await trx.from('access_tokens').where('id', id).delete()
      // whom a stolen token invited must not get in after it was taken away
      await Invitation.of(workspace, { client: trx }).where('invited_by_token', id).whereNull('accepted_at').delete()
      await audit('token.revoked', { workspaceId: workspace.id, actor, subject: { type: 'token', id }, trx })
      await touch(trx, workspace.id, ['tokens', 'invitations'])
    })
    return response.noContent()
  }
}

const tokensOf = (workspace: { id: number }) =>
  db
    .from('access_tokens as t')
    .join('memberships as m', 'm.id', 't.tokenable_id')
    .join('users as u', 'u.id', 'm.user_id')
    .where('m.workspace_id', workspace.id)
    .select('t.id', 't.name', 't.abilities', 't.created_at', 't.last_used_at', 't.expires_at')
    .select('u.id as user_id', 'u.full_name', 'u.email')

const tokenJson = (row: any) => ({
  id: String(row.id),
  name: String(row.name ?? ''),
  scopes: JSON.parse(row.abilities) as string[],
  member: { user_id: String(row.user_id), name: String(row.full_name ?? row.email) },
  created_at: toIso(row.created_at)!,
  last_used_at: toIso(row.last_used_at),
  expires_at: toIso(row.expires_at),
})

const toIso = (time: Date | null) => time?.toISOString() ?? null
