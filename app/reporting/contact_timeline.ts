import db from '@adonisjs/lucid/services/db'
import { keysetPage, type Page } from '#platform'

/** One fact about a person: when, what kind, and what there is to know of it. */
export interface TimelineFact {
  id: string
  at: string
  kind: 'consent' | 'mail' | 'auto_reply' | 'open' | 'click' | 'unsubscribed' | 'import' | 'change'
  details: Record<string, unknown>
}

/** Everything known about a person, newest first: declarations, mails, reactions, imports and what the team did. */
export async function contactTimeline(
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
  page: { limit: number; cursor?: string }
): Promise<Page<TimelineFact>> {
  const facts = db.from(db.raw(`(${FACTS}) as facts`, { workspaceId, contactId, subject: String(contactId) }) as any)
  return keysetPage(facts.select('facts.*', db.raw('facts.at::text as at_text')), {
    ...page,
    sort: [
      { column: 'at', direction: 'desc', value: (row: any) => row.at_text },
      { column: 'key', direction: 'desc', value: (row: any) => row.key },
    ],
    toJson: ({ key, at, kind, details }: any) => ({ id: key, at: at.toISOString(), kind, details }),
  })
}

const FACTS = `
  select 'consent-' || e.id as key, e.occurred_at as at, 'consent' as kind, jsonb_build_object(
      'action', e.action, 'status', e.status, 'basis', e.basis, 'topic_id', e.topic_id::text, 'topic', t.name, 'channel', e.channel,
      'statement', e.statement, 'source', e.source, 'source_kind', e.source_kind, 'reason', e.reason, 'by', e.actor_label) as details
    from consent_entries e left join topics t on t.workspace_id = e.workspace_id and t.id = e.topic_id
    where e.workspace_id = :workspaceId and e.contact_id = :contactId
  union all
  select 'mail-' || m.campaign_id, m.sealed_at, 'mail', jsonb_build_object(
      'campaign_id', m.campaign_id::text, 'campaign', c.name, 'subject', c.subject, 'state', m.state, 'reason', m.reason, 'note', m.note,
      'accepted_at', m.accepted_at, 'delivered_at', m.delivered_at)
    from messages m left join campaigns c on c.workspace_id = m.workspace_id and c.id = m.campaign_id
    where m.workspace_id = :workspaceId and m.contact_id = :contactId
  union all
  select 'service-' || m.id, m.created_at, 'mail', jsonb_build_object(
      'service', true, 'subject', m.subject, 'state', case m.state when 'sealed' then 'sending' else m.state end, 'reason', m.reason, 'note', m.note,
      'accepted_at', m.accepted_at, 'delivered_at', m.delivered_at)
    from service_messages m where m.workspace_id = :workspaceId and m.contact_id = :contactId
  union all
  select 'answer-' || b.id, b.at, 'auto_reply', jsonb_build_object(
      'campaign_id', b.campaign_id::text, 'campaign', c.name, 'service', b.campaign_id is null)
    from bounces b left join campaigns c on c.workspace_id = b.workspace_id and c.id = b.campaign_id
    where b.workspace_id = :workspaceId and b.contact_id = :contactId and b.class = 'auto_reply'
  union all
  select 'unsubscribed-' || m.campaign_id, m.unsubscribed_at, 'unsubscribed', jsonb_build_object(
      'campaign_id', m.campaign_id::text, 'campaign', c.name)
    from messages m left join campaigns c on c.workspace_id = m.workspace_id and c.id = m.campaign_id
    where m.workspace_id = :workspaceId and m.contact_id = :contactId and m.unsubscribed_at is not null
  union all
  select e.kind || '-' || e.id, e.occurred_at, e.kind, jsonb_build_object(
      'campaign_id', e.campaign_id::text, 'campaign', c.name, 'url', l.url, 'verdict', e.verdict, 'rule', e.rule)
    from engagements e
    left join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    left join links l on l.workspace_id = e.workspace_id and l.campaign_id = e.campaign_id and l.no = e.link_no
    where e.workspace_id = :workspaceId and e.contact_id = :contactId
  union all
  select 'import-' || i.id, coalesce(i.started_at, i.created_at), 'import', jsonb_build_object(
      'import_id', i.id::text, 'file_name', i.file_name, 'line', r.line, 'outcome', r.outcome)
    from import_rows r join imports i on i.workspace_id = r.workspace_id and i.id = r.import_id
    where r.workspace_id = :workspaceId and r.contact_id = :contactId
  union all
  select 'change-' || a.id, a.created_at, 'change', jsonb_build_object('action', a.action, 'by', a.actor_label) || jsonb_build_object('details', a.details)
    from audit_entries a
    where a.workspace_id = :workspaceId and a.subject_type = 'contact' and a.subject_id = :subject and a.action not like 'consent.%'
`
