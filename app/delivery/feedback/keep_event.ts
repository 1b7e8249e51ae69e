import { GroupCommit, prepared } from '#platform'
import { redacted } from './redacted.ts'

/**
 * What a provider told, in the form of Resend's events, which all of them are brought into: `data.email_id` is its own id of
 * the mail, `data.tags` are ours.
 */
export interface Told {
  type: string
  created_at: string
  data?: { tags?: Record<string, unknown>; [more: string]: unknown }
}

/** Keeps an event once per id. @returns whether it is new */
export const keepEvent = ({ workspaceId, providerId, eventId, told }: Kept) =>
  log.add({ workspaceId, providerId, eventId, told })

interface Kept {
  workspaceId: number
  /** Whose account told it. */
  providerId: number
  eventId: string
  told: Told
}

/** Thousands of events come at once after a campaign: what gathers during one write is stored by the next. */
const log = new GroupCommit<Kept, boolean>(keepAll)

/** @returns for each whether it is new; of two alike the first */
async function keepAll(events: Kept[]): Promise<boolean[]> {
  const first = new Map(events.toReversed().map((event) => [keyOf(event), event]))
  const those = [...first.values()]
  const { rows } = await prepared(KEEP, [
    those.map((event) => event.workspaceId),
    those.map((event) => event.providerId),
    those.map((event) => event.eventId),
    those.map(({ told }) => told.type),
    those.map(({ told }) => JSON.stringify(redacted(told))),
    those.map(({ told }) => new Date(told.created_at).toISOString()),
  ])
  const isNew = new Set(rows.map((row) => keyOf({ workspaceId: row.workspace_id, eventId: row.event_id })))
  return events.map((event) => first.get(keyOf(event)) === event && isNew.has(keyOf(event)))
}

const keyOf = ({ workspaceId, eventId }: Pick<Kept, 'workspaceId' | 'eventId'>) => `${workspaceId} ${eventId}`

const KEEP = `
  with told as (
    select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::jsonb[], ?::timestamptz[])
      as t (workspace_id, provider_id, event_id, type, body, occurred_at)
    order by workspace_id, event_id
  ),
  heard as (
    update provider_accounts p set last_event_at = now()
    where p.workspace_id = any(array(select distinct workspace_id from told)) and p.id = any(array(select distinct provider_id from told))
      and coalesce(p.last_event_at, '-infinity') < now() - interval '1 minute'
  )
  insert into provider_events (workspace_id, event_id, type, body, occurred_at)
  select workspace_id, event_id, type, body, occurred_at from told
  on conflict (workspace_id, event_id) do nothing
  returning workspace_id, event_id`
