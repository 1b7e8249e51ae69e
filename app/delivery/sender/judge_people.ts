import db from '@adonisjs/lucid/services/db'
import { allowedPeople, excludedPeople, isMeasured, trackingWord } from '#consent'
import { personColumns, personVars } from '#contacts'
import { prepared } from '#platform'
import type { Batch } from './lease.ts'

export interface Judged {
  /** Who may be written to now, in the manifest's order. */
  allowed: { contactId: number; email: string; contact: Record<string, unknown>; isMeasured: boolean }[]
  withheld: { contactId: number; reason: string }[]
}

/**
 * The rule again, for the people of one batch, at the moment of sending: whoever left since the freeze is withheld.
 * Everything is looked up by key: this runs for every batch, also when the planner has stale ideas of the tables.
 */
export async function judgePeople({
  workspaceId,
  contactIds,
  channel,
  topicId,
  caps,
  hasWishes,
  hasRests,
  tracking,
}: Batch): Promise<Judged> {
  const people = {
    sql: `select c.id as contact_id, c.email_hash from contacts c
          where c.workspace_id = ? and c.id = any(?::bigint[]) and c.deleted_at is null`,
    bindings: [workspaceId, contactIds],
  }
  const asked = { caps, hasNoWishes: !hasWishes, hasNoRests: !hasRests }
  const question = { workspaceId, people, channel, topicId, few: true, ...asked }
  const may = allowedPeople(question)
  const { rows } = await prepared(
    `select c.id, c.attributes, ${personColumns.map((column) => `c.${column}`).join(', ')}, ${tracking.anyWords ? SAID : 'null'} as said
     from contacts c
     where c.workspace_id = ? and c.id = any(array(select may.contact_id from (${may.sql}) as may))`,
    [workspaceId, ...may.bindings]
  )
  const known = new Map<number, any>(rows.map((row: any) => [row.id, row]))
  const left = contactIds.filter((id) => !known.has(id))
  return {
    allowed: contactIds
      .filter((id) => known.has(id))
      .map((id) => ({
        contactId: id,
        email: known.get(id).email,
        isMeasured: isMeasured(tracking.policy, known.get(id).said),
        ...personVars(known.get(id)),
      })),
    withheld: left.length === 0 ? [] : await reasonsFor(left, question),
  }
}

/** What each said about being measured: asked with the rest, and only where anybody ever said something. */
const SAID = trackingWord({ workspace: 'c.workspace_id', contact: 'c.id', emailHash: 'c.email_hash' })

/** Why they may not. Who is not even there any more was deleted. */
async function reasonsFor(contactIds: number[], question: Parameters<typeof excludedPeople>[0]) {
  const { sql, bindings } = excludedPeople(question)
  const { rows } = await db.rawQuery(sql, bindings as any[])
  const reasons = new Map<number, string>(rows.map((row: any) => [row.contact_id, row.reason]))
  return contactIds.map((contactId) => ({ contactId, reason: reasons.get(contactId) ?? 'deleted' }))
}
