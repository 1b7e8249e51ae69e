import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Runs a statement over everybody of a workspace with hash and merge joins along its indexes, and with room to do so in memory.
 * Right after an import the planner believes a workspace to be empty, and would compare everyone with everyone by nested loops;
 * later it would read other workspaces' rows, too, and hash a million people whom both indexes hold in the same order.
 */
export async function comparingSets<T>(trx: TransactionClientContract, statement: () => Promise<T>): Promise<T> {
  await trx.rawQuery(`set local enable_nestloop = off; set local enable_seqscan = off; set local work_mem = '64MB'`)
  const result = await statement()
  await trx.rawQuery('set local enable_nestloop = on; set local enable_seqscan = on; set local work_mem to default')
  return result
}
