import db from '@adonisjs/lucid/services/db'
import type { Batch } from './lease.ts'
import { doubted } from '../reconciling/doubt.ts'
import { giveBackToDay } from '../warm_up/take_from_day.ts'
import { letterOf, senderDomain } from './letters.ts'
import { writeMessages } from './write_messages.ts'

/** Puts a batch back as it was. */
export async function release(
  { workspaceId, id, fence, doubtful }: Batch,
  { waitMs, isQuiet = false }: { waitMs: number; isQuiet?: boolean }
) {
  await db.rawQuery(
    `update batches
     set state = case state when 'leased' then 'queued' else state end, doubtful = ?, lease_until = clock_timestamp(),
         not_before = clock_timestamp() + make_interval(secs => ?), planned_at = case when ? then clock_timestamp() else planned_at end
     where workspace_id = ? and id = ? and fence = ? and state in ('leased', 'sealed')`,
    [doubtful, waitMs / 1_000, isQuiet, workspaceId, id, fence]
  )
}

/**
 * Puts a batch aside whose handling failed, for longer each time. A call may have been made: what is sealed is in doubt.
 *
 * @returns how often it failed so
 */
export async function postpone(
  { workspaceId, id, fence, attempts }: Batch,
  { note }: { note: string }
): Promise<number> {
  const { rows } = await db.rawQuery(
    `update batches
     set state = case state when 'leased' then 'queued' else state end, attempts = attempts + 1, failures = failures + 1,
         last_error = ?, lease_until = clock_timestamp(), not_before = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = ? and fence = ? and state in ('leased', 'sealed')
     returning failures`,
    [note, Math.min(60, 2 ** attempts), workspaceId, id, fence]
  )
  return rows[0]?.failures ?? 0
}

/** Keeps a sealed batch for another call with the same key. */
export async function callAgain(
  { workspaceId, id, fence, attempts }: Batch,
  { waitMs, doubtful, note }: { waitMs?: number; doubtful: boolean; note: string }
) {
  const wait = waitMs ?? Math.min(300_000, 1_000 * 2 ** Math.min(attempts, 9))
  await db.rawQuery(
    `update batches
     set doubtful = ?, attempts = attempts + 1, last_error = ?, lease_until = clock_timestamp(),
         not_before = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = ? and fence = ? and state = 'sealed'`,
    [doubtful, note, wait / 1_000, workspaceId, id, fence]
  )
}

/** Greylisting passes in minutes, a full mailbox perhaps over night: 5, 10, 20 … 240 minutes, a good nine hours in all. */
const MOST_DEFERRALS = 7
export const DEFERRED = 'make_interval(mins => least(240, 5 * power(2, deferrals)::int))'

/**
 * A mail server took it not now: it waits, longer each time.
 *
 * @returns false when it has waited often enough
 */
export async function defer({ workspaceId, id, fence }: Batch, { note }: { note: string }): Promise<boolean> {
  const { rowCount } = await db.rawQuery(
    `update batches
     set doubtful = false, deferrals = deferrals + 1, last_error = ?, lease_until = clock_timestamp(),
         not_before = clock_timestamp() + ${DEFERRED}
     where workspace_id = ? and id = ? and fence = ? and state = 'sealed' and deferrals < ${MOST_DEFERRALS}`,
    [note, workspaceId, id, fence]
  )
  return rowCount === 1
}

/**
 * Takes a seal off, which is right only when it is certain that nothing was sent: its people wait again and will be
 * asked about again, under a new key.
 */
export async function unseal(batch: Batch, { waitMs, note }: { waitMs: number; note: string }) {
  const { rowCount } = await db.rawQuery(
    `update batches
     set state = 'queued', rev = rev + 1, idempotency_key = 'assent-' || gen_random_uuid(), edition_id = null, sealed = null,
         payload_hash = null, account = null, sealed_at = null, doubtful = false, withheld = 0, failed = 0, last_error = ?,
         lease_until = null, not_before = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = ? and fence = ? and state = 'sealed'`,
    [note, waitMs / 1_000, batch.workspaceId, batch.id, batch.fence] as any[]
  )
  if (rowCount === 1) await giveBackToDay(batch, senderDomain(await letterOf(batch)))
}

export interface Piece {
  ids: number[]
  /** How long it waits; not at all, unless told. */
  waitMs?: number
  /** Its readers sleep: it would have left now. */
  isQuiet?: boolean
  /** All its people are behind this group of domains (domain_pace/). */
  domain?: string
  /** It waits until the pace of its domain for this account has room. */
  parkedFor?: string
}

/** Divides a batch of which nothing was sent into smaller ones with keys of their own. Who was left out of it ends here. */
export async function splitBatch(batch: Batch, pieces: Piece[], { note = null }: { note?: string | null } = {}) {
  const messages = writeMessages(batch.sealed ?? [], null)
  const parked = [pieces.flatMap(({ parkedFor }) => parkedFor ?? []), pieces.flatMap(({ domain }) => domain ?? [])]
  const { rowCount } = await db.rawQuery(
    `with ended as (
       update batches set state = 'split', doubtful = false, finished_at = now(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state in ('leased', 'sealed')
       returning *
     ),
     written as (${messages.sql}),
     paces as (
       select account, domain from domain_paces where account = any(?::text[]) and domain = any(?::text[]) for key share
     )
     insert into batches (workspace_id, shipment_id, campaign_id, month, no, rev, contact_ids, idempotency_key, deferrals, not_before, planned_at, domain, parked_for, language)
     select ended.workspace_id, ended.shipment_id, ended.campaign_id, ended.month, ?, ended.rev + 1, p.piece::bigint[],
       'assent-' || gen_random_uuid(), ended.deferrals, clock_timestamp() + make_interval(secs => p.wait_ms / 1000),
       case when p.is_quiet then clock_timestamp() end,
       coalesce(p.domain, ended.domain), paces.account, ended.language
     from ended cross join unnest(?::text[], ?::float8[], ?::boolean[], ?::text[], ?::text[]) as p (piece, wait_ms, is_quiet, domain, parked_for)
     left join paces on paces.account = p.parked_for and paces.domain = p.domain`,
    [
      note,
      batch.workspaceId,
      batch.id,
      batch.fence,
      ...messages.bindings,
      ...parked,
      batch.no,
      pieces.map(({ ids }) => `{${ids.join(',')}}`),
      pieces.map(({ waitMs = 0 }) => waitMs),
      pieces.map(({ isQuiet = false }) => isQuiet),
      pieces.map(({ domain }) => domain ?? null),
      pieces.map(({ parkedFor }) => parkedFor ?? null),
    ] as any[]
  )
  if (rowCount > 0 && batch.sealed) await giveBackToDay(batch, senderDomain(await letterOf(batch)))
}

/** Nobody knows what became of it, and asking again could send it twice: the provider's list may tell, else a person decides. */
export async function giveUp(batch: Batch, note: string) {
  const messages = writeMessages(batch.sealed!, { state: 'unconfirmed', reason: 'unconfirmed', note })
  await db.rawQuery(
    `with ended as (
       update batches set state = 'unconfirmed', finished_at = now(), last_error = ?
       where workspace_id = ? and id = ? and fence = ? and state = 'sealed'
       returning *
     ), ${doubted('batch')} ${messages.sql}`,
    [note, batch.workspaceId, batch.id, batch.fence, ...messages.bindings] as any[]
  )
}
