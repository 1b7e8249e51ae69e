import db from '@adonisjs/lucid/services/db'
import { isLongWait } from './quota_is_spent.ts'
import { quotasOf } from './quotas.ts'

/** Where a campaign on its way will meet the end of the account's quota, by the present plan and pace. */
export interface QuotaForecast {
  period: 'day' | 'month'
  /** So many more mails the account takes before. */
  left: number
  /** So many of this campaign do not fit. */
  short: number
  reached_at: string
  /** When it begins anew; null: nobody said. */
  resets_at: string | null
  /** It will stop and ask then, because it would wait longer than a day. Otherwise it goes on by itself. */
  asks: boolean
}

interface OnItsWay {
  workspaceId: number
  shipmentId: number
  account: string
  /** How many still wait. */
  queued: number
}

/** Null while all of it fits, as far as anybody knows. */
export async function quotaForecast(onItsWay: OnItsWay): Promise<QuotaForecast | null> {
  const quotas = await quotasOf(onItsWay.account)
  if (!quotas) return null
  const tight = (['monthly', 'daily'] as const)
    .map((name) => ({ name, ...quotas[name] }))
    .filter(({ left }) => left !== null && left < onItsWay.queued)
    .sort((one, other) => one.left! - other.left!)
  if (tight.length === 0) return null
  const [{ name, left, resetsAt }] = tight
  const reachedAt = await momentOf(onItsWay, left!)
  return {
    period: name === 'daily' ? 'day' : 'month',
    left: left!,
    short: onItsWay.queued - left!,
    reached_at: reachedAt.toISOString(),
    resets_at: resetsAt?.toISOString() ?? null,
    asks: resetsAt !== null && isLongWait({ from: reachedAt, until: resetsAt }),
  }
}

/** When so many mails will have left: by the moments that manifests wait for, and a hundred mails a call. */
async function momentOf({ workspaceId, shipmentId, account }: OnItsWay, mails: number): Promise<Date> {
  const { rows } = await db.rawQuery(
    `select greatest(
       coalesce((
         select min(w.not_before) from (
           select b.not_before, sum(cardinality(b.contact_ids)) over (order by b.not_before, b.no, b.id) as so_far
           from batches b where b.workspace_id = ? and b.shipment_id = ? and b.state in ('queued', 'leased')
         ) as w where w.so_far > ?), clock_timestamp()),
       clock_timestamp() + make_interval(secs => ?::float8 / 100 / coalesce((select per_second from rate_budgets where account = ?), 2))
     ) as at`,
    [workspaceId, shipmentId, mails, mails, account] as any[]
  )
  return rows[0].at
}
