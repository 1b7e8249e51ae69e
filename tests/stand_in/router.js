import { Refusal } from './refusal.js'
import * as domains from './routes/domains.js'
import * as emails from './routes/emails.js'
import * as sending from './routes/sending.js'
import * as suppressions from './routes/suppressions.js'
import * as usage from './routes/usage.js'
import * as webhooks from './routes/webhooks.js'

/** Every route that is spoken. The first that fits is taken, so fixed words come before `:id`. */
const ROUTES = [
  route('POST /emails', sending.sendEmail, { isSending: true }),
  route('POST /emails/batch', sending.sendBatch, { isSending: true }),
  route('GET /emails', emails.listEmails),
  route('GET /emails/metrics', emails.showMetrics),
  route('GET /emails/:id', emails.showEmail),
  route('PATCH /emails/:id', emails.rescheduleEmail),
  route('POST /emails/:id/cancel', emails.cancelEmail),
  route('POST /webhooks', webhooks.createWebhook),
  route('GET /webhooks', webhooks.listWebhooks),
  route('GET /webhooks/:id', webhooks.showWebhook),
  route('PATCH /webhooks/:id', webhooks.updateWebhook),
  route('DELETE /webhooks/:id', webhooks.removeWebhook),
  route('POST /webhooks/:id/signing-secret/rotate', webhooks.rotateSecret),
  route('GET /webhooks/:id/events', webhooks.listEvents),
  route('GET /webhooks/:id/events/:eventId', webhooks.showEvent),
  route('GET /webhooks/:id/events/:eventId/attempts', webhooks.listAttempts),
  route('POST /webhooks/:id/events/:eventId/replay', webhooks.replayEvent),
  route('GET /suppressions', suppressions.listSuppressions),
  route('POST /suppressions', suppressions.addSuppression),
  route('POST /suppressions/batch/add', suppressions.addSuppressions),
  route('POST /suppressions/batch/remove', suppressions.removeSuppressions),
  route('GET /suppressions/:id', suppressions.showSuppression),
  route('DELETE /suppressions/:id', suppressions.removeSuppression),
  route('GET /domains', domains.listDomains),
  route('POST /domains', domains.createDomain),
  route('GET /domains/:id', domains.showDomain),
  route('PATCH /domains/:id', domains.updateDomain),
  route('DELETE /domains/:id', domains.removeDomain),
  route('POST /domains/:id/verify', domains.verifyDomain),
  route('GET /usage', usage.showUsage),
]

/**
 * The route for a request, with its parameters.
 * @param {string} method
 * @param {string} path
 * @throws {Refusal} 404 for an unknown path, 405 for a known one with another method
 */
export function routeFor(method, path) {
  const fitting = ROUTES.filter(({ pattern }) => pattern.test(path))
  if (fitting.length === 0) throw new Refusal(404, 'not_found', 'The requested endpoint does not exist.')
  const found = fitting.find((candidate) => candidate.method === method)
  if (!found) throw new Refusal(405, 'method_not_allowed', 'This endpoint does not support the specified HTTP method.')
  return { ...found, params: decoded(found.pattern.exec(path).groups) }
}

function route(signature, handle, { isSending = false } = {}) {
  const [method, path] = signature.split(' ')
  const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
  return { method, pattern, handle, isSending }
}

function decoded(params = {}) {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]))
}
