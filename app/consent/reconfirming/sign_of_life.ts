import type { SqlPiece } from '#platform'

/**
 * The last moment at which somebody (p) showed that they are there: a click that a human made, anything that they said by a form, a
 * link or their preference page, a wish; or the team took them out of their rest. Openings say nothing: machines open. About any
 * topic: who clicks in one letter reads mail. Reads `engagements`, which tracking owns.
 */
export const lastSignOfLife = (workspaceId: number): SqlPiece => ({
  sql: `greatest(
      (select max(g.occurred_at) from engagements g
        where g.workspace_id = ? and g.contact_id = p.contact_id and g.kind = 'click' and g.verdict = 'human'),
      (select max(n.recorded_at) from consent_entries n
        where n.workspace_id = ? and n.contact_id = p.contact_id and n.source_kind in ('form', 'person')),
      (select max(w.updated_at) from reader_wishes w where w.workspace_id = ? and w.contact_id = p.contact_id),
      (select max(x.ended_at) from rests x where x.workspace_id = ? and x.contact_id = p.contact_id))`,
  bindings: [workspaceId, workspaceId, workspaceId, workspaceId],
})
