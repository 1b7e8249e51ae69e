import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import { catalogueOf, type Catalogue } from './rule/catalogue.ts'
import { isReaction, leafSeenSql, leafSql, unknownSql } from './rule/leaf_sql.ts'
import { namesFor } from './rule/names.ts'
import { readRule } from './rule/read_rule.ts'
import type { Leaf, Node } from './rule/rule.ts'
import { clause, type Names } from './rule/sentence.ts'
import { joined, raw, sql } from './rule/sql.ts'

/** The rule's own tree with the verdict at each node and, at each leaf, what was seen and the words for it. */
export interface Explanation {
  matched: boolean
  /** Nobody knows whether it holds for them: their opens or clicks are not measured. Then it has not matched. */
  unknown?: true
  sentence: string
  /** What the person has there: the field's value, their tags, { times, last_at }, the status of the consent. */
  seen?: unknown
  all?: Explanation[]
  any?: Explanation[]
  not?: Explanation
  /** The inner rule of a named segment. */
  rule?: Explanation
  [ofTheRule: string]: unknown
}

type Json = Record<string, any>
type Verdicts = Map<Leaf, { matched: boolean; unknown?: true; seen: unknown }>

/**
 * Why somebody is in or out, from the very conditions that the compiled rule consists of, asked one by one of this
 * person in one statement.
 */
export async function explainRule({
  rule,
  workspaceId,
  contactId,
  now,
}: {
  rule: unknown
  workspaceId: number
  contactId: number
  now?: DateTime
}): Promise<Explanation> {
  const catalogue = await catalogueOf(workspaceId, { now })
  const node = readRule(rule, catalogue)
  const verdicts = await judge(leavesOf(node), catalogue, contactId)
  return told(node, rule as Json, { verdicts, catalogue, names: await namesFor(node, workspaceId) })
}

function leavesOf(node: Node): Leaf[] {
  if (node.kind === 'all' || node.kind === 'any') return node.children.flatMap(leavesOf)
  return node.kind === 'not' || node.kind === 'segment' ? leavesOf(node.child) : [node]
}

async function judge(leaves: Leaf[], catalogue: Catalogue, contactId: number): Promise<Verdicts> {
  if (leaves.length === 0) return new Map()
  const answers = leaves.map(
    (leaf) =>
      sql`jsonb_build_object('matched', coalesce((${leafSql(leaf, catalogue)}), false), 'seen', ${leafSeenSql(leaf, catalogue)}${
        leaf.kind === 'event' && isReaction(leaf) ? sql`, 'unknown', ${unknownSql(leaf, catalogue)}` : raw('')
      })`
  )
  const query = sql`select jsonb_build_array(${joined(answers, ', ')}) as answers from contacts c
    where c.workspace_id = ${catalogue.workspaceId} and c.id = ${contactId}`
  const { rows } = await db.rawQuery(query.sql, query.bindings as any[])
  const seen: { matched: boolean; unknown?: boolean; seen: unknown }[] = rows[0]?.answers ?? []
  return new Map(
    leaves.map((leaf, i) => {
      const { unknown, ...verdict } = seen[i] ?? { matched: false, seen: null }
      return [leaf, { ...verdict, ...(unknown && { unknown: true as const }) }]
    })
  )
}

interface Telling {
  verdicts: Verdicts
  catalogue: Catalogue
  names: Names
}

function told(node: Node, rule: Json, telling: Telling): Explanation {
  const sentence = clause(node, telling.names, undefined, true)
  if (node.kind === 'all' || node.kind === 'any') {
    const parts = node.children.map((child, i) => told(child, rule[node.kind][i], telling))
    return { [node.kind]: parts, ...(node.kind === 'all' ? every(parts) : some(parts)), sentence }
  }
  if (node.kind === 'not') {
    const inner = told(node.child, rule.not, telling)
    return { not: inner, ...(inner.unknown ? UNKNOWN : { matched: !inner.matched }), sentence }
  }
  if (node.kind === 'segment') {
    const { rule: innerRule } = telling.catalogue.segments.get(String(node.segmentId))!
    const inner = told(node.child, innerRule as Json, telling)
    const { matched, unknown } = inner
    return {
      ...rule,
      name: node.name,
      matched,
      ...(unknown && { unknown }),
      seen: matched,
      rule: inner,
      sentence,
    }
  }
  return { ...rule, ...telling.verdicts.get(node)!, sentence }
}

const UNKNOWN = { matched: false, unknown: true as const }
const isOut = ({ matched, unknown }: Explanation) => !matched && !unknown

/** One that does not hold decides, whatever is unknown of the others. */
const every = (parts: Explanation[]) =>
  parts.some(isOut) || parts.every(({ matched }) => matched) ? { matched: !parts.some(isOut) } : UNKNOWN

/** One that holds decides. */
const some = (parts: Explanation[]) =>
  parts.some(({ matched }) => matched) || parts.every(isOut) ? { matched: !parts.every(isOut) } : UNKNOWN
