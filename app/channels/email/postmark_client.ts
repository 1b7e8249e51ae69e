import { createHash } from 'node:crypto'
import { ServerClient } from 'postmark'
import { NO_CONNECTION } from './no_connection.ts'

/** A server of Postmark. Campaigns go by its broadcast stream, all other mail by its transactional one. */
export interface PostmarkAccess {
  serverToken: string
  broadcastStream: string
  transactionalStream: string
  /** Another address than Postmark's, for tests. */
  baseUrl?: string
}

/** Names the server of a token without saying the token. */
export const postmarkAccount = ({ serverToken }: PostmarkAccess) =>
  `postmark:${createHash('sha256').update(`assent:${serverToken}`).digest('hex').slice(0, 16)}`

export const postmarkEndpoint = ({ baseUrl }: PostmarkAccess) => baseUrl ?? 'https://api.postmarkapp.com'

/** Begins the message of an error of a call that was never made. */
export const NEVER_LEFT = 'Postmark was not reached: '

/** The official client. It repeats nothing by itself; `seconds` is how long an answer is waited for. */
export function postmarkClient(access: PostmarkAccess, { seconds = 30 }: { seconds?: number } = {}): ServerClient {
  const { protocol, host } = new URL(postmarkEndpoint(access))
  return new ServerClient(access.serverToken, {
    useHttps: protocol === 'https:',
    requestHost: host,
    timeout: seconds,
    fetch: onFreshConnection,
  })
}

/**
 * A connection of its own for each call: one that the other side closes while it waits for work would leave a hundred mails
 * unconfirmed. The client tells a call that was never made from one without an answer by nothing; we do by the message.
 */
async function onFreshConnection(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(input, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), connection: 'close' },
    })
  } catch (error) {
    const { code = '', message = '' } = ((error as Error).cause ?? {}) as { code?: string; message?: string }
    if (!NO_CONNECTION.test(code)) throw error
    throw new Error(`${NEVER_LEFT}${message || code}`)
  }
}
