import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getActiveTestOrFail } from '@japa/runner'

const clientId = 'the-bakery'
/** With signs that a header has to carry encoded (RFC 6749 §2.3.1). */
const clientSecret = 'flour & water: 100%'
const scope = 'imap offline_access'

/**
 * A provider's OAuth 2.0 server (RFC 6749, PKCE by RFC 7636), for the running test: a page to consent on, codes and refresh
 * tokens that are good once, and an end to the whole consent when one comes twice (RFC 9700 §4.14.2). `says` can be changed
 * on the way.
 *
 * @param sendBack where a browser that knows this machine by another name is sent
 */
export async function mailProvider({ sendBack = (address: string) => address } = {}) {
  const says = {
    lifetime: 3_600,
    rotates: true,
    givesRefreshToken: true,
    givesIdToken: false,
    knowsClient: true,
    /** Before it has looked at the request. */
    hangsUp: false,
    answer: null as null | { status: number; type?: string; body: string },
  }
  const codes = new Map<string, URLSearchParams>()
  const refreshTokens = new Map<string, 'good' | 'used'>()
  let accessToken = { value: '', expiresAt: 0 }
  const asked: { grant: string; at: number; secretIn: 'header' | 'body' }[] = []
  /** The next token is given, but its answer does not leave before this. */
  let whenReleased: Promise<void> | undefined

  const consentPage = (query: URLSearchParams, response: ServerResponse) => {
    const right =
      query.get('response_type') === 'code' &&
      query.get('client_id') === clientId &&
      /^http:\/\/[\w.]+:\d+\/w\/\d+\/settings\/sending\/sign-in$/.test(query.get('redirect_uri') ?? '')
    if (!right) return response.writeHead(400).end('Unknown app or address.')
    const choice = query.get('choice')
    if (!choice) {
      const link = (name: string) => `<a href="/authorize?${query}&choice=${name}">${name}</a>`
      response.setHeader('content-type', 'text/html; charset=utf-8')
      return response.end(
        `<!doctype html><html lang="en"><title>Consent</title><h1>Consent</h1>${link('Allow')} ${link('Deny')}</html>`
      )
    }
    const back = new URL(query.get('redirect_uri')!)
    back.searchParams.set('state', query.get('state') ?? '')
    const wrong = choice === 'Deny' ? 'access_denied' : whatIsWrong(query)
    if (wrong) {
      back.searchParams.set('error', wrong)
      back.searchParams.set('error_description', `The person\u0000 said no: ${wrong}`)
    } else {
      const code = randomBytes(12).toString('base64url')
      codes.set(code, query)
      back.searchParams.set('code', code)
      back.searchParams.set('iss', 'https://provider.test/realms/bakery')
    }
    response.writeHead(302, { location: sendBack(back.href) }).end()
  }

  const whatIsWrong = (query: URLSearchParams) =>
    query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge')
      ? 'invalid_request'
      : query.get('scope') !== scope
        ? 'invalid_scope'
        : null

  const tokenAnswer = (request: IncomingMessage, form: URLSearchParams) => {
    const secretIn = request.headers.authorization ? 'header' : 'body'
    asked.push({ grant: form.get('grant_type')!, at: Date.now(), secretIn })
    if (says.answer) return says.answer
    const known = secretIn === 'header' ? byHeader(request.headers.authorization!) : byBody(form)
    if (!known || !says.knowsClient) return problem('invalid_client', 401)
    if (form.get('grant_type') === 'refresh_token') return renewed(form.get('refresh_token')!)
    return form.get('grant_type') === 'authorization_code' ? redeemed(form) : problem('unsupported_grant_type')
  }

  const redeemed = (form: URLSearchParams) => {
    const query = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const right = query?.get('code_challenge') === challenge && query.get('redirect_uri') === form.get('redirect_uri')
    return right ? tokens(says.givesRefreshToken) : problem('invalid_grant')
  }

  const renewed = (token: string) => {
    if (refreshTokens.get(token) !== 'good') {
      refreshTokens.clear()
      return problem('invalid_grant')
    }
    if (says.rotates) refreshTokens.set(token, 'used')
    return tokens(says.rotates)
  }

  const tokens = (withRefreshToken: boolean) => {
    const refreshToken = randomBytes(24).toString('base64url')
    if (withRefreshToken) refreshTokens.set(refreshToken, 'good')
    accessToken = {
      value: `at-${randomBytes(24).toString('base64url')}`,
      expiresAt: Date.now() + says.lifetime * 1_000,
    }
    const given = {
      access_token: accessToken.value,
      token_type: 'Bearer',
      expires_in: says.lifetime,
      ...(withRefreshToken ? { refresh_token: refreshToken } : {}),
      ...(says.givesIdToken ? { id_token: 'e30.e30.nobody-asked' } : {}),
    }
    return { status: 200, body: JSON.stringify(given) }
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://provider.test')
    if (url.pathname === '/authorize') return consentPage(url.searchParams, response)
    if (says.hangsUp) return request.socket.destroy()
    let body = ''
    for await (const part of request) body += part
    const {
      status,
      body: answer,
      type = 'application/json',
    } = tokenAnswer(request, new URLSearchParams(body)) as {
      status: number
      body: string
      type?: string
    }
    const held = whenReleased
    whenReleased = undefined
    await held
    const challenge = status === 401 && request.headers.authorization ? { 'www-authenticate': 'Basic realm="x"' } : {}
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...challenge }).end(answer)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  getActiveTestOrFail().cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    says,
    asked,
    /** The next answer does not leave before the returned function is called; what it tells of holds at once. */
    holdNext(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      whenReleased = promise
      return resolve
    },
    /** How often tokens were asked for with a refresh token. */
    renewals: () => asked.filter(({ grant }) => grant === 'refresh_token').length,
    app: {
      kind: 'other',
      client_id: clientId,
      client_secret: clientSecret,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      scope,
    },
    /** The one access token that is good, for a mail server to ask; empty: none is. */
    goodToken: () => (accessToken.expiresAt > Date.now() ? accessToken.value : ''),
    /** As an administrator does who ends all sessions. */
    revoke: () => {
      refreshTokens.clear()
      accessToken = { value: '', expiresAt: 0 }
    },
    /** A server that takes a token no more before its time. */
    forgetAccess: () => {
      accessToken = { value: '', expiresAt: 0 }
    },
    /** What somebody's browser does there, up to the address that it is sent back to. */
    consent: async (url: string, choice: 'Allow' | 'Deny' = 'Allow') => {
      const answer = await fetch(`${url}&choice=${choice}`, { redirect: 'manual' })
      if (answer.status !== 302) throw new Error(`No consent: ${answer.status} ${await answer.text()}`)
      return Object.fromEntries(new URL(answer.headers.get('location')!).searchParams)
    },
  }
}

export type StandInProvider = Awaited<ReturnType<typeof mailProvider>>

const problem = (error: string, status = 400) => ({ status, body: JSON.stringify({ error }) })

const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

function byHeader(header: string) {
  const [id, secret] = Buffer.from(header.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
  return decoded(id) === clientId && decoded(secret ?? '') === clientSecret
}

const byBody = (form: URLSearchParams) =>
  form.get('client_id') === clientId && form.get('client_secret') === clientSecret
