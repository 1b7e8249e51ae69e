import db from '@adonisjs/lucid/services/db'
import { CannotFetch } from '#platform'
import type { Actor } from '#identity'
import { MailboxUnreachable, SignInRefused, SignInUnknown } from '../../../errors.ts'
import type { BounceMailbox } from '../../../models/bounce_mailbox.ts'
import { openSecret } from '../../../providers/secrets.ts'
import { keepMailbox } from '../keep_mailbox.ts'
import { NoToken, redeemAnswer } from './ask_provider.ts'
import { hashOfState, redirectUriOf, type SignIn, type Traveller } from './begin_sign_in.ts'
import type { NewGrant } from './grant.ts'
import { providerOf } from './mail_app.ts'

/**
 * The second half: somebody came back from the consent, in the session in which they went. The state is good once, so nothing
 * can be sent twice; the mailbox is tried before it is kept, and stays as it was when anything fails.
 *
 * @param answer what the provider put into the address: `code` and `state`, or `error`
 * @throws SignInUnknown, SignInRefused, MailboxUnreachable, and what `keepMailbox` throws
 */
export async function finishSignIn({
  traveller,
  answer,
  actor,
}: {
  traveller: Traveller
  answer: { state: string } & Record<string, string>
  actor: Actor
}): Promise<BounceMailbox> {
  const { workspaceId } = traveller
  const { settings, ...asked } = await taken(traveller, answer.state)
  return keepMailbox({ workspaceId, settings, login: { grant: await grantFor(asked, workspaceId, answer) }, actor })
}

async function taken({ workspaceId, userId, sessionMark }: Traveller, state: string): Promise<SignIn> {
  const { rows } = await db.rawQuery(
    `delete from mailbox_sign_ins
     where workspace_id = ? and session_mark = ? and user_id = ? and state_hash = ? and expires_at > clock_timestamp()
     returning sealed`,
    [workspaceId, sessionMark, userId, hashOfState(state)]
  )
  if (rows.length === 0) {
    throw new SignInUnknown(
      'This sign-in did not begin here, was finished already, or took longer than ten minutes. Nothing was changed. Begin again.'
    )
  }
  return JSON.parse(openSecret('mailbox_sign_in', rows[0].sealed))
}

async function grantFor(
  { app, clientSecret, verifier }: Omit<SignIn, 'settings'>,
  workspaceId: number,
  answer: { state: string } & Record<string, string>
): Promise<NewGrant> {
  const redirectUri = redirectUriOf(workspaceId)
  const { name } = providerOf(app)
  try {
    const tokens = await redeemAnswer(
      { app, clientSecret },
      { answer: new URLSearchParams(answer), state: answer.state, redirectUri, verifier }
    )
    const { refreshToken } = tokens
    if (refreshToken === null) {
      throw new SignInRefused(
        `${name} lets us in for an hour or so only: it gave no refresh token. Many want offline_access in the scope for it. Nothing was changed.`,
        { field: 'app.scope' }
      )
    }
    return { app, clientSecret, tokens: { ...tokens, refreshToken } }
  } catch (error) {
    if (error instanceof NoToken) throw new SignInRefused(`${error.message} Nothing was changed.`)
    if (error instanceof CannotFetch) {
      throw new MailboxUnreachable(`${name} gave no answer to the sign-in: ${error.message} Nothing was changed.`)
    }
    throw error
  }
}
