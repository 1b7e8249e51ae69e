import type { Verdict } from './bounces/bounce_class.ts'

/** Where a message stands, and what an event makes of it. Applied in any order, the result is the same. */
export interface Standing {
  state: string
  stateAt: Date
  reason: string | null
  note: string | null
  providerId: string | null
  acceptedAt: Date | null
  /** The first time that the provider handed it on, and that a mailbox put it off. */
  sentAt: Date | null
  delayedAt: Date | null
  deliveredAt: Date | null
  endedAt: Date | null
  /** When it was found in the provider's list. */
  foundAt: Date | null
}

export interface Happening {
  /** accepted: it stands in the provider's list. */
  state: 'accepted' | 'sent' | 'delayed' | 'delivered' | 'failed' | 'suppressed' | 'bounced' | 'complained'
  at: Date
  reason: string | null
  note: string | null
  /** Null: told by somebody who knows the mail, but not the provider's id of it. */
  providerId: string | null
  /** What a bounce was taken for, and the server's own words. */
  bounce?: { verdict: Verdict; words: string | null; source: 'webhook' | 'mailbox' | 'list' }
  /** It was found in the provider's list then. */
  foundAt?: Date
}

/** A later word counts for more than an earlier one, however late it comes: a mail can bounce after it was delivered. */
const RANK: Record<string, number> = {
  unconfirmed: 0,
  accepted: 1,
  sent: 2,
  delayed: 3,
  delivered: 4,
  failed: 5,
  suppressed: 5,
  bounced: 5,
  complained: 6,
}

/** A person looked, and says so. What the provider says later counts for more. */
export const DECIDED_SENT = 'decided_sent'
export const DECIDED_NOT_SENT = 'decided_not_sent'

const rankOf = ({ state, reason }: Standing) => (reason === DECIDED_NOT_SENT ? RANK.unconfirmed : RANK[state])

const ENDS = ['failed', 'suppressed', 'bounced', 'complained']

export function after(standing: Standing, event: Happening): Standing {
  const next = {
    ...standing,
    providerId: standing.providerId ?? event.providerId,
    acceptedAt: earlier(standing.acceptedAt, event.at, true),
    sentAt: earlier(standing.sentAt, event.at, event.state === 'sent'),
    delayedAt: earlier(standing.delayedAt, event.at, event.state === 'delayed'),
    deliveredAt: earlier(standing.deliveredAt, event.at, event.state === 'delivered'),
    foundAt: earlier(standing.foundAt, event.foundAt ?? event.at, event.foundAt !== undefined),
  }
  const [now, then] = [RANK[event.state], rankOf(standing)]
  const isTie = now === then && event.at.getTime() < standing.stateAt.getTime()
  if (now < then || (now === then && !isTie)) return next
  return {
    ...next,
    state: event.state,
    stateAt: event.at,
    reason: event.reason,
    note: event.note,
    endedAt: ENDS.includes(event.state) ? event.at : null,
  }
}

/** Withheld and cancelled messages never left: no event can be about them. */
export const mayHear = (state: string) => state in RANK

/** An automatic answer says nothing of where the mail stands. */
export const isOnlyNoted = ({ bounce }: Happening) => bounce?.verdict.class === 'auto_reply'

/** Where a row of messages, or of service messages (which keep no time for each step), stands. */
export const standingOf = (row: any): Standing => ({
  state: row.state,
  stateAt: row.state_at,
  reason: row.reason,
  note: row.note,
  providerId: row.provider_id,
  acceptedAt: row.accepted_at,
  sentAt: row.sent_at ?? null,
  delayedAt: row.delayed_at ?? null,
  deliveredAt: row.delivered_at,
  endedAt: row.ended_at,
  foundAt: row.found_at,
})

const earlier = (known: Date | null, at: Date, counts: boolean) =>
  counts && (known === null || at < known) ? at : known
