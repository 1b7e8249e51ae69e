import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

export interface Break {
  workspace_id: string
  contact_id: string
  /** The first entry that does not fit; null when the newest entries are missing. */
  entry_id: string | null
  why: 'altered' | 'unlinked' | 'cut' | 'wording'
}

/**
 * Recomputes the chain of every person (or of one workspace, or one contact) and says where it breaks: an entry whose
 * facts were `altered`, one that is not linked to the entry before it (`unlinked`: one was removed or slipped in),
 * newest entries `cut` off, a `wording` that is gone or says something else than the person was told.
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
  const { rows } = await client.rawQuery(EVERY_CHAIN, [
    workspaceId,
    workspaceId,
    contactId,
    contactId,
    workspaceId,
    workspaceId,
    contactId,
    contactId,
  ] as any[])
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

const EVERY_CHAIN = `with chosen as (
       select e.*, w.text as wording, lag(e.hash) over (partition by e.workspace_id, e.contact_id order by e.id) as before
       from consent_entries e
       left join consent_wordings w on w.workspace_id = e.workspace_id and w.id = e.wording_id and w.version = e.wording_version
       where (?::bigint is null or e.workspace_id = ?) and (?::bigint is null or e.contact_id = ?)
     ),
     checked as (
       select workspace_id, contact_id, id, hash,
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
     tails as (
       select workspace_id, contact_id, count(*) as n, (array_agg(hash order by id desc))[1] as hash
       from checked group by workspace_id, contact_id
     )
     select workspace_id, contact_id, min(id) as entry_id, (array_agg(why order by id))[1] as why, 0 as entries
     from checked where why is not null group by workspace_id, contact_id
     union all
     select c.workspace_id, c.contact_id, null, 'cut', 0
     from consent_chains c left join tails t on t.workspace_id = c.workspace_id and t.contact_id = c.contact_id
     where (?::bigint is null or c.workspace_id = ?) and (?::bigint is null or c.contact_id = ?)
       and (t.n is distinct from c.entries or t.hash is distinct from c.hash)
       and not exists (select from checked x
                       where x.workspace_id = c.workspace_id and x.contact_id = c.contact_id and x.why is not null)
     union all
     select null, null, null, null, count(*) from checked`
