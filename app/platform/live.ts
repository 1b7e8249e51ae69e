import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/**
 * Tells open browsers of a workspace which answers are stale ("campaigns", "campaigns/12"). Only keys travel (NOTIFY
 * carries at most 8 kB); what changed is fetched through the API, with its permissions. Sent at commit.
 */
export async function touch(db: QueryClientContract, workspaceId: number, keys: string[]) {
  await db.rawQuery(`select pg_notify('assent_live', ?)`, [
    JSON.stringify({ workspace: workspaceId, invalidate: keys }),
  ])
}
