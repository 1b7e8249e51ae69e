import db from '@adonisjs/lucid/services/db'
import type { FoundMail, Sighting } from '#channels'
import type { Told } from '../feedback/keep_event.ts'
import { toldByPostmark } from '../feedback/postmark_event.ts'
import { redacted } from '../feedback/redacted.ts'
import { goOn, type Reading } from './list_reading.ts'

/**
 * Writes down how far the list was read and, with it, what was found there: as events, which the feedback works out by the
 * rules for webhooks. @returns false when somebody else reads on by now
 */
export function keepSighting(reading: Reading, { cursor, found }: Sighting): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (!(await goOn(reading, cursor, trx))) return false
    const events = found ? eventsOf(found, reading.account) : []
    if (events.length === 0) return true
    await trx.rawQuery(
      `insert into provider_events (workspace_id, event_id, type, body, occurred_at)
       select ?::bigint, * from unnest(?::text[], ?::text[], ?::jsonb[], ?::timestamptz[])
       on conflict (workspace_id, event_id) do nothing`,
      [
        reading.workspaceId,
        events.map(({ id }) => id),
        events.map(({ told }) => told.type),
        events.map(({ told }) => JSON.stringify(redacted(told))),
        events.map(({ told }) => new Date(told.created_at).toISOString()),
      ] as any[]
    )
    return true
  })
}

interface Event {
  id: string
  told: Told
}

/** That it is there, and what became of it. An event that a webhook brings, too, has the same id, where the provider has ids. */
function eventsOf({ id, tags, takenAt, events }: FoundMail, account: string): Event[] {
  const about = { email_id: id, tags }
  const found: Told = {
    type: 'list.found',
    created_at: takenAt.toISOString(),
    data: { ...about, found_at: new Date().toISOString() },
  }
  const told = events
    .flatMap((event: any): Event[] => {
      if (!account.startsWith('postmark:')) return [{ id: `list:${id}:${event.type}`, told: event }]
      const read = toldByPostmark(event)
      return read ? [{ id: `postmark:${read.id}`, told: read.told }] : []
    })
    .map((event) => ({
      id: event.id,
      told: { ...event.told, data: { ...event.told.data, ...about, told_by: 'list' } },
    }))
  return [{ id: `list:${id}`, told: found }, ...told]
}
