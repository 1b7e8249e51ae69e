import type { ProofStrength } from '#consent'
import type { ConsentStatus, EventName } from './rule.ts'
import type { Operator } from './operators.ts'

/** Every word of a rule's sentence. A translation is another object of this shape. */
export const english = {
  everyone: 'Everyone',
  people: (clauses: string) => `People ${clauses}`,
  and: 'and',
  or: 'or',
  not: (group: string) => `not ${group}`,
  quoted: (text: string) => `“${text}”`,
  yes: 'yes',
  no: 'no',
  field: (label: string, what: string) => `whose ${label} ${what}`,
  operator: {
    eq: (v) => `is ${v}`,
    neq: (v) => `is not ${v}`,
    in: (v) => `is one of ${v}`,
    not_in: (v) => `is none of ${v}`,
    contains: (v) => `contains ${v}`,
    starts_with: (v) => `starts with ${v}`,
    ends_with: (v) => `ends with ${v}`,
    is_set: () => 'is known',
    is_not_set: () => 'is not known',
    gt: (v) => `is more than ${v}`,
    gte: (v) => `is ${v} or more`,
    lt: (v) => `is less than ${v}`,
    lte: (v) => `is ${v} or less`,
    between: (v, w) => `is between ${v} and ${w}`,
    before: (v) => `is before ${v}`,
    after: (v) => `is after ${v}`,
    in_last_days: (v) => `was in the last ${days(v)}`,
    in_next_days: (v) => `is in the next ${days(v)}`,
    anniversary_in_days: (v) => (v === '0' ? 'has its anniversary today' : `has its anniversary within ${days(v)}`),
  } satisfies Record<Operator, (v: string, w: string) => string> as Record<Operator, (v: string, w: string) => string>,
  /** For moments and days, where "more than" would sound odd. */
  order: { gt: 'after', gte: 'on or after', lt: 'before', lte: 'on or before' } as Partial<Record<Operator, string>>,
  tag: (name: string) => `who have the tag ${name}`,
  noTag: (name: string) => `who do not have the tag ${name}`,
  event: {
    received: 'who received',
    opened: 'who opened',
    clicked: 'who clicked in',
    bounced: 'who bounced on',
  } as Record<EventName, string>,
  noEvent: {
    received: 'who did not receive',
    opened: 'who did not open',
    clicked: 'who did not click in',
    bounced: 'who did not bounce on',
  } as Record<EventName, string>,
  anyMail: 'a mail',
  campaign: (name: string) => `the campaign ${name}`,
  times: (n: number) => `at least ${n} times`,
  within: (n: number) => `in the last ${days(String(n))}`,
  consent: {
    none: (topic) => `who were never asked about ${topic}`,
    pending: (topic) => `who have not yet confirmed ${topic}`,
    granted: (topic) => `who agreed to ${topic}`,
    withdrawn: (topic) => `who left ${topic}`,
    expired: (topic) => `whose agreement to ${topic} has expired`,
  } satisfies Record<ConsentStatus, (topic: string) => string>,
  proof: { strong: 'with a strong proof', fair: 'with a fair proof', weak: 'with a weak proof' } as Record<
    ProofStrength,
    string
  >,
  segment: (name: string) => `who are in the segment ${name}`,
  noSegment: (name: string) => `who are not in the segment ${name}`,
}

export type Phrases = typeof english

function days(n: string) {
  return n === '1' ? 'day' : `${n} days`
}
