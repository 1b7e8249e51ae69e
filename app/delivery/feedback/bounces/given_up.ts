import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { BounceRules } from '#identity'
import { hashOf, type Bounce } from './bounce.ts'

interface Counting {
  workspaceId: number
  rules: BounceRules
  /** What counts. */
  classes: string[]
  trx: TransactionClientContract
}

/**
 * A full mailbox may be emptied; one from which so many mails came back in so many days, with none that arrived in
 * between, is given up. One mail counts once, however often it was reported.
 */
export async function givenUp(bounces: Bounce[], { workspaceId, rules, classes, trx }: Counting): Promise<Bounce[]> {
  const hashes = bounces.flatMap((bounce) => hashOf(workspaceId, bounce) ?? [])
  if (hashes.length === 0) return []
  const { rows } = await trx.rawQuery(
    `select encode(address_hash, 'hex') as address, contact_id, coalesce('c' || campaign_id, 's' || service_message_id) as mail, max(at) as at
     from bounces
     where workspace_id = ? and address_hash = any(?::bytea[]) and class = any(?::text[]) and at > now() - make_interval(days => ?)
     group by 1, 2, 3`,
    [workspaceId, hashes, classes, rules.soft_days] as any[]
  )
  const arrived = await lastArrivals(
    workspaceId,
    [...new Set<number>(rows.flatMap((row: any) => row.contact_id ?? []))],
    trx
  )
  const counted = rows.filter((row: any) => row.at > (arrived.get(row.contact_id) ?? new Date(0)))
  const times = Map.groupBy(counted, (row: any) => row.address as string)
  return bounces.filter((bounce) => {
    const address = hashOf(workspaceId, bounce)?.toString('hex') ?? ''
    return (times.get(address)?.length ?? 0) >= rules.soft_times
  })
}

async function lastArrivals(workspaceId: number, contactIds: number[], trx: TransactionClientContract) {
  if (contactIds.length === 0) return new Map<number, Date>()
  const { rows } = await trx.rawQuery(
    `select contact_id, max(delivered_at) as at from (
       select contact_id, delivered_at from messages
       where workspace_id = ? and contact_id = any(?::bigint[]) and delivered_at is not null and state <> 'bounced'
       union all
       select contact_id, delivered_at from service_messages
       where workspace_id = ? and contact_id = any(?::bigint[]) and delivered_at is not null and state <> 'bounced'
     ) as mails group by contact_id`,
    [workspaceId, contactIds, workspaceId, contactIds] as any[]
  )
  return new Map<number, Date>(rows.map((row: any) => [row.contact_id, row.at]))
}
