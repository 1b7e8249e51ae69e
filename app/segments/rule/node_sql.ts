import type { SqlPiece } from '#platform'
import type { Catalogue } from './catalogue.ts'
import { leafSql } from './leaf_sql.ts'
import type { Node } from './rule.ts'
import { joined, raw, sql } from './sql.ts'

/**
 * Whether somebody opened a mail is not known of everybody: some are not measured. `certain` holds for whom the rule is known to
 * hold, `possible` also for whom it may hold. Who did not certainly hold may still possibly: so "not" turns one into the other
 * (the strong logic of three values, Kleene 1952).
 */
export type Reading = 'certain' | 'possible'
const opposite: Record<Reading, Reading> = { certain: 'possible', possible: 'certain' }

/** A rule as one condition over alias `c` (contacts): true, or else false or null. */
export function nodeSql(node: Node, catalogue: Catalogue, reading: Reading = 'certain'): SqlPiece {
  switch (node.kind) {
    case 'all':
    case 'any': {
      if (node.children.length === 0) return raw('true')
      const parts = node.children.map((child) => nodeSql(child, catalogue, reading))
      return sql`(${joined(parts, node.kind === 'all' ? ' and ' : ' or ')})`
    }
    case 'not':
      return sql`not coalesce(${nodeSql(node.child, catalogue, opposite[reading])}, false)`
    case 'segment':
      return nodeSql(node.child, catalogue, reading)
    default:
      return leafSql(node, catalogue, reading)
  }
}
