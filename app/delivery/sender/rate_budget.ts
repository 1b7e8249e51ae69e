import db from '@adonisjs/lucid/services/db'
import type { Outcome } from '#channels'
import { prepared } from '#platform'
import { noteUsed } from '../quota/quotas.ts'

/** Before the provider has told: Resend's oldest and lowest limit. */
export const FIRST_GUESS = 2

/** Campaigns leave a fifth of the calls to confirmation mails and the like. */
const SHARE = 0.8

/** After so many failures of the provider in a row nobody calls it for a while. */
const PATIENCE = 3

/** So many in a row took a quarter of a minute: that is no hiccup any more, and another account steps in where one may. */
export const IN_TROUBLE = 6

/** A second begins: campaigns have `per_second` calls, and a quarter of that is kept for service mail beside them. */
const NEW_SECOND = `
  remaining = case when r.window_ends_at <= clock_timestamp() then r.per_second else r.remaining end`
const KEPT = `
  kept_remaining = case when r.window_ends_at <= clock_timestamp() then greatest(1, r.per_second / 4) else r.kept_remaining end`
const WINDOW = `
  window_ends_at = case when r.window_ends_at <= clock_timestamp() then clock_timestamp() + interval '1 second' else r.window_ends_at end`
/** Binds whether it is a call that may have been made before: that one does not wait for a quota. */
const IS_OPEN = `
  coalesce(r.paused_until, '-infinity') <= clock_timestamp() and (?::bool or coalesce(r.quota_until, '-infinity') <= clock_timestamp())`

/** A call that may have been made before, with the same key: the provider answers as it did then, and counts no mails. */
interface Again {
  isReplay: boolean
}

/** Takes one call from the account's second, shared by all workers by the database's clock. Null: not now. */
export async function takeCall(
  account: string,
  { isReplay }: Again
): Promise<{ failures: number; perSecond: number } | null> {
  const { rows } = await prepared(
    `insert into rate_budgets as r (account, per_second, remaining, window_ends_at)
     values (?, ?, ?, clock_timestamp() + interval '1 second')
     on conflict (account) do update set
       ${NEW_SECOND} - 1, ${KEPT}, ${WINDOW}
     where ${IS_OPEN}
       and (r.window_ends_at <= clock_timestamp() or r.remaining > 0)
     returning r.failures, r.per_second`,
    [account, FIRST_GUESS, FIRST_GUESS - 1, isReplay]
  )
  return rows.length === 0 ? null : { failures: rows[0].failures, perSecond: rows[0].per_second }
}

/** The same for service mail: first of what is kept for it, then of what campaigns have left. */
export async function takeServiceCall(
  account: string,
  { isReplay }: Again
): Promise<{ failures: number; perSecond: number } | null> {
  const usesKept = '(r.window_ends_at <= clock_timestamp() or r.kept_remaining > 0)'
  const { rows } = await prepared(
    `insert into rate_budgets as r (account, per_second, remaining, window_ends_at, kept_remaining)
     values (?, ?, ?, clock_timestamp() + interval '1 second', 0)
     on conflict (account) do update set
       ${NEW_SECOND} - case when ${usesKept} then 0 else 1 end,
       ${KEPT} - case when ${usesKept} then 1 else 0 end, ${WINDOW}
     where ${IS_OPEN} and (${usesKept} or r.remaining > 0)
     returning r.failures, r.per_second`,
    [account, FIRST_GUESS, FIRST_GUESS, isReplay]
  )
  return rows.length === 0 ? null : { failures: rows[0].failures, perSecond: rows[0].per_second }
}

/**
 * A call that nobody waits for, of those that are kept for service mail and never of what campaigns have.
 *
 * @returns how many of the kept ones this second still has; null: not now
 */
