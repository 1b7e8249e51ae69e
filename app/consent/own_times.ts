import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SqlPiece } from '#platform'

/** Where the people of one call and the times of each stand, for this transaction. */
export const OWN_TIMES = 'consent_own_times'

/**
 * People who said the same at times of their own: what the chain's hash covers differs from one to the next, so it is worked
 * out beforehand for all of them, where a statement that must write each chain can look it up by key.
 *
 * @param said the entry's facts without its two times, as SQL over `e`
 * @param monthsAfter how long an agreement on this basis lasts; null: for ever
 */
export async function keepOwnTimes({
  entry,
  people,
  said,
  monthsAfter,
  trx,
}: {
  entry: SqlPiece
  people: SqlPiece
  said: string
  monthsAfter: number | null
  trx: TransactionClientContract
}) {
  await trx.rawQuery(
    `create temporary table if not exists ${OWN_TIMES} (contact_id bigint primary key, email_hash bytea,
       occurred_at timestamptz not null, expires_at timestamptz, facts_digest bytea not null) on commit drop`
  )
  await trx.rawQuery(`truncate ${OWN_TIMES}`)
  await trx.rawQuery(
    `with e as materialized (${entry.sql}),
       told as (
         select distinct on (p.contact_id) p.contact_id, p.email_hash, coalesce(p.occurred_at, e.occurred_at) as occurred_at
         from (${people.sql}) p cross join e order by p.contact_id, p.occurred_at),
       timed as (
         select *, (occurred_at at time zone 'UTC' + make_interval(months => ?::int)) at time zone 'UTC' as expires_at from told)
     insert into ${OWN_TIMES}
     select o.contact_id, o.email_hash, o.occurred_at, o.expires_at, consent_facts_digest(${said}, o.occurred_at, o.expires_at)
     from timed o cross join e`,
    [...entry.bindings, ...people.bindings, monthsAfter] as any[]
  )
}
