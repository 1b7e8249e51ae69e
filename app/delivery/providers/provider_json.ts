import db from '@adonisjs/lucid/services/db'
import { PAUSE } from '../sender/rate_budget.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { kindOf, type KindName } from './kinds.ts'
import { SERVICE } from './ways_out.ts'
import { webhookOf, type WebhookJson } from './webhook_address.ts'

export interface ProviderJson {
  id: string
  kind: KindName
  name: string
  /** What may be shown of its key or its user. */
  hint: string
  /** What else its credentials hold that is no secret. */
  settings: Record<string, string | number>
  /** Its place in the order, from 1. */
  position: number
  is_fallback: boolean
  status: 'ok' | 'refused' | 'off'
  status_note: string | null
  /** The provider wants no more for now, or is in trouble. */
  paused: { until: string; reason: string } | null
  /** The topics that it sends, beside those that name none: ids, or `service`. */
  topics: string[]
  webhook: WebhookJson
  /** Its own suppression list: when it was taken over last, and why it could not be; null: it keeps none. */
  suppression_list: { read_at: string | null; note: string | null } | null
  created_at: string
}

/** Those that the workspace connected itself, in its order: at most twenty. */
export async function providersOf(workspace: { id: number }): Promise<ProviderJson[]> {
  const accounts = await ProviderAccount.own(workspace)
  const { rows: budgets } = await db.rawQuery(
    `select r.account, ${PAUSE} from rate_budgets r
     where r.account = any(?::text[]) and greatest(r.paused_until, r.quota_until) > now()`,
    [accounts.map(({ account }) => account)] as any[]
  )
  const routes = await db.from('sending_routes').where('workspace_id', workspace.id).orderBy('topic_id')
  const paused = new Map<string, any>(budgets.map((row: any) => [row.account, row]))
  return accounts.map((account, no) => ({
    id: String(account.id),
    kind: account.kind as KindName,
    name: account.name,
    hint: account.hint,
    settings: account.settings,
    position: no + 1,
    is_fallback: account.isFallback,
    status: account.status as ProviderJson['status'],
    status_note: account.statusNote,
    paused: pauseJson(paused.get(account.account)),
    topics: routes.filter((route) => route.provider_id === account.id).map(({ topic_id: id }) => topicName(id)),
    webhook: webhookOf(account),
    suppression_list: kindOf(account.kind).suppressed
      ? { read_at: account.listReadAt?.toUTC().toISO() ?? null, note: account.listNote }
      : null,
    created_at: account.createdAt.toUTC().toISO()!,
  }))
}

const pauseJson = (row: { paused_until: Date; pause_reason: string } | undefined) =>
  row ? { until: row.paused_until.toISOString(), reason: row.pause_reason } : null

export const topicName = (id: number) => (id === SERVICE ? 'service' : String(id))
