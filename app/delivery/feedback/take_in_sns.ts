import db from '@adonisjs/lucid/services/db'
import { crashPoint } from '#platform'
import { keepEvent } from './keep_event.ts'
import { readJson } from './read_json.ts'
import { toldBySes } from './ses_event.ts'
import { awsAccountOf, confirmSubscription, verifiedSns, type SnsMessage } from './sns_message.ts'
import type { Intake } from './take_in_event.ts'

/**
 * What Amazon SES tells through SNS, kept once per MessageId before it is acknowledged. The signature proves that it comes
 * from SNS, the address that it was meant for this workspace; the first subscription that is confirmed fixes from whose
 * AWS account events are taken.
 */
export async function takeInSns({ webhookKey, body }: { webhookKey: string; body: Buffer }): Promise<Intake> {
  const endpoint = await endpointOf(webhookKey)
  if (!endpoint) return 'unsigned'
  const message = await verifiedSns(readJson(body))
  if (!message) return 'unsigned'
  if (endpoint.awsAccount !== null && endpoint.awsAccount !== awsAccountOf(message)) return 'unsigned'
  if (message.Type === 'SubscriptionConfirmation') return subscribe(endpoint, message)
  if (endpoint.awsAccount === null) return 'unsigned'
  return message.Type === 'Notification' ? keep(endpoint, message) : 'not_ours'
}

interface Endpoint {
  workspaceId: number
  providerId: number
  awsAccount: string | null
}

async function endpointOf(webhookKey: string): Promise<Endpoint | null> {
  const row = await db
    .from('provider_accounts')
    .where({ webhook_key: webhookKey, kind: 'ses' })
    .select('workspace_id', 'id', 'webhook_id')
    .first()
  return row ? { workspaceId: row.workspace_id, providerId: row.id, awsAccount: row.webhook_id } : null
}

async function subscribe({ workspaceId, providerId }: Endpoint, message: SnsMessage): Promise<Intake> {
  if (!(await confirmSubscription(message))) return 'malformed'
  await db
    .from('provider_accounts')
    .where({ workspace_id: workspaceId, id: providerId })
    .whereRaw('coalesce(webhook_id, ?) = ?', [awsAccountOf(message), awsAccountOf(message)])
    .update({ webhook_id: awsAccountOf(message), webhook_note: null, updated_at: new Date() })
  return 'stored'
}

async function keep({ workspaceId, providerId }: Endpoint, { MessageId, Message }: SnsMessage): Promise<Intake> {
  const told = toldBySes(readJson(Message))
  if (!told) return 'not_ours'
  const workspace = told.data?.tags?.w
  if (workspace !== undefined && String(workspace) !== String(workspaceId)) return 'not_ours'
  const isNew = await keepEvent({ workspaceId, providerId, eventId: `sns:${MessageId}`, told })
  crashPoint('webhook_intake')
  return isNew ? 'stored' : 'known'
}
