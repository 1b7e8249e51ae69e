import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

export interface Break {
  workspace_id: string
  contact_id: string
  /** The first entry that does not fit; null when the newest entries, or all, are missing. */
  entry_id: string | null
  why: 'altered' | 'unlinked' | 'cut' | 'wording' | 'standing'
}

/**
 * Recomputes the chain of every person (or of one workspace, or one contact) and says where it breaks: an entry whose
 * facts were `altered`, one that is not linked to the entry before it (`unlinked`: one was removed or slipped in),
 * newest entries `cut` off, a `wording` that is gone or says something else than the person was told. Where chains hold, it
 * compares what follows from them: `standing` says that somebody stands on a topic as no entry of theirs says, or in spite of
 * one, or that their chain forgot what they left.
 */
export async function verifyLedger({
  workspaceId = null,
  contactId = null,
  client = db,
}: {
  workspaceId?: number | null
  contactId?: number | null
  client?: Pick<QueryClientContract, 'rawQuery'>
} = {}): Promise<{ entries: number; breaks: Break[] }> {
  const { rows } = await client.rawQuery(EVERY_CHAIN, { workspaceId, contactId } as any)
  const total = rows.find((row: any) => row.why === null)
  return {
    entries: total.entries,
    breaks: rows
      .filter((row: any) => row.why !== null)
      .map((row: any) => ({
        workspace_id: String(row.workspace_id),
        contact_id: String(row.contact_id),
        entry_id: row.entry_id === null ? null : String(row.entry_id),
        why: row.why,
      })),
  }
}

const chosen = (row: string) => `(cast(:workspaceId as bigint) is null or ${row}.workspace_id = :workspaceId)
       and (cast(:contactId as bigint) is null or ${row}.contact_id = :contactId)`

const EVERY_CHAIN = `with chosen as (
       select e.*, w.text as wording, lag(e.hash) over (partition by e.workspace_id, e.contact_id order by e.id) as before
       from consent_entries e
       left join consent_wordings w on w.workspace_id = e.workspace_id and w.id = e.wording_id and w.version = e.wording_version
       where ${chosen('e')}
     ),
     checked as (
       select workspace_id, contact_id, id, hash, channel, topic_id, action, occurred_at,
         case
           when previous_hash is distinct from before then 'unlinked'
           when hash is distinct from consent_entry_hash(previous_hash, workspace_id, contact_id, consent_facts_digest(channel,
             topic_id, action, status, basis, statement, statement_version, language, wording_id, wording_version, source, source_kind,
             source_ref, personal_digest, occurred_at, expires_at)) then 'altered'
           when redacted_at is null and personal_digest is distinct from
             consent_personal_digest(personal_salt, ip, user_agent, reason, actor_label) then 'altered'
           when wording_id is not null and wording is distinct from statement then 'wording'
         end as why
       from chosen
     ),
     links as (
       select workspace_id, contact_id, min(id) as entry_id, (array_agg(why order by id))[1] as why
       from checked where why is not null group by workspace_id, contact_id
     ),
     tails as (
       select workspace_id, contact_id, count(*) as n, (array_agg(hash order by id desc))[1] as hash
       from checked group by workspace_id, contact_id
     ),
     ends as (
       select workspace_id, contact_id, null::bigint as entry_id, 'cut' as why
       from (select * from consent_chains c where ${chosen('c')}) c full join tails t using (workspace_id, contact_id)
       where t.n is distinct from c.entries or t.hash is distinct from c.hash
     ),
     left_by as (
       select *, max(id) filter (where action = 'withdraw') over (partition by workspace_id, contact_id, channel, topic_id) as left_by
       from checked
     ),
     left_at as (
       select *, max(occurred_at) filter (where id = left_by) over (partition by workspace_id, contact_id, channel, topic_id) as left_at
       from left_by
     ),
     -- a withdrawal moves where they stand, and so does an agreement that is no older: they stand there or later
     due as (
       select workspace_id, contact_id, channel, topic_id, max(left_by) as left_by,
         max(id) filter (where id = left_by or (action = 'grant' and (left_by is null or (id > left_by and occurred_at >= left_at)))) as moved_by
       from left_at group by workspace_id, contact_id, channel, topic_id
     ),
     standing as (
       select * from (select * from consents k where ${chosen('k')}) k
       full join due using (workspace_id, contact_id, channel, topic_id)
     ),
     stands as (
       select s.workspace_id, s.contact_id, min(s.entry_id) as entry_id, 'standing' as why
       from standing s
       left join consent_entries e on e.workspace_id = s.workspace_id and e.id = s.entry_id
       left join consent_chains c on c.workspace_id = s.workspace_id and c.contact_id = s.contact_id
       where (e.contact_id, e.channel, e.topic_id, e.status, e.basis, e.occurred_at, e.expires_at) is distinct from
             (s.contact_id, s.channel, s.topic_id, s.status, s.basis, s.since, s.expires_at)
          or s.entry_id < s.moved_by
          or (s.left_by is not null and not c.withdrawn @> array[s.channel || ':' || s.topic_id])
       group by s.workspace_id, s.contact_id
     )
     select *, 0 as entries from links
     union all
     select *, 0 from ends where not exists (
       select from links o where o.workspace_id = ends.workspace_id and o.contact_id = ends.contact_id)
     union all
     select *, 0 from stands where not exists (
       select from (select * from links union all select * from ends) o
        where o.workspace_id = stands.workspace_id and o.contact_id = stands.contact_id)
     union all
     select null, null, null, null, count(*) from checked`
