import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import env from '#start/env'
import { appUrl } from '#config/app'
import { isPublicAddress, lookupPublic, PrivateAddress } from './public_address.ts'

/** Why an address could not be read, in words for whoever gave it. */
export class CannotFetch extends Error {}

export interface Fetched {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
  /** Where it came from in the end. */
  url: string
}

const MOST_REDIRECTS = 4

/**
 * GETs an address on somebody's behalf: http(s) only, never a machine next to ours (each hop is looked up and connected
 * to by the very address that was judged), few redirects, so many bytes unpacked, so much time in all. No cookie and no
 * password travels.
 *
 * @throws CannotFetch
 */
export async function fetchPublic(
  url: string,
  { headers = {}, maxBytes, timeoutMs }: { headers?: Record<string, string>; maxBytes: number; timeoutMs: number }
): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs)
  let at = url
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const answer = await ask('GET', checked(at), { headers, signal })
      const { statusCode: status = 0, headers: answered } = answer
      if ([301, 302, 303, 307, 308].includes(status) && answered.location) {
        answer.destroy()
        at = new URL(answered.location, at).href
        continue
      }
      return { status, headers: answered, body: await bodyOf(answer, { maxBytes, signal }), url: at }
    }
  } catch (error) {
    throw error instanceof CannotFetch ? error : new CannotFetch(inWords(error, signal, timeoutMs))
  }
  throw new CannotFetch(`It leads on and on: more than ${MOST_REDIRECTS} redirects.`)
}

/**
 * POSTs what nobody else may read: by https alone (unless the installation allows private addresses), never to a machine next
 * to ours, and led nowhere else: an answer that redirects is an answer.
 *
 * @throws CannotFetch
 */
export async function postPublic(
  url: string,
  {
    body,
    headers = {},
    maxBytes,
    timeoutMs,
  }: { body: string; headers?: Record<string, string>; maxBytes: number; timeoutMs: number }
): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs)
  const to = checked(url)
  if (to.protocol !== 'https:' && !mayBePrivate()) throw new CannotFetch('Secrets are sent by https only.')
  try {
    const answer = await ask('POST', to, { headers, signal, body })
    const { statusCode: status = 0, headers: answered } = answer
    return { status, headers: answered, body: await bodyOf(answer, { maxBytes, signal }), url }
  } catch (error) {
    throw error instanceof CannotFetch ? error : new CannotFetch(inWords(error, signal, timeoutMs))
  }
}

function checked(url: string): URL {
  if (!URL.canParse(url)) throw new CannotFetch('This is no web address.')
  const parsed = new URL(url)
  if (!['http:', 'https:'].includes(parsed.protocol)) throw new CannotFetch('Only http and https addresses are read.')
  if (parsed.username || parsed.password) throw new CannotFetch('An address with a password in it is not read.')
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublicAddress(host) && !mayBePrivate()) throw new CannotFetch(new PrivateAddress(host).message)
  return parsed
}

/** For an installation whose feeds live in its own network: its operator says so, not its users. */
const mayBePrivate = () =>
  (process.env.ALLOW_PRIVATE_ADDRESSES ?? String(env.get('ALLOW_PRIVATE_ADDRESSES'))) === 'true'

function ask(
  method: 'GET' | 'POST',
  url: URL,
  { headers, signal, body }: { headers: Record<string, string>; signal: AbortSignal; body?: string }
) {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise<IncomingMessage>((resolve, reject) => {
    request(
      url,
      {
        method,
        signal,
        agent: false,
        headers: {
          'user-agent': `Assent (+${appUrl})`,
          'accept-encoding': 'gzip, deflate, br',
          ...headers,
        },
        ...(mayBePrivate() ? {} : { lookup: lookupPublic }),
      },
      resolve
    )
      .once('error', reject)
      .end(body)
  })
}

const unpackers = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress }

async function bodyOf(answer: IncomingMessage, { maxBytes, signal }: { maxBytes: number; signal: AbortSignal }) {
  const unpack = unpackers[answer.headers['content-encoding'] as keyof typeof unpackers]
  const stream: Readable = unpack ? answer.pipe(unpack()) : answer
  answer.once('error', (error) => stream.destroy(error))
  const onAbort = () => stream.destroy(new CannotFetch('It takes too long.'))
  signal.addEventListener('abort', onAbort, { once: true })
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of stream) {
      size += part.length
      if (size > maxBytes) throw new CannotFetch(`It is larger than ${Math.round(maxBytes / 1_000_000)} MB.`)
      parts.push(part)
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    answer.destroy()
  }
  return Buffer.concat(parts)
}

function inWords(error: unknown, signal: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return `It did not answer within ${timeoutMs / 1_000} seconds.`
  if (error instanceof PrivateAddress) return error.message
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return 'There is no such host.'
  if (code === 'ECONNREFUSED') return 'Nobody answers there.'
  return `It cannot be read (${code || message}).`
}
