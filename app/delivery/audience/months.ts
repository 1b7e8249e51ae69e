import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** The month that a campaign's messages live in, as its first day: 'YYYY-MM-01' (UTC). */
export const thisMonth = (now = new Date()) => `${now.toISOString().slice(0, 7)}-01`

/**
 * Makes sure that a month has its partitions. Creating one locks its parent, so it happens in a moment of its own and not
 * inside the caller's transaction.
 */
export async function ensureMonth(client: QueryClientContract, month: string) {
  const name = `partitions.messages_${month.slice(0, 7).replace('-', '')}`
  const { rows } = await client.rawQuery('select to_regclass(?) is not null as exists', [name])
  if (!rows[0].exists) await db.rawQuery('select ensure_month_partitions(?)', [month])
}
