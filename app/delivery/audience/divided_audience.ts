import { judgedPeople } from '#consent'
import type { SqlPiece } from '#platform'

/**
 * An audience divided by the one rule, as three named parts of a WITH: judged (each person once, with a reason or none), allowed and
 * excluded. Everybody is judged once, at one moment, so that nobody falls between the parts while people sign up and leave.
 */
export function dividedAudience({
  workspaceId,
  people,
  channel,
  topicId,
  asks,
}: {
  workspaceId: number
  people: SqlPiece
  channel: string
  topicId: number
  /** The re-confirmation that it is a question of: who was asked before is excluded. */
  asks?: number | null
}): SqlPiece {
  const candidates = {
    sql: `select distinct on (contact_id) contact_id, email_hash from (${people.sql}) as people order by contact_id`,
    bindings: people.bindings,
  }
  const { sql, bindings } = judgedPeople({ workspaceId, people: candidates, channel, topicId, asks })
  return {
    sql: `
      judged as materialized (${sql}),
      allowed as (select contact_id from judged where reason is null),
      excluded as (select contact_id, reason from judged where reason is not null)`,
    bindings,
  }
}
