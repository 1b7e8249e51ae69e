import { resendClient } from '#channels'
import { crashPoint, GroupCommit, prepared } from '#platform'
import { openSecret } from '../providers/secrets.ts'
import { redacted } from './redacted.ts'

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
  const isNew = await log.add({ workspaceId: endpoint.workspaceId, eventId: event.id, told })
  crashPoint('webhook_intake')
  return isNew ? 'stored' : 'known'
}

interface Endpoint {
  workspaceId: number
  secret: string
  readAt: number
}

/** Thousands of events follow each other: an endpoint is remembered for a moment, and read again when a signature does not match. */
const REMEMBERED_MS = 2_000
const endpoints = new Map<string, Endpoint>()

async function signedEndpoint(webhookKey: string, event: SignedEvent): Promise<Endpoint | null> {
  const known = endpoints.get(webhookKey)
  if (known && Date.now() - known.readAt < REMEMBERED_MS && isSigned(event, known.secret)) return known
  const fresh = await readEndpoint(webhookKey)
  return fresh && isSigned(event, fresh.secret) ? fresh : null
}

async function readEndpoint(webhookKey: string): Promise<Endpoint | null> {
  const { rows } = await prepared(
    `select workspace_id, webhook_secret from provider_accounts where webhook_key = ? and kind = 'resend'`,
    [webhookKey]
  )
  if (!rows[0]?.webhook_secret) return null
  const secret = openSecret('webhook_secret', rows[0].webhook_secret)
  const endpoint = { workspaceId: rows[0].workspace_id, secret, readAt: Date.now() }
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

interface Told {
  type: string
  created_at: string
  data?: { tags?: Record<string, unknown>; [more: string]: unknown }
}

function read(body: Buffer): Told | null {
  try {
    // PostgreSQL's text cannot hold a NUL.
    const told = JSON.parse(body.toString('utf8'), (_, value) =>
      typeof value === 'string' ? value.replaceAll('\0', '') : value
    )
    return typeof told?.type === 'string' && !Number.isNaN(Date.parse(told.created_at)) ? told : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface Kept {
  workspaceId: number
  eventId: string
  told: Told
}

/** Thousands of events come at once after a campaign: what gathers during one write is stored by the next. */
const log = new GroupCommit<Kept, boolean>(keepAll)

/** @returns for each whether it is new; of two alike the first */
async function keepAll(events: Kept[]): Promise<boolean[]> {
  const first = new Map(events.toReversed().map((event) => [keyOf(event), event]))
  const those = [...first.values()]
  const { rows } = await prepared(KEEP, [
    those.map((event) => event.workspaceId),
    those.map((event) => event.eventId),
    those.map(({ told }) => told.type),
    those.map(({ told }) => JSON.stringify(redacted(told))),
    those.map(({ told }) => new Date(told.created_at).toISOString()),
  ])
  const isNew = new Set(rows.map((row) => keyOf({ workspaceId: row.workspace_id, eventId: row.event_id })))
  return events.map((event) => first.get(keyOf(event)) === event && isNew.has(keyOf(event)))
}

const keyOf = ({ workspaceId, eventId }: Pick<Kept, 'workspaceId' | 'eventId'>) => `${workspaceId} ${eventId}`

const KEEP = `
  with told as (
    select * from unnest(?::bigint[], ?::text[], ?::text[], ?::jsonb[], ?::timestamptz[])
      as t (workspace_id, event_id, type, body, occurred_at)
    order by workspace_id, event_id
  ),
  heard as (
    update provider_accounts p set last_event_at = now()
    where p.workspace_id = any(array(select distinct workspace_id from told)) and p.kind = 'resend'
      and coalesce(p.last_event_at, '-infinity') < now() - interval '1 minute'
  )
  insert into provider_events (workspace_id, event_id, type, body, occurred_at)
  select workspace_id, event_id, type, body, occurred_at from told
  on conflict (workspace_id, event_id) do nothing
  returning workspace_id, event_id`
