import type { AuthorizationServer, Client } from 'oauth4webapi'
import { cleanLine, postPublic, shortened } from '#platform'
import { environment } from '../../../providers/environment.ts'
import { providerOf, type MailApp, type MailProvider } from './mail_app.ts'

export interface Tokens {
  accessToken: string
  /** Null: the one before stays good (RFC 6749 §6). */
  refreshToken: string | null
  /** It is renewed after so many seconds, some time before it expires. */
  freshSeconds: number
}

interface Asked {
  app: MailApp
  clientSecret: string
}

/** Why a provider gave no token, in words for people. */
export class NoToken extends Error {
  /** Nothing but a person can change that. */
  isOver: boolean
  constructor(message: string, { isOver }: { isOver: boolean }) {
    super(message)
    this.isOver = isOver
  }
}

const ANSWER_MS = 15_000
const MOST_BYTES = 200_000

/** Where somebody consents (RFC 6749 §4.1.1, with a PKCE challenge: RFC 7636 §4.3). */
export async function consentAddress(
  app: MailApp,
  { redirectUri, state, verifier, user }: { redirectUri: string; state: string; verifier: string; user: string }
): Promise<string> {
  const { calculatePKCECodeChallenge } = await library()
  const { authorizationEndpoint, scope, extra } = providerOf(app)
  const address = new URL(authorizationEndpoint)
  const asked = {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(app.kind === 'microsoft' ? {} : { login_hint: user }),
    ...extra,
  }
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
  return address.href
}

/**
 * The tokens for what came back from the consent.
 *
 * @param answer the query that the browser came back with
 * @throws NoToken, CannotFetch (nobody answers, or too late)
 */
export function redeemAnswer(
  { app, clientSecret }: Asked,
  {
    answer,
    state,
    redirectUri,
    verifier,
  }: { answer: URLSearchParams; state: string; redirectUri: string; verifier: string }
): Promise<Tokens> {
  return inWords(app, async (provider) => {
    const oauth = await library()
    const { server, client, options, auth } = await asking(app, clientSecret)
    const query = new URLSearchParams(answer)
    if (provider.issuer === null) query.delete('iss')
    const params = oauth.validateAuthResponse(server, client, query, state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      auth,
      params,
      redirectUri,
      verifier,
      options
    )
    return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response))
  })
}

/** @throws NoToken, CannotFetch (nobody answers, or too late) */
export function renewTokens({ app, clientSecret }: Asked, refreshToken: string): Promise<Tokens> {
  return inWords(app, async () => {
    const oauth = await library()
    const { server, client, options, auth } = await asking(app, clientSecret)
    const response = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, options)
    return tokensOf(await oauth.processRefreshTokenResponse(server, client, response))
  })
}

/** Loaded when it is needed: most installations have no such mailbox, and every process would start later for it. */
const library = () => import('oauth4webapi')

async function asking(app: MailApp, clientSecret: string) {
  const { ClientSecretBasic, ClientSecretPost, customFetch, allowInsecureRequests } = await library()
  const { issuer, tokenEndpoint, clientAuth } = providerOf(app)
  const server: AuthorizationServer = { issuer: issuer ?? new URL(tokenEndpoint).origin, token_endpoint: tokenEndpoint }
  const client: Client = { client_id: app.clientId }
  const options = {
    [customFetch]: guarded,
    /** Only what an installation allows for its own network; `postPublic` refuses the rest. */
    [allowInsecureRequests]: environment().ALLOW_PRIVATE_ADDRESSES,
  }
  const auth = clientAuth === 'basic' ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret)
  return { server, client, options, auth }
}

/** The library's requests through our own guard. Who somebody is (`id_token`) was not asked, so nothing of it is looked at. */
async function guarded(url: string, { body, headers }: { body?: unknown; headers: Record<string, string> }) {
  const answer = await postPublic(url, { body: String(body), headers, maxBytes: MOST_BYTES, timeoutMs: ANSWER_MS })
  const kept = ['content-type', 'www-authenticate'].flatMap((name) =>
    typeof answer.headers[name] === 'string' ? [[name, answer.headers[name]] as [string, string]] : []
  )
  return new Response(withoutIdToken(answer.body.toString('utf8')), { status: answer.status, headers: kept })
}

function withoutIdToken(text: string): string {
  try {
    const { id_token: _, ...rest } = JSON.parse(text)
    return JSON.stringify(rest)
  } catch {
    return text
  }
}

const MARGIN_SECONDS = 300
const DAY_SECONDS = 86_400

/** A lifetime that is not told (RFC 6749 §5.1) is taken for ten minutes. */
function tokensOf(answer: { access_token: string; refresh_token?: string; expires_in?: number }): Tokens {
  const lives = Math.min(answer.expires_in ?? 600, DAY_SECONDS)
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    freshSeconds: Math.floor(lives - Math.min(MARGIN_SECONDS, lives / 2)),
  }
}

/** What no second try changes: the consent is gone, or the app is not what the provider knows (RFC 6749 §5.2, and Microsoft's own). */
const over = [
  ...['invalid_grant', 'invalid_client', 'unauthorized_client', 'invalid_scope', 'access_denied'],
  ...['interaction_required', 'consent_required', 'login_required'],
]

async function inWords(app: MailApp, ask: (provider: MailProvider) => Promise<Tokens>): Promise<Tokens> {
  const { AuthorizationResponseError, OperationProcessingError, ...oauth } = await library()
  const provider = providerOf(app)
  try {
    return await ask(provider)
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError || error instanceof AuthorizationResponseError) {
      throw new NoToken(refusal(provider, error.error, error.error_description), { isOver: over.includes(error.error) })
    }
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      throw new NoToken(refusal(provider, 'invalid_client'), { isOver: true })
    }
    if (error instanceof OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
      throw new NoToken(`${provider.name} does not answer as an OAuth 2.0 server does: ${error.message}.`, {
        isOver: false,
      })
    }
    throw error
  }
}

const words: Record<string, string> = {
  access_denied: 'consent was not given.',
  invalid_grant: 'it does not take this sign-in, or no longer.',
  invalid_scope: 'it does not know this scope.',
  invalid_client: 'the client id or the client secret is not accepted; a secret may have run out.',
  unauthorized_client: 'this app may not do that.',
}

function refusal({ name }: MailProvider, code: string, description = ''): string {
  const said = [shortened(cleanLine(description), 200).replace(/\.$/, ''), shortened(cleanLine(code), 60)].filter(
    (text) => text !== ''
  )
  return `${name} says that ${words[code] ?? 'it does not let this app in.'} (${said.join(', ')})`
}
