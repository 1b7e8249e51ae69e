import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordConsent } from '#consent'
import type { Actor } from '#identity'
import type { SqlPiece } from '#platform'

/**
 * Ends what an undone import vouched for: a new entry with the basis "unknown", which no mail may use and any later agreement
 * replaces. A withdrawal would bar them from ever being imported again, and is not ours to say.
 */
export const takeBack = ({
  importId,
  ...by
}: {
  workspaceId: number
  importId: number
  people: SqlPiece | number[]
  channel: string
  topicId: number
  actor: Actor
  trx: TransactionClientContract
}) =>
  recordConsent({
    ...by,
    action: 'grant',
    basis: 'unknown',
    statement: `The import of ${DateTime.utc().toISODate()} that said so was undone.`,
    source: `import ${importId} undone`,
    sourceKind: 'import',
    sourceRef: String(importId),
    reason: 'import undone',
  })

/**
 * The same for people who were gone when their import was undone and come back now.
 *
 * @param people yields `contact_id`
 */
export async function takeBackUndone({
  workspaceId,
  people,
  actor,
  trx,
}: {
  workspaceId: number
  people: SqlPiece
  actor: Actor
  trx: TransactionClientContract
}) {
  const { rows } = await trx.rawQuery(
    `select k.channel, k.topic_id, i.id as import_id, array_agg(k.contact_id) as contact_ids from (${people.sql}) p
     join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.status = 'granted' and k.basis <> 'unknown'
     join consent_entries e on e.workspace_id = k.workspace_id and e.id = k.entry_id and e.source_kind = 'import'
     join imports i on i.workspace_id = e.workspace_id and i.id::text = e.source_ref and i.status = 'undone'
     where not exists (select from topics t where t.workspace_id = k.workspace_id and t.id = k.topic_id and t.archived_at is not null)
     group by k.channel, k.topic_id, i.id order by k.topic_id, i.id`,
    [...people.bindings, workspaceId] as any[]
  )
  for (const { channel, topic_id: topicId, import_id: importId, contact_ids: contactIds } of rows) {
    await takeBack({ workspaceId, importId, people: contactIds, channel, topicId, actor, trx })
  }
}
