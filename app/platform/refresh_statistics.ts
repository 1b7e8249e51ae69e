import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/**
 * ANALYZE, table by table, of the named columns or of all. Only a table's owner may, whom web and worker are not: a
 * function of the owner's does it.
 */
export async function refreshStatistics(
  tables: Record<string, string[] | 'all'>,
  client: Pick<QueryClientContract, 'rawQuery'> = db
) {
  for (const [table, columns] of Object.entries(tables)) {
    await client.rawQuery('select refresh_statistics(?, ?::name[])', [
      table,
      columns === 'all' ? null : columns,
    ] as any[])
  }
}
