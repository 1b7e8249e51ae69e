import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import { addressHash, addressKey } from './address.ts'
import { InvalidAddress } from './errors.ts'
import { suppress, type SuppressionReason } from './suppress.ts'

export interface ListedAddress {
  address: string
  reason: SuppressionReason
  /** Since when it is on that list. */
  since: Date
}

/**
 * Takes over addresses from a list that somebody else keeps, as often as it is read: only those that are new here. Whom a person
 * has let receive since then is left alone, and what is no address of ours, too.
 *
 * @returns how many were new
 */
export async function suppressListed({
  workspaceId,
  listed,
  ...how
}: {
  workspaceId: number
  listed: ListedAddress[]
  source: string
  note: string
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ suppressed: number }> {
  const known = listed.flatMap((one) => hashed(workspaceId, one))
  const { rows } = await how.trx.rawQuery(
    `select n.no from unnest(?::bytea[], ?::timestamptz[]) with ordinality as n (hash, since, no)
     where not exists (
       select from suppressions s where s.workspace_id = ? and s.channel = 'email' and s.address_hash = n.hash)
     and not exists (
       select from audit_entries a where a.workspace_id = ? and a.subject_type = 'suppression' and a.action = 'address.unsuppressed'
         and a.details->>'address_hash' = encode(n.hash, 'hex') and a.created_at > n.since)`,
    [known.map(({ hash }) => hash), known.map(({ since }) => since.toISOString()), workspaceId, workspaceId] as any[]
  )
  const fresh = rows.map(({ no }: { no: number }) => known[no - 1])
  let suppressed = 0
  for (const [reason, addresses] of Map.groupBy(fresh, (one: ListedAddress) => one.reason)) {
    suppressed += (await suppress({ workspaceId, addresses: addresses as any, reason, ...how })).suppressed
  }
  return { suppressed }
}

function hashed(workspaceId: number, one: ListedAddress) {
  try {
    return [{ ...one, hash: addressHash(workspaceId, addressKey(one.address)) }]
  } catch (error) {
    if (error instanceof InvalidAddress) return []
    throw error
  }
}
