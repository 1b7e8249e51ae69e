import http from 'node:http'
import https from 'node:https'
import type { Resend } from 'resend'
import type { ResendFailure } from './resend_refusals.ts'

/** What came of one call, in the SDK's terms. All null: nobody knows. */
export interface Answer {
  data: unknown
  error: ResendFailure | null
  headers: Record<string, string> | null
  /** The body has left: nothing reads it any more. */
  isFlushed?: boolean
}

/** Connections are kept: a new one for every batch would cost more than the batch. */
const agents = {
  'http:': new http.Agent({ keepAlive: true, timeout: 60_000 }),
  'https:': new https.Agent({ keepAlive: true, timeout: 60_000 }),
}

/** An answer to a batch has some five thousand bytes. */
const LONGEST_ANSWER = 1_000_000

/**
 * `POST /emails/batch` as the SDK makes it (a test compares the two on the wire), but without `fetch`, which copies the body
 * thrice and costs more than making the mails (docs/decisions/0005). Like the SDK it never throws.
 */
export function postBatch(
  { key, baseUrl, userAgent }: Pick<Resend, 'key' | 'baseUrl' | 'userAgent'>,
  body: Buffer,
  { idempotencyKey, signal }: { idempotencyKey: string; signal: AbortSignal }
): Promise<Answer> {
  const url = new URL(`${baseUrl}/emails/batch`)
  const { request } = url.protocol === 'http:' ? http : https
  return new Promise((resolve) => {
    const call = request(url, {
      method: 'POST',
      agent: agents[url.protocol as keyof typeof agents],
      signal,
      headers: {
        'authorization': `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': body.length,
        'idempotency-key': idempotencyKey,
        'user-agent': userAgent,
        'x-batch-validation': 'strict',
      },
    })
    let hasLeft = false
    call.on('socket', (socket) => {
      if (!socket.connecting) hasLeft = true
      else socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => (hasLeft = true))
    })
    const noAnswer = (failure: Error) => resolve(silence(failure, hasLeft))
    call.on('error', noAnswer)
    call.on('response', (response) =>
      readAnswer(response).then((answer) => resolve({ ...answer, isFlushed: call.writableFinished }), noAnswer)
    )
    call.end(body)
  })
}

/** What never reached a connection was not sent, whatever else is wrong. */
function silence({ message }: Error, hasLeft: boolean): Answer {
  const error: Answer['error'] = { name: 'no_answer', message, statusCode: null }
  return { data: null, headers: null, error: hasLeft ? error : { ...error, neverLeft: true } }
}

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    if (length > LONGEST_ANSWER) throw new Error('The answer is far too long.')
    chunks.push(chunk)
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
  const status = response.statusCode!
  const told = parsed(Buffer.concat(chunks).toString())
  if (status >= 200 && status < 300) return { data: told, error: null, headers }
  return { data: null, error: { ...told, statusCode: status }, headers }
}

/** Null for whatever is no JSON object: a page of a proxy, half an answer. */
function parsed(text: string): Record<string, any> | null {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
