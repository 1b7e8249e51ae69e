import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { owner } from './owner.ts'

/**
 * The database's own clock, moved for one transaction: a schema that PostgreSQL looks through before its own holds
 * functions `now` and `clock_timestamp` that say what the test says. Nothing in the product knows of it.
 */
export async function pretendClock() {
  await owner().rawQuery(`
    create schema if not exists pretend;
    grant usage on schema pretend to public;
    create or replace function pretend.now() returns timestamptz language sql stable parallel safe
      as $$ select current_setting('pretend.now')::timestamptz $$;
    create or replace function pretend.clock_timestamp() returns timestamptz language sql stable parallel safe
      as $$ select current_setting('pretend.now')::timestamptz $$`)
  return {
    /** Does the work at that moment (epoch milliseconds), in a transaction of its own. */
    at: <T>(moment: number, work: (trx: TransactionClientContract) => Promise<T>): Promise<T> =>
      db.transaction(async (trx) => {
        await trx.rawQuery(
          `select set_config('search_path', 'pretend, public, pg_catalog', true), set_config('pretend.now', ?, true)`,
          [new Date(moment).toISOString()]
        )
        return work(trx)
      }),
    remove: () => owner().rawQuery('drop schema if exists pretend cascade'),
  }
}
