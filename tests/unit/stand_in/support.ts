import { getActiveTestOrFail } from '@japa/runner'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Resend } from 'resend'
import { startStandIn } from '../../stand_in/server.js'

/** A stand-in of its own for the running test, and the real SDK pointed at it. */
export async function standInWith(options: Record<string, unknown> = {}) {
  const standIn = await startStandIn({ rps: 0, eventDelay: 1, retryScale: 0.001, ...options })
  getActiveTestOrFail().cleanup(() => standIn.close())
  return { standIn, resend: new Resend('re_bakery', { baseUrl: standIn.url }) }
}

/** A mail of the Blue Door Bakery, different where it is said so. */
export function mail(changes: Record<string, unknown> = {}) {
  return {
    from: 'Blue Door Bakery <news@bakery.test>',
    to: 'ada@people.test',
    subject: 'Fresh bread on Friday',
    html: '<p>Fresh bread</p>',
    text: 'Fresh bread',
    ...changes,
  } as any
}

/** Mails to so many people, each with its own number in the address. */
export const mails = (count: number) =>
  Array.from({ length: count }, (_, place) => mail({ to: `p${place}@people.test` }))

export type Post = {
  headers: { id: string; timestamp: string; signature: string }
  payload: string
  event: any
}

/** An endpoint that takes webhooks, except for the first `refusals`. */
export async function receiver({ refusals = 0 } = {}) {
  const posts: Post[] = []
  const server = http.createServer(async (request, response) => {
    const payload = Buffer.concat(await request.toArray()).toString()
    const named = (name: string) => String(request.headers[`svix-${name}`])
    const headers = {
      id: named('id'),
      timestamp: named('timestamp'),
      signature: named('signature'),
    }
    posts.push({ headers, payload, event: JSON.parse(payload) })
    response.writeHead(posts.length > refusals ? 200 : 503).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  getActiveTestOrFail().cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return { posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks` }
}

/** The types of the events that came in, in order. */
export const typesOf = (posts: Post[]) => posts.map(({ event }) => event.type)
