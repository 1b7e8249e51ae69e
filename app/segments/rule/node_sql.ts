import type { SqlPiece } from '#platform'
import type { Catalogue } from './catalogue.ts'
import { leafSql } from './leaf_sql.ts'
import type { Node } from './rule.ts'
import { joined, raw, sql } from './sql.ts'

/** A rule as one condition over alias `c` (contacts): true, or else false or null. */
export function nodeSql(node: Node, catalogue: Catalogue): SqlPiece {
  switch (node.kind) {
    case 'all':
    case 'any': {
      if (node.children.length === 0) return raw('true')
      const parts = node.children.map((child) => nodeSql(child, catalogue))
      return sql`(${joined(parts, node.kind === 'all' ? ' and ' : ' or ')})`
    }
    case 'not':
      return sql`not coalesce(${nodeSql(node.child, catalogue)}, false)`
    case 'segment':
      return nodeSql(node.child, catalogue)
    default:
      return leafSql(node, catalogue)
  }
}
