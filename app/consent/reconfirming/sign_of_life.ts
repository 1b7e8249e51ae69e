import type { SqlPiece } from '#platform'

/**
 * By what somebody shows that they are there: a click that a human made, anything that they said by a form, a link or their
 * preference page, a wish; or the team took them out of their rest. Openings say nothing: machines open. About any topic: who clicks
 * in one letter reads mail. Reads `engagements`, which tracking owns.
 */
const SIGNS = [
  { table: 'engagements', at: 'occurred_at', where: `s.kind = 'click' and s.verdict = 'human'` },
  { table: 'consent_entries', at: 'recorded_at', where: `s.source_kind in ('form', 'person')` },
  { table: 'reader_wishes', at: 'updated_at', where: 'true' },
  { table: 'rests', at: 'ended_at', where: 'true' },
]

const perSign = (workspaceId: number) => SIGNS.map(() => workspaceId)

/** The moment of the last sign of one person (p), looked up by keys: for some. */
export const lastSignOfLife = (workspaceId: number): SqlPiece => ({
  sql: `greatest(${SIGNS.map(
    ({ table, at, where }) =>
      `(select max(s.${at}) from ${table} s where s.workspace_id = ? and s.contact_id = p.contact_id and ${where})`
  ).join(', ')})`,
  bindings: perSign(workspaceId),
})

/** The same of everybody who ever gave one, each table read once: yields (contact_id, at). */
export const lastSignsOfLife = (workspaceId: number): SqlPiece => ({
  sql: `select contact_id, max(at) as at from (${SIGNS.map(
    ({ table, at, where }) =>
      `select s.contact_id, max(s.${at}) as at from ${table} s where s.workspace_id = ? and ${where} group by s.contact_id`
  ).join(' union all ')}) signs group by contact_id`,
  bindings: perSign(workspaceId),
})
