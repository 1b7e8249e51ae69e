import { authenticate } from './api_keys.js'
import { underChaos } from './chaos.js'
import { tooManyRequests } from './rate_limit.js'
import { Refusal } from './refusal.js'
import { routeFor } from './router.js'

/**
 * Where every request to Resend's API comes in: who asks, how often, for what, and what goes wrong with the answer.
 * Every answer carries the headers of rate limit and quota.
 * @param {import('./world.js').World} world
 * @param {{ method: string, path: string, query: URLSearchParams, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} request
 * @returns {Promise<{ status?: number, body?: string, headers?: object, isDropped?: boolean, isHanging?: boolean }>}
 */
export async function answer(world, request) {
  world.counts.requests++
  if (!request.headers['user-agent']) return { status: 403, body: '{"error_code":1010}' }
  const rate = world.rateLimit.take(request.headers.authorization ?? '')
  const rule = world.chaos.strike(request)
  const facts = { limit: world.rateLimit.limit, changed: world.chaos.changed }
  const given = await underChaos(rule, facts, (pause) => carryOut(world, { ...request, pause }, rate))
  return { ...given, headers: { ...rate.headers, ...world.quota.headers, ...given.headers } }
}

async function carryOut(world, request, rate) {
  try {
    const route = routeFor(request.method, request.path)
    const apiKey = authenticate(request.headers, route)
    if (rate.isExceeded) throw tooManyRequests(world.rateLimit.limit)
    if (!route.isSending) await request.pause()
    return await route.handle(world, { ...request, apiKey, params: route.params })
  } catch (error) {
    return refused(world, error)
  }
}

/** A refusal is an answer. Anything else is a fault of the stand-in: it is shown, and answered as Resend would. */
function refused(world, error) {
  if (!(error instanceof Refusal)) {
    console.error(error)
    return new Refusal(500, 'internal_server_error', `The stand-in failed: ${error.message}`).answer
  }
  if (error.name === 'concurrent_idempotent_requests') world.counts.in_flight++
  else if (error.status === 409) world.counts.conflicts++
  else if (error.name === 'rate_limit_exceeded') world.counts.rate_limited++
  else world.counts.refused++
  return error.answer
}
