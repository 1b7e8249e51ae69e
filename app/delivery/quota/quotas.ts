import db from '@adonisjs/lucid/services/db'
import type { EmailChannel, Outcome, Usage } from '#channels'

/** What is known of an account's quotas, and since when. */
export interface Quotas {
  daily: QuotaLeft
  monthly: QuotaLeft
  /** False: the key may only send, so its account's limits are unknown; the headers of answers say what is used. */
  isTold: boolean
  asOf: Date
}

export interface QuotaLeft {
  /** Null: nobody said yet. */
  used: number | null
  /** Null: there is none, or it is unknown. */
  limit: number | null
  left: number | null
  resetsAt: Date | null
}

/** Null: nobody has told anything yet. */
export async function quotasOf(account: string): Promise<Quotas | null> {
  const { rows } = await db.rawQuery(
    `select *, daily_resets_at <= clock_timestamp() as daily_is_over, monthly_resets_at <= clock_timestamp() as monthly_is_over
     from quotas where account = ?`,
    [account]
  )
  const [row] = rows
  return row ? { ...leftIn(row), isTold: row.is_told, asOf: row.updated_at } : null
}

/** Of a row of `quotas`. What has begun anew since it was told has nothing used. */
function leftIn(row: any): Pick<Quotas, 'daily' | 'monthly'> {
  const of = (period: 'daily' | 'monthly'): QuotaLeft => {
    const resetsAt: Date | null = row[`${period}_resets_at`]
    const isOver: boolean = row[`${period}_is_over`] === true
    const limit: number | null = row[`${period}_limit`]
    const used: number | null = isOver ? 0 : row[`${period}_used`]
    const left = limit === null ? null : Math.max(0, limit - (used ?? 0))
    return { used, limit, left, resetsAt: isOver ? null : resetsAt }
  }
  return { daily: of('daily'), monthly: of('monthly') }
}

/**
 * Asks the provider, unless it was asked a moment ago. When it gave more room (a larger plan, a new month), whoever
 * waits for the quota waits no more.
 */
export async function askForQuotas(channel: EmailChannel, { maxAgeMs }: { maxAgeMs: number }): Promise<void> {
  if (!channel.usage || isSilent(channel.account)) return
  const { rows } = await db.rawQuery(
    `select from quotas where account = ? and asked_at > clock_timestamp() - make_interval(secs => ?)`,
    [channel.account, maxAgeMs / 1_000]
  )
  if (rows.length > 0) return
  const usage = await channel.usage()
  if (usage === 'forbidden') return keep(channel.account, null)
  if (usage === null) return void silentSince.set(channel.account, performance.now())
  await keep(channel.account, usage)
  if (roomIn(usage) >= channel.batchSize) await endWait(channel.account)
}

/** Who does not answer is not waited for by every review in the next half minute. */
const SILENT_MS = 30_000
const silentSince = new Map<string, number>()

function isSilent(account: string): boolean {
  if (silentSince.size > 1_000) silentSince.clear()
  return (silentSince.get(account) ?? -Infinity) > performance.now() - SILENT_MS
}

const roomIn = ({ daily, monthly }: Usage) =>
  Math.min(...[daily, monthly].map(({ used, limit }) => (limit ?? Infinity) - used))

async function keep(account: string, usage: Usage | null) {
  const { daily, monthly } = usage ?? {}
  await db.rawQuery(
    `insert into quotas as q (account, is_told, daily_used, daily_limit, daily_resets_at, monthly_used, monthly_limit, monthly_resets_at, asked_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp())
     on conflict (account) do update set
       is_told = excluded.is_told,
       daily_used = case when excluded.is_told then excluded.daily_used else q.daily_used end,
       monthly_used = case when excluded.is_told then excluded.monthly_used else q.monthly_used end,
       daily_limit = excluded.daily_limit, daily_resets_at = excluded.daily_resets_at,
       monthly_limit = excluded.monthly_limit, monthly_resets_at = excluded.monthly_resets_at,
       asked_at = excluded.asked_at, updated_at = clock_timestamp()`,
    [
      account,
      usage !== null,
      daily?.used ?? null,
      daily?.limit ?? null,
      daily?.resetsAt ?? null,
      monthly?.used ?? null,
      monthly?.limit ?? null,
      monthly?.resetsAt ?? null,
    ] as any[]
  )
}

async function endWait(account: string) {
  const { rowCount } = await db.rawQuery(
    `update rate_budgets set quota_until = null, quota_note = null, updated_at = now()
     where account = ? and quota_until > clock_timestamp()`,
    [account]
  )
  if (rowCount > 0) await db.rawQuery(`select pg_notify('assent_delivery', '')`)
}

const NOTED_MS = 10_000
const noted = new Map<string, number>()

/** What an answer said by the way of used mails: written down once in a while, not for every batch. */
export async function noteUsed(account: string, { used }: Outcome): Promise<void> {
  if (!used || (noted.get(account) ?? -Infinity) > performance.now() - NOTED_MS) return
  if (noted.size > 1_000) noted.clear()
  noted.set(account, performance.now())
  await db.rawQuery(
    `insert into quotas as q (account, is_told, daily_used, monthly_used) values (?, false, ?, ?)
     on conflict (account) do update set
       daily_used = coalesce(excluded.daily_used, q.daily_used), monthly_used = coalesce(excluded.monthly_used, q.monthly_used),
       daily_resets_at = case when q.daily_resets_at > clock_timestamp() then q.daily_resets_at end,
       monthly_resets_at = case when q.monthly_resets_at > clock_timestamp() then q.monthly_resets_at end,
       updated_at = clock_timestamp()`,
    [account, used.daily, used.monthly] as any[]
  )
}
