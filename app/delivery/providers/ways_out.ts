import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { IN_TROUBLE, PAUSE } from '../sender/rate_budget.ts'
import { environmentAccount } from './environment.ts'

/** One account that mail may leave by; `providerId` null is the environment's, or the Outbox where that has none. */
export interface WayOut {
  providerId: number | null
  kind: string | null
  /** Encrypted. */
  credentials: string | null
  /** Its calls in a row that came to nothing. */
  failures: number
  /** The provider did not accept its credentials the last time. */
  isRefused: boolean
}

/** The topic of mail that no topic sends: receipts, resets. It may have a route like any other. */
export const SERVICE = 0

/** No topic's: goes by the first account in the order. */
const ANY_TOPIC = -1

/**
 * SQL for the way that a topic's fresh mails take now: the account that the topic names, else the first in the workspace's
 * order, else the environment's. While that one is down (refused, its quota used up, its provider in trouble for longer than
 * some seconds), the next that steps in for others. One row: the best there is, `is_paused` when nothing may leave by it at
 * this moment, `has_calls` false when its second is used up (nobody steps in for that, nor for a hiccup); none when a person
 * has switched every account off. Binds the environment's account.
 */
export const wayOut = ({ workspace, topic }: { workspace: string; topic: string }) => `
  select w.provider_id, w.kind, w.credentials, w.account, w.status, w.failures, w.paused_until, w.pause_reason, w.is_paused, w.has_calls
  from (
    select c.*, ${PAUSE}, coalesce(r.failures, 0) as failures,
      coalesce(greatest(r.paused_until, r.quota_until), '-infinity') > clock_timestamp() as is_paused,
      coalesce(r.quota_until > clock_timestamp() or (r.paused_until > clock_timestamp() and (r.failures >= ${IN_TROUBLE} or r.paused_until > clock_timestamp() + interval '30 seconds')), false) as is_down,
      r.account is null or r.remaining > 0 or r.window_ends_at <= clock_timestamp() as has_calls,
      row_number() over (order by c.class, c.position, c.provider_id) as place
    from (
      select p.id as provider_id, p.kind, p.credentials, p.account, p.status, p.is_fallback, p.position,
        case when p.status = 'off' then 2 when t.provider_id is null then 1 else 0 end as class
      from provider_accounts p
      left join sending_routes t on t.workspace_id = p.workspace_id and t.topic_id = ${topic} and t.provider_id = p.id
      where p.workspace_id = ${workspace} and p.credentials is not null
      union all
      select null, null, null, ?::text, 'ok', false, 0, 3
    ) as c
    left join rate_budgets r on r.account = c.account
  ) as w
  where (w.place = 1 or w.is_fallback) and w.status <> 'off'
  order by case when w.status <> 'ok' then 2 when w.is_down then 1 else 0 end, w.place
  limit 1`

const WAY = wayOut({ workspace: 'asked.workspace_id', topic: 'asked.topic_id' })

/** The way out of a workspace for mails of a topic, as it is now; null when every account is switched off. */
export async function wayOutOf(
  { workspaceId, topicId = ANY_TOPIC }: { workspaceId: number; topicId?: number },
  client: QueryClientContract = db.connection()
): Promise<(WayOut & { account: string | null; isPaused: boolean }) | null> {
  const { rows } = await client.rawQuery(
    `select way.* from (select ?::bigint as workspace_id, ?::bigint as topic_id) as asked cross join lateral (${WAY}) as way`,
    [workspaceId, topicId, environmentAccount()] as any[]
  )
  if (rows.length === 0) return null
  const [{ account, is_paused: isPaused }] = rows
  return { ...wayFrom(rows[0]), account, isPaused }
}

/** Out of a row with its columns. */
export const wayFrom = (row: any): WayOut => ({
  providerId: row.provider_id,
  kind: row.kind,
  credentials: row.credentials,
  failures: row.failures ?? 0,
  isRefused: row.status === 'refused',
})
