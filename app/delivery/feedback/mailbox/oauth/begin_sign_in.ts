import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { PrivateAddress } from '#platform'
import { appUrl } from '#config/app'
import { MailboxIncomplete, MailboxRefused } from '../../../errors.ts'
import { environment } from '../../../providers/environment.ts'
import { sealSecret } from '../../../providers/secrets.ts'
import { addressOf } from '../imap.ts'
import { refuseIncomplete, type MailboxSettings } from '../keep_mailbox.ts'
import { refuseServer } from '../try_mailbox.ts'
import { consentAddress } from './ask_provider.ts'
import { grantOf, openGrant } from './grant.ts'
import { providerOf, type MailApp } from './mail_app.ts'

/** What waits for somebody to come back. */
export interface SignIn {
  settings: MailboxSettings
  app: MailApp
  clientSecret: string
  verifier: string
}

/** Whose way it is: one person's, in one session of theirs. */
export interface Traveller {
  workspaceId: number
  userId: number
  sessionMark: string
}

/** Where a provider sends people back to. It is registered there letter by letter. */
export const redirectUriOf = (workspaceId: number) => `${appUrl}/w/${workspaceId}/settings/sending/sign-in`

export const hashOfState = (state: string) => createHash('sha256').update(state).digest('hex')

const MINUTES = 10

/**
 * The first half of a sign-in (RFC 6749 §4.1): where to consent. The mailbox stays as it is until somebody has come back
 * from there. A second one from the same session takes the place of the first.
 *
 * @param clientSecret missing: the stored one, if it was given for this app
 * @throws MailboxIncomplete, MailboxRefused (each names the field)
 */
export async function beginSignIn({
  traveller: { workspaceId, userId, sessionMark },
  settings,
  app,
  clientSecret,
}: {
  traveller: Traveller
  settings: MailboxSettings
  app: MailApp
  clientSecret?: string
}): Promise<{ url: string }> {
  refuseIncomplete(settings)
  const secret = clientSecret ?? (await storedSecret(workspaceId, app))
  await refuseEndpoints(app)
  await refuseServer(settings)
  const { generateRandomCodeVerifier, generateRandomState } = await import('oauth4webapi')
  const [state, verifier] = [generateRandomState(), generateRandomCodeVerifier()]
  const waiting: SignIn = { settings, app, clientSecret: secret, verifier }
  await db.rawQuery(
    `insert into mailbox_sign_ins (workspace_id, session_mark, user_id, state_hash, sealed, expires_at)
     values (?, ?, ?, ?, ?, clock_timestamp() + make_interval(mins => ?))
     on conflict (workspace_id, session_mark) do update set user_id = excluded.user_id, state_hash = excluded.state_hash,
       sealed = excluded.sealed, expires_at = excluded.expires_at`,
    [
      workspaceId,
      sessionMark,
      userId,
      hashOfState(state),
      sealSecret('mailbox_sign_in', JSON.stringify(waiting)),
      MINUTES,
    ]
  )
  const redirectUri = redirectUriOf(workspaceId)
  return { url: await consentAddress(app, { redirectUri, state, verifier, user: settings.user }) }
}

/** A stored client secret goes to the provider that it was given for, and nowhere else. */
async function storedSecret(workspaceId: number, app: MailApp): Promise<string> {
  const grant = await grantOf(workspaceId)
  const isSame =
    grant !== null &&
    grant.app.clientId === app.clientId &&
    providerOf(grant.app).tokenEndpoint === providerOf(app).tokenEndpoint
  if (isSame) return openGrant(grant).clientSecret
  throw new MailboxIncomplete('Give the client secret of this app.', { field: 'app.client_secret' })
}

async function refuseEndpoints(app: MailApp) {
  if (app.kind !== 'other') return
  const endpoints = { authorization_endpoint: app.authorizationEndpoint, token_endpoint: app.tokenEndpoint }
  for (const [name, address] of Object.entries(endpoints)) {
    const why = await whyNot(address, name === 'token_endpoint')
    if (why) throw new MailboxRefused(why, { field: `app.${name}` })
  }
}

/** The token endpoint is asked by us: it is looked up now, to say so before somebody consents, and judged again at each call. */
async function whyNot(address: string, isAsked: boolean): Promise<string | null> {
  const mayBePrivate = environment().ALLOW_PRIVATE_ADDRESSES
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || url.username || url.password || url.hash) return 'This is no address of an OAuth 2.0 server.'
  if (url.protocol !== 'https:' && !(mayBePrivate && url.protocol === 'http:')) return 'It must begin with https://.'
  if (!isAsked) return null
  try {
    await addressOf(url.hostname.replace(/^\[|\]$/g, ''), mayBePrivate)
    return null
  } catch (error) {
    return error instanceof PrivateAddress
      ? `${error.message} Whoever runs Assent can allow it with ALLOW_PRIVATE_ADDRESSES=true.`
      : 'There is no server of this name. Check the address.'
  }
}

/** Hourly: those from which nobody came back. */
export async function cleanSignIns() {
  await db.rawQuery('delete from mailbox_sign_ins where expires_at < clock_timestamp()')
}
