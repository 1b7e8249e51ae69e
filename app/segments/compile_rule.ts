import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { DateTime } from 'luxon'
import type { SqlPiece } from '#platform'
import { catalogueOf } from './rule/catalogue.ts'
import { nodeSql } from './rule/node_sql.ts'
import { readRule } from './rule/read_rule.ts'

/**
 * A rule as a boolean SQL expression over alias `c` (contacts), values bound. It says nothing about the workspace or
 * about deleted contacts: the query around it does. Where it does not hold it is false or null, so whoever negates it
 * writes `not coalesce(…, false)`. neq, not_in and is_not_set hold for people whose value is missing.
 *
 * @throws InvalidRule (422) with the path of the leaf
 */
export async function compileRule(
  rule: unknown,
  { workspaceId, trx, now }: { workspaceId: number; trx?: QueryClientContract; now?: DateTime }
): Promise<SqlPiece> {
  const catalogue = await catalogueOf(workspaceId, { trx, now })
  return nodeSql(readRule(rule, catalogue), catalogue)
}
