import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { NotAllowed, sessionMark } from '#identity'
import { MailboxIncomplete } from '../errors.ts'
import { beginSignIn, type Traveller } from '../feedback/mailbox/oauth/begin_sign_in.ts'
import { finishSignIn } from '../feedback/mailbox/oauth/finish_sign_in.ts'
import { serverOf, type MailApp } from '../feedback/mailbox/oauth/mail_app.ts'
import { mailboxJson } from '../feedback/mailbox/mailbox_json.ts'
import { signInAnswerValidator, signInValidator } from './bounce_mailbox_validator.ts'

/** `/bounce-mailbox/sign-ins`: the mailbox of a provider that takes no passwords. A person goes there and comes back. */
export default class MailboxSignInsController {
  async store(ctx: HttpContext) {
    const { request, response } = ctx
    const traveller = travellerOf(ctx)
    const input = await request.validateUsing(signInValidator)
    const { after_reading: afterReading = 'seen', move_to: moveTo = null, folder = 'INBOX', address, user } = input
    const app = appOf(input.app)
    const settings = { ...(serverOf(app) ?? serverIn(input)), address, user, folder, afterReading, moveTo }
    response.status(201)
    return beginSignIn({ traveller, settings, app, clientSecret: input.app.client_secret })
  }

  /** What the provider sent somebody back with. */
  async answer(ctx: HttpContext) {
    const traveller = travellerOf(ctx)
    const answer = await ctx.request.validateUsing(signInAnswerValidator)
    const mailbox = await finishSignIn({ traveller, answer, actor: ctx.actor })
    return { mailbox: await mailboxJson(mailbox) }
  }
}

type Input = Infer<typeof signInValidator>

function travellerOf(ctx: HttpContext): Traveller {
  const mark = sessionMark(ctx)
  if (ctx.actor.kind !== 'user' || !mark) {
    throw new NotAllowed('A program cannot consent. Sign in to the mailbox in a browser: Settings → Sending.')
  }
  return { workspaceId: ctx.workspace.id, userId: ctx.actor.id!, sessionMark: mark }
}

function serverIn({ host, port = 993, security = 'tls' }: Input) {
  if (host === undefined) throw new MailboxIncomplete('Name the IMAP server.', { field: 'host' })
  return { host, port, security }
}

function appOf(app: Input['app']): MailApp {
  const clientId = app.client_id
  if (app.kind === 'google') return { kind: 'google', clientId }
  if (app.kind === 'microsoft') return { kind: 'microsoft', clientId, tenant: app.tenant ?? 'organizations' }
  return {
    kind: 'other',
    clientId,
    authorizationEndpoint: app.authorization_endpoint!,
    tokenEndpoint: app.token_endpoint!,
    scope: app.scope!,
    clientAuth: app.client_auth ?? 'basic',
  }
}
