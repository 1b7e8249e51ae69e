import { envelopeOf } from '../envelope.js'
import { parseJson } from '../json.js'
import { pageOf, placeIn } from '../page.js'
import { invalid, notFound, Refusal } from '../refusal.js'
import { created, ok } from './answer.js'

/** POST /webhooks; the answer shows the signing secret. Source: Resend docs, "Create webhook". */
export async function createWebhook({ webhooks }, { body }) {
  const { endpoint, events } = parseJson(body)
  if (!endpoint) throw new Refusal(422, 'missing_required_field', 'Missing `endpoint` field.')
  if (!Array.isArray(events)) throw new Refusal(422, 'missing_required_field', 'Missing `events` field.')
  checkEndpoint(endpoint)
  const added = webhooks.add({ endpoint, events })
  return created({ object: 'webhook', id: added.id, signing_secret: added.secrets[0].secret })
}

/** GET /webhooks */
export async function listWebhooks({ webhooks }, { query }) {
  return ok(pageOf(webhooks.all, query, placeIn(webhooks.all), summaryOf))
}

/** GET /webhooks/:id */
export async function showWebhook({ webhooks }, { params }) {
  const webhook = find(webhooks, params.id)
  return ok({ object: 'webhook', ...summaryOf(webhook), signing_secret: webhook.secrets[0].secret })
}

/** PATCH /webhooks/:id changes endpoint, events or status; enabling forgives what was lost. */
export async function updateWebhook({ webhooks }, { params, body }) {
  const webhook = find(webhooks, params.id)
  const { endpoint = webhook.endpoint, events = webhook.events, status = webhook.status } = parseJson(body)
  checkEndpoint(endpoint)
  if (!['enabled', 'disabled'].includes(status)) throw invalid('Invalid `status` field.')
  Object.assign(webhook, { endpoint, events, status, lost: 0 })
  return ok({ object: 'webhook', id: webhook.id })
}

/** DELETE /webhooks/:id */
export async function removeWebhook({ webhooks }, { params }) {
  const { id } = find(webhooks, params.id)
  webhooks.remove(id)
  return ok({ object: 'webhook', id, deleted: true })
}

/** POST /webhooks/:id/signing-secret/rotate */
export async function rotateSecret({ webhooks }, { params }) {
  const webhook = find(webhooks, params.id)
  return ok({ object: 'webhook', id: webhook.id, signing_secret: webhooks.rotate(webhook) })
}

/** GET /webhooks/:id/events, newest first. */
export async function listEvents({ webhooks }, { params, query }) {
  const parcels = [...find(webhooks, params.id).parcels.values()]
  return ok(pageOf(parcels, query, placeIn(parcels), eventOf))
}

/** GET /webhooks/:id/events/:eventId, with the payload as it is posted. */
export async function showEvent({ webhooks }, { params }) {
  const parcel = findParcel(webhooks, params)
  const next = parcel.nextAttemptAt
  return ok({
    object: 'webhook_event',
    ...eventOf(parcel),
    next_attempt_at: next === null ? null : new Date(next).toISOString(),
    payload: envelopeOf(parcel.happening),
  })
}

/** GET /webhooks/:id/events/:eventId/attempts, newest first. */
export async function listAttempts({ webhooks }, { params, query }) {
  const { attempts } = findParcel(webhooks, params)
  return ok(pageOf(attempts, query, placeIn(attempts), (attempt) => attempt))
}

/** POST /webhooks/:id/events/:eventId/replay posts it again, with the same svix-id. */
export async function replayEvent({ webhooks }, { params }) {
  const parcel = findParcel(webhooks, params)
  webhooks.courier.replay(parcel)
  return ok({ object: 'webhook_event', id: parcel.id })
}

function find(webhooks, id) {
  const webhook = webhooks.find(id)
  if (!webhook) throw notFound('Webhook')
  return webhook
}

function findParcel(webhooks, { id, eventId }) {
  const parcel = find(webhooks, id).parcels.get(eventId)
  if (!parcel) throw notFound('Webhook event')
  return parcel
}

function checkEndpoint(endpoint) {
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) throw invalid('Invalid `endpoint` field.')
}

function summaryOf({ id, endpoint, created_at, status, events }) {
  return { id, endpoint, created_at, status, events }
}

function eventOf({ id, happening, status }) {
  return { id, type: happening.type, created_at: happening.at, status }
}
