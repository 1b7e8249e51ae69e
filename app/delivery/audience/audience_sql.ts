import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { allowedPeople, excludedPeople } from '#consent'
import type { SqlPiece } from '#platform'

/**
 * An audience divided by the one rule, as three named parts of a WITH: candidates (each person once), allowed, excluded.
 * All three see the same moment, so that nobody falls between them while people sign up and leave.
 */
export function dividedAudience({
  workspaceId,
  people,
  channel,
  topicId,
}: {
  workspaceId: number
  people: SqlPiece
  channel: string
  topicId: number
}): SqlPiece {
  const candidates = { sql: 'select contact_id, email_hash from candidates', bindings: [] }
  const allowed = allowedPeople({ workspaceId, people: candidates, channel, topicId })
  const excluded = excludedPeople({ workspaceId, people: candidates, channel, topicId })
  return {
    sql: `
      candidates as materialized (
        select distinct on (contact_id) contact_id, email_hash from (${people.sql}) as people order by contact_id
      ),
      allowed as materialized (select contact_id from (${allowed.sql}) as a),
      excluded as materialized (select contact_id, reason from (${excluded.sql}) as e)`,
    bindings: [...people.bindings, ...allowed.bindings, ...excluded.bindings],
  }
}

/**
 * Runs a statement over a whole audience with hash and merge joins, and with room to do so in memory. Right after an import
 * the planner believes a workspace to be empty, and would compare everyone with everyone by nested loops.
 */
export async function comparingSets<T>(trx: TransactionClientContract, statement: () => Promise<T>): Promise<T> {
  await trx.rawQuery(`set local enable_nestloop = off; set local work_mem = '64MB'`)
  const result = await statement()
  await trx.rawQuery('set local enable_nestloop = on; set local work_mem to default')
  return result
}
