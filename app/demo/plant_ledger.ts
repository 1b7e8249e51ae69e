import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Declaration, TopicKey } from './stands.ts'

const HASHED = `contact_id, 'email', topic_id, action, status, basis, statement, '1', 'en', source, source_kind, null, null,
  'Blue Door Bakery (demo)', null, null, occurred_at, null`

/**
 * Writes declarations as the ledger would have: chained by hash per contact, oldest first, and where each person stands
 * as the projection of it. A person's n-th entries are written in the n-th pass, each on the hash of the one before.
 */
export async function plantLedger(
  trx: TransactionClientContract,
  {
    workspaceId,
    contactIds,
    topicIds,
    declarations,
    now,
  }: {
    workspaceId: number
    contactIds: number[]
    topicIds: Record<TopicKey, number>
    declarations: Declaration[]
    now: number
  }
) {
  for (const pass of passes(declarations)) {
    const rows = pass.map((d) => ({
      contact_id: contactIds[d.person],
      topic_id: topicIds[d.topic],
      action: d.action,
      status: d.status,
      basis: d.basis,
      statement: d.statement,
      source: d.source,
      source_kind: d.source_kind,
      occurred_at: new Date(now - d.days_ago * 86_400_000).toISOString(),
    }))
    await trx.rawQuery(
      `insert into consent_entries (workspace_id, contact_id, channel, topic_id, action, status, basis, statement, statement_version, language,
         source, source_kind, source_ref, reason, actor_label, ip, user_agent, occurred_at, expires_at, recorded_at, previous_hash, hash)
       select :workspaceId, ${HASHED}, occurred_at, last.hash,
         consent_entry_hash(last.hash, :workspaceId, contact_id, 'email', topic_id, action, status, basis, statement, '1', 'en',
           source, source_kind, null, null, 'Blue Door Bakery (demo)', null, null, occurred_at, null)
       from jsonb_to_recordset(cast(:rows as jsonb)) as d (contact_id bigint, topic_id bigint, action text, status text, basis text,
         statement text, source text, source_kind text, occurred_at timestamptz)
       left join lateral (
         select hash from consent_entries e where e.workspace_id = :workspaceId and e.contact_id = d.contact_id order by id desc limit 1
       ) last on true`,
      { workspaceId, rows: JSON.stringify(rows) }
    )
  }
  await trx.rawQuery(
    `insert into consents (workspace_id, contact_id, channel, topic_id, status, basis, since, expires_at, entry_id)
     select distinct on (contact_id, channel, topic_id) workspace_id, contact_id, channel, topic_id, status, basis, occurred_at, expires_at, id
       from consent_entries where workspace_id = ? and contact_id = any(?)
      order by contact_id, channel, topic_id, id desc`,
    [workspaceId, contactIds]
  )
}

/** The declarations by turns: every person's first ones, then every person's second ones, and so on. */
function passes(declarations: Declaration[]): Declaration[][] {
  const turns: Declaration[][] = []
  const seen = new Map<number, number>()
  for (const declaration of declarations.toSorted((a, b) => b.days_ago - a.days_ago)) {
    const turn = seen.get(declaration.person) ?? 0
    seen.set(declaration.person, turn + 1)
    ;(turns[turn] ??= []).push(declaration)
  }
  return turns
}
