import db from '@adonisjs/lucid/services/db'
import { resendClient } from '#channels'
import { crashPoint } from '#platform'
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
  const account = await db.from('provider_accounts').where({ webhook_key: webhookKey, kind: 'resend' }).first()
  if (!account?.webhook_secret || !isSigned(event, openSecret('webhook_secret', account.webhook_secret)))
    return 'unsigned'
  const told = read(event.body)
  if (!told) return 'malformed'
  const workspace = told.data?.tags?.w
  if (workspace !== undefined && String(workspace) !== String(account.workspace_id)) return 'not_ours'
  const isNew = await keep(account.workspace_id, event.id, told)
  crashPoint('webhook_intake')
  return isNew ? 'stored' : 'known'
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

async function keep(workspaceId: number, eventId: string, told: Told): Promise<boolean> {
  const { rows } = await db.rawQuery(
    `with heard as (
       update provider_accounts set last_event_at = now()
       where workspace_id = ? and kind = 'resend' and coalesce(last_event_at, '-infinity') < now() - interval '1 minute'
     )
     insert into provider_events (workspace_id, event_id, type, body, occurred_at) values (?, ?, ?, ?, ?)
     on conflict (workspace_id, event_id) do nothing
     returning id`,
    [workspaceId, workspaceId, eventId, told.type, JSON.stringify(redacted(told)), told.created_at]
  )
  return rows.length > 0
}
