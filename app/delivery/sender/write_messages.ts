import { inTheCall, leftOut, type InTheCall, type SealedPerson } from './sealed_people.ts'

/** What became of those who were in the call; with `accepted` come the provider's ids, in their order. */
export type Ending =
  | { state: 'accepted'; ids: string[] }
  | { state: 'failed' | 'unconfirmed'; reason: string; note: string }
  /** In their order; null: not sent, and not at its end. */
  | { state: 'each'; endings: (EndingOfOne | null)[] }

export interface EndingOfOne {
  state: 'accepted' | 'failed' | 'suppressed' | 'unconfirmed'
  reason?: string
  note?: string
  id?: string
}

/**
 * An INSERT of one message for each person of a batch that has come to its end, to follow a `with ended as (update batches
 * … returning …)`: nothing is written when the lease was lost. Without an ending only those who were left out are written.
 */
export function writeMessages(people: SealedPerson[], ending: Ending | null) {
  const out = leftOut(people)
  const called = ending === null ? [] : endingsOf(inTheCall(people), ending)
  return {
    sql: `
      insert into messages (workspace_id, month, campaign_id, batch_id, sealed_at, contact_id, position, state, reason, note,
        email, provider_id, accepted_at, ended_at, opens_measured, clicks_measured)
      select ended.workspace_id, ended.month, ended.campaign_id, ended.id, coalesce(ended.sealed_at, now()),
        m.contact_id, m.position, m.state, m.reason, m.note, m.email, m.provider_id,
        case m.state when 'accepted' then now() end, case when m.state <> 'accepted' then now() end,
        m.is_measured and coalesce((e.tracking->>'opens')::boolean, false),
        m.is_measured and coalesce((e.tracking->>'clicks')::boolean, false)
      from ended left join editions e on e.workspace_id = ended.workspace_id and e.id = ended.edition_id
        cross join unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
        as m (contact_id, position, state, reason, note, email, provider_id, is_measured)`,
    bindings: [
      [...called, ...out].map(({ id }) => id),
      [...called.map(({ position }) => position), ...out.map(() => -1)],
      [...called.map(({ end }) => end.state), ...out.map((one) => one.left_out)],
      orNone([...called.map(({ end }) => end.reason), ...out.map((one) => one.reason)]),
      orNone([...called.map(({ end }) => end.note), ...out.map((one) => one.note)]),
      [...called, ...out].map(({ email }) => email ?? null),
      orNone([...called.map(({ end }) => end.id), ...out.map(() => undefined)]),
      [...called.map(({ isMeasured }) => isMeasured), ...out.map(() => false)],
    ] as unknown[],
  }
}

/** A list that says nothing need not be sent: `unnest` fills up what is shorter with nulls. */
const orNone = (values: (string | undefined)[]) =>
  values.some((value) => value !== undefined) ? values.map((value) => value ?? null) : []

function endingsOf(people: InTheCall[], ending: Ending) {
  const endOf = (position: number): EndingOfOne | null => {
    if (ending.state === 'each') return ending.endings[position]
    return ending.state === 'accepted' ? { state: 'accepted', id: ending.ids[position] } : ending
  }
  return people.flatMap(({ id, email, unmeasured }, position) => {
    const end = endOf(position)
    return end ? [{ id, email, position, end, isMeasured: !unmeasured }] : []
  })
}