export async function takeSpareCall(account: string): Promise<number | null> {
  const { rows } = await prepared(
    `insert into rate_budgets as r (account, per_second, remaining, window_ends_at, kept_remaining)
     values (?, ?, ?, clock_timestamp() + interval '1 second', 0)
     on conflict (account) do update set ${NEW_SECOND}, ${KEPT} - 1, ${WINDOW}
     where ${IS_OPEN} and (r.window_ends_at <= clock_timestamp() or r.kept_remaining > 0)
     returning r.kept_remaining`,
    [account, FIRST_GUESS, FIRST_GUESS, true]
  )
  return rows.length === 0 ? null : rows[0].kept_remaining
}

/** It took something: whatever is wrong with the rest, the account works. */
export const isWell = (outcome: Outcome) =>
  outcome.kind === 'accepted' || (outcome.kind === 'each' && outcome.results.some(({ kind }) => kind === 'accepted'))

/** What an answer said about the account's calls, and that it works again. Writes only what is new. */
export async function learn(account: string, outcome: Outcome, known: { perSecond: number; failures: number }) {
  const { limits } = outcome
  await noteUsed(account, outcome)
  const perSecond = limits ? Math.max(1, Math.floor(limits.perSecond * SHARE)) : known.perSecond
  const recovered = isWell(outcome) && known.failures > 0
  if (perSecond === known.perSecond && !recovered) return
  await db.rawQuery(
    `update rate_budgets
     set per_second = ?, remaining = greatest(remaining + ?::int - per_second, 0),
         failures = case when ? then 0 else failures end,
         paused_until = case when ? then null else paused_until end, updated_at = now()
     where account = ?`,
    [perSecond, perSecond, recovered, recovered, account]
  )
}

/** Of a row `r`: until when nothing new leaves by the account, and why. */
export const PAUSE = `
  greatest(r.paused_until, r.quota_until) as paused_until,
  case when r.paused_until is null or r.quota_until >= r.paused_until then 'quota: ' || r.quota_note else r.pause_reason end as pause_reason`

/** The present second has no more calls (another program uses the account, too). */
export async function windowIsSpent(account: string, waitMs: number) {
  await db.rawQuery(
    `update rate_budgets
     set remaining = 0, kept_remaining = 0, window_ends_at = greatest(window_ends_at, clock_timestamp() + make_interval(secs => ?))
     where account = ?`,
    [waitMs / 1_000, account]
  )
}

/** An answer of an account that does not tell its limits: it is not in trouble any more. */
export const worksAgain = (account: string) =>
  db.rawQuery(`update rate_budgets set failures = 0, paused_until = null, updated_at = now() where account = ?`, [
    account,
  ])

/** Nobody calls this account for a while: it was asked to go slower. */
export async function restAccount(account: string, { minutes, reason }: { minutes: number; reason: string }) {
  await db.rawQuery(
    `insert into rate_budgets as r (account, per_second, remaining, failures, paused_until, pause_reason)
     values (?, ?, ?, 1, clock_timestamp() + make_interval(mins => ?), ?)
     on conflict (account) do update set
       failures = r.failures + 1, paused_until = greatest(excluded.paused_until, r.paused_until),
       pause_reason = excluded.pause_reason, updated_at = now()`,
    [account, FIRST_GUESS, FIRST_GUESS, minutes, reason.slice(0, 300)]
  )
}

/**
 * The breaker: a failure more; the third in a row closes the account for a second, then two, up to a minute.
 *
 * @returns how many there are in a row
 */
export async function countFailure(account: string, note: string): Promise<number> {
  const { rows } = await db.rawQuery(
    `insert into rate_budgets as r (account, per_second, remaining, failures) values (?, ?, ?, 1)
     on conflict (account) do update set
       failures = r.failures + 1,
       paused_until = case when r.failures + 1 >= ?
         then clock_timestamp() + make_interval(secs => least(60, power(2, least(r.failures + 1 - ?, 10)))) else r.paused_until end,
       pause_reason = case when r.failures + 1 >= ? then ? else r.pause_reason end,
       updated_at = now()
     returning failures`,
    [account, FIRST_GUESS, FIRST_GUESS, PATIENCE, PATIENCE, PATIENCE, `provider: ${note}`.slice(0, 300)]
  )
  return rows[0].failures
}
