import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Declaration, TopicKey } from './stands.ts'

/** What the chain's hash covers, in the order of consent_facts_digest. */
const HASHED = `'email', d.topic_id, d.action, d.status, d.basis, d.statement, null, 'en', d.wording_id, d.wording_version,
  d.source, d.source_kind, null, d.personal_digest,
  d.occurred_at, null`

const THE_BAKERY = 'Blue Door Bakery (demo)'

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
  const wordings = await plantWordings(trx, { workspaceId, declarations })
  for (const pass of passes(declarations)) {
    const rows = pass.map((d) => ({
      contact_id: contactIds[d.person],
      topic_id: topicIds[d.topic],
      action: d.action,
      status: d.status,
      basis: d.basis,
      statement: d.statement,
      wording_id: d.action === 'withdraw' ? null : wordings.get(d.statement),
      wording_version: d.action === 'withdraw' ? null : 1,
      source: d.source,
      source_kind: d.source_kind,
      occurred_at: new Date(now - d.days_ago * 86_400_000).toISOString(),
    }))
    await trx.rawQuery(
      `with said as materialized (
         select *, decode(md5(random()::text), 'hex') as personal_salt
           from jsonb_to_recordset(cast(:rows as jsonb)) as r (contact_id bigint, topic_id bigint, action text, status text, basis text,
             statement text, wording_id bigint, wording_version int, source text, source_kind text, occurred_at timestamptz)
       ), d as materialized (
         select *, consent_personal_digest(personal_salt, null, null, null, :actor) as personal_digest from said
       ), chained as (
         insert into consent_chains as chain (workspace_id, contact_id, demo, entries, previous_hash, hash, withdrawn)
         select :workspaceId, d.contact_id, true, coalesce(last.entries, 0) + 1, last.hash,
           consent_entry_hash(last.hash, :workspaceId, d.contact_id, consent_facts_digest(${HASHED})),
           coalesce(last.withdrawn, '{}') || case when d.action = 'withdraw' then array['email:' || d.topic_id] else '{}' end
         from d left join consent_chains last on last.workspace_id = :workspaceId and last.contact_id = d.contact_id
         on conflict (workspace_id, contact_id) do update set
           entries = excluded.entries, previous_hash = excluded.previous_hash, hash = excluded.hash, withdrawn = excluded.withdrawn
         returning contact_id, previous_hash, hash
       )
       insert into consent_entries (workspace_id, contact_id, channel, topic_id, action, status, basis, statement, statement_version,
         language, wording_id, wording_version, source, source_kind, source_ref, personal_digest, occurred_at, expires_at, actor_label,
         personal_salt, previous_hash, hash, recorded_at)
       select :workspaceId, d.contact_id, ${HASHED}, :actor, d.personal_salt, c.previous_hash, c.hash, d.occurred_at
       from d join chained c on c.contact_id = d.contact_id`,
      { workspaceId, rows: JSON.stringify(rows), actor: THE_BAKERY }
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

/** What the bakery's people were told: the sentences of its form and its paper list. Answers each one's id. */
async function plantWordings(
  trx: TransactionClientContract,
  { workspaceId, declarations }: { workspaceId: number; declarations: Declaration[] }
): Promise<Map<string, number>> {
  const said = declarations.filter(({ action }) => action !== 'withdraw').map(({ statement }) => statement)
  const { rows } = await trx.rawQuery(
    `insert into consent_wordings (workspace_id, version, text, language, shown, origin, demo, actor_label)
     select ?::bigint, 1, text, 'en', ?, 'written', true, ? from unnest(?::text[]) text
     returning text, id`,
    [
      workspaceId,
      'sign-up form on bluedoor.test, paper list at the market stall',
      THE_BAKERY,
      [...new Set(said)],
    ] as any[]
  )
  return new Map(rows.map(({ text, id }: { text: string; id: number }) => [text, id]))
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
