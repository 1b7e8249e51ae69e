import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime, Duration } from 'luxon'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { NoSuchSuppression } from './errors.ts'

/** Weightiest last: a later, weightier reason replaces a lighter one, never the other way round. */
export const suppressionReasons = [
  'imported',
  'provider',
  'soft_bounce',
  'manual',
  'unsubscribed_all',
  'hard_bounce',
  'objection',
  'complaint',
  'erased',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** What the person said themselves, or had said for them; also what a list from elsewhere says, which mostly holds who left there. */
const ownWishes: SuppressionReason[] = ['imported', 'unsubscribed_all', 'objection', 'complaint', 'erased']

/** Days in which a mistake of the team, or of a mailbox that was down, is found. */
const CORRECTABLE = Duration.fromObject({ days: 30 })

/**
 * Whether whoever has this address must agree anew before they are mailed again: who said no themselves always; after a bounce, or what the team
 * or a provider entered, when it has stood for longer than 30 days, since a mailbox that comes back may be somebody else's
 * (docs/decisions/0032-lifting-suppressions.md).
 */
export function needsNewConsent({ reason, createdAt }: { reason: string; createdAt: DateTime }): boolean {
  return ownWishes.includes(reason as SuppressionReason) || createdAt < DateTime.now().minus(CORRECTABLE)
}

/** What the address's mailbox or its provider said, and an address that we have no longer: no mail arrives there. */
export const unreachable: SuppressionReason[] = ['hard_bounce', 'soft_bounce', 'provider', 'erased']

/**
 * These addresses are not written to again, in this workspace, whoever they belong to now or later. `erased` keeps only
 * the keyed hash. Repeating it does no harm.
 *
 * @returns how many addresses were new
 */
export async function suppress({
  workspaceId,
  channel = 'email',
  addresses,
  reason,
  source,
  note = null,
  actor,
  trx,
}: {
  workspaceId: number
  channel?: string
  addresses: { hash: Buffer; address?: string | null }[]
  reason: SuppressionReason
  source: string
  note?: string | null
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ suppressed: number }> {
  if (addresses.length === 0) return { suppressed: 0 }
  const { rows } = await trx.rawQuery(
    `insert into suppressions as s (workspace_id, channel, address_hash, address, reason, note, source)
     select distinct on (a.hash) ?::bigint, ?, a.hash, a.address, ?, ?, ?
     from unnest(?::bytea[], ?::text[]) as a (hash, address)
     order by a.hash
     on conflict (workspace_id, channel, address_hash) do update
       set reason = excluded.reason, note = excluded.note, source = excluded.source,
           address = case when excluded.reason = 'erased' then null else coalesce(excluded.address, s.address) end
       where ${weight('excluded.reason')} > ${weight('s.reason')}
     returning (xmax = 0) as is_new`,
    [
      workspaceId,
      channel,
      reason,
      note,
      source,
      addresses.map(({ hash }) => hash),
      addresses.map(({ address }) => (reason === 'erased' ? null : (address ?? null))),
    ] as any[]
  )
  await audit('address.suppressed', {
    workspaceId,
    actor,
    subject: { type: 'suppression' },
    details: { channel, reason, addresses: addresses.length },
    trx,
  })
  await touch(trx, workspaceId, ['suppressions', 'consents'])
  return { suppressed: rows.filter(({ is_new: isNew }: any) => isNew).length }
}

/** How many of these addresses (each once) are suppressed already. */
export async function countSuppressed({
  workspaceId,
  channel = 'email',
  hashes,
  trx,
}: {
  workspaceId: number
  channel?: string
  hashes: Buffer[]
  trx: TransactionClientContract
}): Promise<number> {
  const { rows } = await trx.rawQuery(
    `select count(*)::int as known from unnest(?::bytea[]) as h (hash)
     join suppressions s on s.workspace_id = ? and s.channel = ? and s.address_hash = h.hash`,
    [hashes, workspaceId, channel] as any[]
  )
  return rows[0].known
}

const weight = (column: string) =>
  `array_position(array[${suppressionReasons.map((r) => `'${r}'`).join(', ')}], ${column})`

/** Lifts suppressions, by id or by address hash, for a reason that the audit keeps. It grants nothing. */
export async function unsuppress({
  workspaceId,
  channel = 'email',
  ids = [],
  hashes = [],
  reason,
  actor,
  trx,
}: {
  workspaceId: number
  channel?: string
  ids?: number[]
  hashes?: Buffer[]
  reason: string
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ lifted: number }> {
  const { rows } = await trx.rawQuery(
    `delete from suppressions
     where workspace_id = ? and (id = any(?::bigint[]) or (channel = ? and address_hash = any(?::bytea[])))
     returning id, reason, address_hash`,
    [workspaceId, ids, channel, hashes] as any[]
  )
  if (rows.length === 0) throw new NoSuchSuppression('There is no such suppression.')
  for (const row of rows) {
    await audit('address.unsuppressed', {
      workspaceId,
      actor,
      subject: { type: 'suppression', id: row.id },
      details: { was: row.reason, reason, address_hash: row.address_hash.toString('hex') },
      trx,
    })
  }
  await touch(trx, workspaceId, ['suppressions', 'consents'])
  return { lifted: rows.length }
}
