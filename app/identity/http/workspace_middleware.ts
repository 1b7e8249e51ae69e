import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Actor } from '../actor.ts'
import { NoSuchWorkspace, NotSignedIn } from '../errors.ts'
import { Membership } from '../models/membership.ts'
import type { Workspace } from '../models/workspace.ts'
import { fromRequest } from './from_request.ts'
import { sessionUser } from './session_user.ts'

/**
 * Who asks, and for which workspace: a program by its token, which belongs to one workspace; a person by the session
 * and the workspace that the page names in `x-workspace` (without it, their first one).
 */
export default class WorkspaceMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { membership, actor } = isProgram(ctx) ? await byToken(ctx) : await bySession(ctx)
    ctx.membership = membership
    ctx.workspace = membership.workspace
    ctx.actor = { ...actor, ...fromRequest(ctx) }
    ctx.caller = `${actor.kind}:${actor.id}`
    return next()
  }
}

const isProgram = ({ request }: HttpContext) => request.header('authorization') !== undefined

async function byToken(ctx: HttpContext) {
  if (!(await ctx.auth.use('api').check())) {
    throw new NotSignedIn('This token is unknown, expired or revoked. Make a new one in Settings → API tokens.')
  }
  const membership = ctx.auth.use('api').user! as Membership & {
    currentAccessToken: { identifier: unknown; name: string | null }
  }
  await membership.load('workspace')
  const token = membership.currentAccessToken
  return {
    membership,
    actor: { kind: 'token', id: Number(token.identifier), label: token.name ?? 'API token' } satisfies Actor,
  }
}

async function bySession(ctx: HttpContext) {
  const user = await sessionUser(ctx)
  if (!user) throw new NotSignedIn('Sign in first.')
  const wanted = ctx.request.header('x-workspace')
  const query = Membership.query().where('user_id', user.id).preload('workspace').orderBy('id')
  if (wanted !== undefined) query.where('workspace_id', /^\d{1,15}$/.test(wanted) ? Number(wanted) : 0)
  const membership = await query.first()
  if (!membership) {
    throw new NoSuchWorkspace('There is no such workspace, or you are not a member of it.')
  }
  return { membership, actor: { kind: 'user', id: user.id, label: user.fullName ?? user.email } satisfies Actor }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    workspace: Workspace
    membership: Membership
    actor: Actor
  }
}
