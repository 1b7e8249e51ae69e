import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { TrackingPolicy } from '#identity'
import { recordConsent, type ConsentRecord } from './record_consent.ts'
import { mayBeMeasured, TRACKING, trackingWord } from './tracking_rule.ts'

/** Where one person stands, for their page, their record and the preview of their mail. */
export async function trackingOfPerson({
  workspaceId,
  contactId,
  client = db,
}: {
  workspaceId: number
  contactId: number
  client?: Pick<QueryClientContract, 'rawQuery'>
}) {
  const { rows } = await client.rawQuery(
    `select ${trackingWord({ workspace: 'w.id', contact: 'c.id', emailHash: 'c.email_hash' })} as said,
       ${mayBeMeasured({ settings: 'w.settings', workspace: 'w.id', contact: 'c.id', emailHash: 'c.email_hash' })} as is_measured,
       coalesce(w.settings->>'tracking_policy', 'unless_objected') as policy, k.since, k.expires_at
     from workspaces w join contacts c on c.workspace_id = w.id
     left join consents k on k.workspace_id = c.workspace_id and k.contact_id = c.id and k.channel = '${TRACKING.channel}'
       and k.topic_id = ${TRACKING.topicId}
     where w.id = ? and c.id = ?`,
    [workspaceId, contactId]
  )
  const [row] = rows
  return {
    status: (row?.said ?? 'none') as 'granted' | 'withdrawn' | 'none',
    since: (row?.since?.toISOString() ?? null) as string | null,
    expires_at: (row?.expires_at?.toISOString() ?? null) as string | null,
    policy: (row?.policy ?? 'unless_objected') as TrackingPolicy,
    is_measured: row?.is_measured === true,
  }
}
export type PersonTracking = Awaited<ReturnType<typeof trackingOfPerson>>

/** How many there are, and what they said; a former contact's no is not counted. Reads `contacts` by SELECT. */
export async function trackingCounts(workspaceId: number) {
  const { rows } = await db.rawQuery(
    `select (select count(*)::int from contacts where workspace_id = :id and deleted_at is null) as people,
       count(*) filter (where said = 'granted')::int as granted, count(*) filter (where said = 'withdrawn')::int as withdrawn
     from (
       select ${trackingWord({ workspace: 'c.workspace_id', contact: 'c.id', emailHash: 'null::bytea' })} as said
       from consents k join contacts c on c.workspace_id = k.workspace_id and c.id = k.contact_id and c.deleted_at is null
       where k.workspace_id = :id and k.topic_id = ${TRACKING.topicId} and k.channel = '${TRACKING.channel}') as words`,
    { id: workspaceId }
  )
  return rows[0] as { people: number; granted: number; withdrawn: number }
}

type Permission = Omit<ConsentRecord, 'channel' | 'topicId' | 'action' | 'basis'> & {
  action: 'grant' | 'withdraw'
  basis?: 'consent_express' | 'consent_double_opt_in'
}

/** Somebody allows it or takes that back. From then on nothing of them is noted, also not by mails that they have already. */
export const recordTracking = ({ basis = 'consent_express', ...record }: Permission) =>
  recordConsent({ ...record, ...TRACKING, basis })
