import db from '@adonisjs/lucid/services/db'

/** Domains that deferred a little and stopped: nothing is limited for them, and nobody needs to count on. */
export async function cleanPaces(): Promise<void> {
  await db.rawQuery(
    `delete from domain_paces where per_minute is null and last_deferral_at < clock_timestamp() - interval '1 hour'`
  )
}
