import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { doubted } from '../reconciling/doubt.ts'
import type { ServiceCall } from './service_call.ts'

/** Accepted: each with the provider's id. What it said is known to its reader now, and no longer kept here. */
export async function accepted({ workspaceId, ids, fence }: ServiceCall, providerIds: string[]) {
  await db.rawQuery(
    `update service_messages m
     set state = 'accepted', state_at = clock_timestamp(), accepted_at = clock_timestamp(), provider_id = n.provider_id,
       mail = null, note = null, lease_until = null
     from unnest(?::bigint[], ?::text[]) as n (id, provider_id)
     where m.workspace_id = ? and m.id = n.id and m.id = any(?::bigint[]) and m.fence = ? and m.state = 'sealed'`,
    [ids, providerIds, workspaceId, ids, fence] as any[]
  )
}

/**
 * failed: refused, for good. unconfirmed: nobody knows, and asking again could send it twice.
 *
 * @returns false when the lease was lost
 */
export async function ended(
  { workspaceId, ids, fence }: ServiceCall,
  { state, reason, note }: { state: 'failed' | 'unconfirmed'; reason: string; note: string },
  client: QueryClientContract = db.connection()
): Promise<boolean> {
  const { rows } = await client.rawQuery(
    `with ended as (
       update service_messages
       set state = ?, reason = ?, note = ?, state_at = clock_timestamp(), ended_at = clock_timestamp(), mail = null, lease_until = null
       where workspace_id = ? and id = any(?::bigint[]) and fence = ? and state = 'sealed'
       returning *
     ), ${doubted('service_message', "state = 'unconfirmed'")}
     select count(*)::int as n from ended`,
    [state, reason, note, workspaceId, ids, fence] as any[]
  )
  return rows[0].n > 0
}

/** It is certain that nothing was sent: it waits again, under a new key, and the rule is asked again. */
export async function putBack(
  { workspaceId, ids, fence }: ServiceCall,
  { waitMs, note = null }: { waitMs: number; note?: string | null }
) {
  await db.rawQuery(
    `update service_messages
     set state = 'queued', note = ?, state_at = clock_timestamp(), call_key = null, account = null, sealed_at = null,
       lease_until = null, attempts = attempts + 1, not_before = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = any(?::bigint[]) and fence = ? and state = 'sealed'`,
    [note, waitMs / 1_000, workspaceId, ids, fence] as any[]
  )
}

/** Nobody was asked this time: the same call when its turn comes, which says nothing about the provider. */
export async function waitItsTurn({ workspaceId, ids, fence }: ServiceCall, { waitMs }: { waitMs: number }) {
  await db.rawQuery(
    `update service_messages set lease_until = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = any(?::bigint[]) and fence = ? and state = 'sealed'`,
    [waitMs / 1_000, workspaceId, ids, fence] as any[]
  )
}

/** Nobody knows: the same call again, with the same key. */
export async function askAgain(
  { workspaceId, ids, fence }: ServiceCall,
  { waitMs, note = null }: { waitMs: number; note?: string | null }
) {
  await db.rawQuery(
    `update service_messages
     set note = coalesce(?, note), attempts = attempts + 1, lease_until = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and id = any(?::bigint[]) and fence = ? and state = 'sealed'`,
    [note, waitMs / 1_000, workspaceId, ids, fence] as any[]
  )
}

/** One of them is refused and nobody says which: each half by itself, until it is found. */
export async function halve(call: ServiceCall, note: string) {
  const middle = Math.ceil(call.ids.length / 2)
  await db.rawQuery(
    `with lots as materialized (select nextval('batch_fences') as first, nextval('batch_fences') as second)
     update service_messages
     set state = 'queued', note = ?, state_at = clock_timestamp(), call_key = null, account = null, sealed_at = null, lease_until = null,
       lot = case when id = any(?::bigint[]) then lots.first else lots.second end
     from lots
     where workspace_id = ? and id = any(?::bigint[]) and fence = ? and state = 'sealed'`,
    [note, call.ids.slice(0, middle), call.workspaceId, call.ids, call.fence] as any[]
  )
}
