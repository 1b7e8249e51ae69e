import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'

/** What time it is by the database's clock, the only one that all machines share: theirs may be wrong by days. */
export async function databaseNow(client: QueryClientContract = db.connection()): Promise<DateTime> {
  const { rows } = await client.rawQuery('select clock_timestamp() as now')
  return DateTime.fromJSDate(rows[0].now, { zone: 'utc' })
}
