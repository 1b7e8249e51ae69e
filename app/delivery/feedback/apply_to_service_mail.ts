import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { judge } from './apply_events.ts'
import { happeningIn, serviceMessageIn, type StoredEvent } from './event_meaning.ts'
import { after, isOnlyNoted, standingOf, type Standing } from './message_states.ts'
import type { Reaction } from './reactions.ts'

interface Told {
  workspaceId: number
  events: StoredEvent[]
  outcomes: Map<number, string>
  trx: TransactionClientContract
}

/** What events mean for service mail: the same as for campaigns. While a mail is on its way, they wait. */
export async function applyToServiceMail({ workspaceId, events, outcomes, trx }: Told): Promise<Reaction[]> {
  if (events.length === 0) return []
  const ids = [...new Set(events.map((event) => serviceMessageIn(event)!))]
  const { rows } = await trx.rawQuery(
    `select * from service_messages where workspace_id = ? and id = any(?::bigint[]) order by id for update`,
    [workspaceId, ids] as any[]
  )
  const found = new Map<number, any>(rows.map((row: any) => [row.id, row]))
  const changed = new Map<number, Standing>()
  const reactions: Reaction[] = []
  for (const event of events) {
    const id = serviceMessageIn(event)!
    const row = found.get(id)
    const standing = changed.get(id) ?? (row ? standingOf(row) : null)
    const happening = happeningIn(event)!
    const outcome = row?.state === 'sealed' ? 'waiting' : judge(standing, happening, event)
    outcomes.set(event.id, outcome)
    if (outcome !== 'applied') continue
    if (!isOnlyNoted(happening)) changed.set(id, after(standing!, happening))
    reactions.push({ contactId: row.contact_id, serviceMessageId: id, email: row.email, happening })
  }
  for (const [id, { state, stateAt, reason, note, providerId, acceptedAt, deliveredAt, endedAt, foundAt }] of changed) {
    await trx.from('service_messages').where({ workspace_id: workspaceId, id }).update({
      state,
      state_at: stateAt,
      reason,
      note,
      provider_id: providerId,
      accepted_at: acceptedAt,
      delivered_at: deliveredAt,
      ended_at: endedAt,
      found_at: foundAt,
    })
  }
  return reactions
}
