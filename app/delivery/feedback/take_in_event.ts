import { resendClient } from '#channels'
import { crashPoint, prepared } from '#platform'
import { openSecret } from '../providers/secrets.ts'
import { keepEvent, type Told } from './keep_event.ts'
import { readJson } from './read_json.ts'

export interface SignedEvent {
  id: string
  timestamp: string
  signature: string
  /** The bytes that were signed. */
  body: Buffer
}

export type Intake = 'stored' | 'known' | 'not_ours' | 'unsigned' | 'malformed'

/**
 * An event of the provider, kept once per `svix-id` before it is acknowledged; what it means is worked out later. The
 * signature (Standard Webhooks: HMAC over id, time and raw body, five minutes of grace) is the only way in. A team's key
 * may serve many workspaces, and each has its own endpoint: what is about another one is not kept here.
 */
export async function takeInEvent({ webhookKey, event }: { webhookKey: string; event: SignedEvent }): Promise<Intake> {
  const endpoint = await signedEndpoint(webhookKey, event)
  if (!endpoint) return 'unsigned'
  const told = read(event.body)
  if (!told) return 'malformed'
  const workspace = told.data?.tags?.w
  if (workspace !== undefined && String(workspace) !== String(endpoint.workspaceId)) return 'not_ours'
  const isNew = await keepEvent({ ...endpoint, eventId: event.id, told })
  crashPoint('webhook_intake')
  return isNew ? 'stored' : 'known'
}

interface Endpoint {
  workspaceId: number
  providerId: number
  secret: string
  readAt: number
}

/** Thousands of events follow each other: an endpoint is remembered for a moment, and read again when a signature does not match. */
const REMEMBERED_MS = 2_000
const endpoints = new Map<string, Endpoint>()

async function signedEndpoint(webhookKey: string, event: SignedEvent): Promise<Endpoint | null> {
  const known = endpoints.get(webhookKey)
  if (known && performance.now() - known.readAt < REMEMBERED_MS && isSigned(event, known.secret)) return known
  const fresh = await readEndpoint(webhookKey)
  return fresh && isSigned(event, fresh.secret) ? fresh : null
}

async function readEndpoint(webhookKey: string): Promise<Endpoint | null> {
  const { rows } = await prepared(
    `select workspace_id, id, webhook_secret from provider_accounts where webhook_key = ? and kind = 'resend'`,
    [webhookKey]
  )
  if (!rows[0]?.webhook_secret) return null
  const secret = openSecret('webhook_secret', rows[0].webhook_secret)
  const endpoint = { workspaceId: rows[0].workspace_id, providerId: rows[0].id, secret, readAt: performance.now() }
  if (endpoints.size > 1_000) endpoints.clear()
  endpoints.set(webhookKey, endpoint)
  return endpoint
}

/** Only to verify: the SDK wants a key, and does not use it for this. */
const verifier = resendClient({ apiKey: 're_verifies_signatures_only' })

function isSigned({ id, timestamp, signature, body }: SignedEvent, webhookSecret: string): boolean {
  try {
    verifier.webhooks.verify({ payload: body.toString('utf8'), headers: { id, timestamp, signature }, webhookSecret })
    return true
  } catch (error) {
    // Signed, but not JSON: the library checks the signature first.
    return error instanceof SyntaxError
  }
}

function read(body: Buffer): Told | null {
  const told = readJson(body)
  return typeof told?.type === 'string' && !Number.isNaN(Date.parse(told.created_at)) ? told : null
}
