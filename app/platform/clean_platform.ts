import db from '@adonisjs/lucid/services/db'

/** Hourly: what served its purpose goes. Announcements that nobody could take stay, to be looked at. */
export async function cleanPlatform() {
  await db.rawQuery(`delete from domain_events where dispatched_at < now() - interval '30 days'`)
  await db.rawQuery(`delete from idempotency_keys where created_at < now() - interval '24 hours'`)
  await db.rawQuery(`delete from rate_limits where expire < ?`, [Date.now()])
}
