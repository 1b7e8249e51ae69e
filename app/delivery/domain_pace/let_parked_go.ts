import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isLarge } from './domain_group.ts'
import { ENOUGH, FIRST, FORGOTTEN_AFTER, knownPaces } from './paces.ts'

/** At most so many seconds of a pace are saved up. */
const SAVED_SECONDS = 10
const AT_ONCE = 20
const MOST = 100

interface Pace {
  account: string
  domain: string
  per_minute: number
  room: number
  may_grow: boolean
  is_forgotten: boolean
  last_shipment: number
}

/**
 * Lets those go who wait because their mailbox provider asked for slower delivery, as many as its pace has room for, by
 * turns between campaigns. Every worker does so, one at a time for each domain (a row, by the database's clock). A pace
 * that was used for a minute without a deferral grows; what has been calm for days is forgotten, and whoever
 * still waited for it is free (a foreign key that sets null).
 *
 * @returns how many people may go now
 */
export async function letParkedGo({ account = null }: { account?: string | null } = {}): Promise<number> {
  if ((await knownPaces()).limited.size === 0) return 0
  const { rows } = await db.rawQuery(
    `select p.account, p.domain from domain_paces p
     where p.per_minute is not null and p.account = coalesce(?::text, p.account)
       and (p.last_deferral_at < clock_timestamp() - ${FORGOTTEN_AFTER}
            or exists (select from batches b where b.parked_for = p.account and b.domain = p.domain))
     order by p.refilled_at limit ${MOST}`,
    [account] as any[]
  )
  let people = 0
  for (const { account: name, domain } of rows) people += await db.transaction((trx) => letGo(trx, name, domain))
  if (people > 0) await db.rawQuery(`select pg_notify('assent_delivery', '')`)
  return people
}

async function letGo(trx: TransactionClientContract, account: string, domain: string): Promise<number> {
  const { rows } = await trx.rawQuery(
    `select account, domain, per_minute, last_shipment,
       least(per_minute * ?::float8 / 60, tokens + per_minute * greatest(extract(epoch from clock_timestamp() - refilled_at), 0) / 60)::float8 as room,
       grown_at < clock_timestamp() - interval '1 minute' and used_at > grown_at
         and last_deferral_at < clock_timestamp() - interval '2 minutes' as may_grow,
       last_deferral_at < clock_timestamp() - ${FORGOTTEN_AFTER} as is_forgotten
     from domain_paces where account = ? and domain = ? and per_minute is not null
     for no key update skip locked`,
    [SAVED_SECONDS, account, domain]
  )
  if (rows.length === 0) return 0
  const pace = rows[0] as Pace
  const perMinute = pace.may_grow ? pace.per_minute + stepOf(domain) : pace.per_minute
  if (pace.is_forgotten || perMinute >= firstOf(domain) * ENOUGH) return forget(trx, pace)
  const { granted, left, last } = pace.room > 0 ? await grant(trx, pace) : { granted: 0, left: pace.room, last: null }
  await trx.rawQuery(
    `update domain_paces
     set tokens = ?::float8, refilled_at = clock_timestamp(), per_minute = ?, last_shipment = coalesce(?::bigint, last_shipment),
         grown_at = case when ? then clock_timestamp() else grown_at end,
         used_at = case when ?::int > 0 then clock_timestamp() else used_at end
     where account = ? and domain = ?`,
    [left, perMinute, last, pace.may_grow, granted, account, domain] as any[]
  )
  return granted
}

export const firstOf = (domain: string) => (isLarge(domain) ? FIRST.large : FIRST.other)

/** Additive increase: a twentieth of the first pace for each minute. */
const stepOf = (domain: string) => Math.ceil(firstOf(domain) / 20)

/**
 * One piece of each campaign in turn, until there is no room; the last one may go a little beyond it, and is paid off first. What
 * somebody has in hand at this moment (it is being cancelled, say) is not waited for.
 */
async function grant(trx: TransactionClientContract, { account, domain, room, last_shipment: after }: Pace) {
  const { rows } = await trx.rawQuery(
    `select piece.*, row_number() over (partition by piece.shipment_id order by piece.no, piece.id) as turn
     from shipments s
     cross join lateral (
       select b.workspace_id, b.shipment_id, b.no, b.id, cardinality(b.contact_ids) as people from batches b
       where b.parked_for = ? and b.domain = ? and b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state = 'queued'
       order by b.no, b.id limit ${AT_ONCE} for update skip locked
     ) as piece
     where s.finished_at is null and s.state = 'running' and s.not_before <= clock_timestamp()
       and (s.waits_until is null or s.waits_until <= clock_timestamp())
       and (s.released is null or piece.no < s.released)
     order by turn, s.id <= ?::bigint, s.id`,
    [account, domain, after]
  )
  const going: any[] = []
  let left = room
  for (const piece of rows) {
    if (left <= 0) break
    left -= piece.people
    going.push(piece)
  }
  if (going.length === 0) return { granted: 0, left, last: null }
  await trx.rawQuery(
    `update batches b set parked_for = null
     from unnest(?::bigint[], ?::bigint[]) as go (workspace_id, id)
     where b.workspace_id = go.workspace_id and b.id = go.id and b.id = any(?::bigint[])`,
    [going.map((piece) => piece.workspace_id), ...Array(2).fill(going.map((piece) => piece.id))] as any[]
  )
  return { granted: going.reduce((sum, { people }) => sum + people, 0), left, last: going.at(-1).shipment_id as number }
}

async function forget(trx: TransactionClientContract, { account, domain }: Pace) {
  const { rows } = await trx.rawQuery(
    `select coalesce(sum(cardinality(contact_ids)), 0)::int as people from batches where parked_for = ? and domain = ?`,
    [account, domain]
  )
  await trx.rawQuery(`delete from domain_paces where account = ? and domain = ?`, [account, domain])
  return rows[0].people as number
}
