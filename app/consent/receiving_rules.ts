import type { SqlPiece } from '#platform'
import { mailableBases } from './bases.ts'
import { ABOUT_THE_TOPIC, inWords, mailsSince, underTheCap, type Cap } from './frequency_cap.ts'
import { askedBefore } from './reconfirming/asked_before.ts'
import { notRestricted } from './restrictions.ts'
import { unreachable } from './suppress.ts'

/** People as (contact_id, email_hash), and what they are asked about. */
export interface Question {
  workspaceId: number
  people: SqlPiece
  channel: string
  topicId: number
  /**
   * The people are a handful (a batch): look each one up by key, whatever the planner believes. Right after an import it
   * believes a workspace to be empty and would compare everyone with everyone.
   */
  few?: boolean
  /** How many campaigns one person gets in how many days; asked where mail is about to leave. None: nothing is counted. */
  caps?: Cap[]
  /** It is known that nobody of the workspace wishes anything: looking for each of a batch would cost. */
  hasNoWishes?: boolean
  /** The same of rests. */
  hasNoRests?: boolean
  /** The mail is a question of this re-confirmation: who was asked before is not asked again. */
  asks?: number | null
  /**
   * Service mail: nobody agrees to a receipt, so it is asked only whether the address may be written to at all. The people
   * are mails (contact_id is the mail's) with `person_id` and `by_right`, too: an answer to what somebody asked for by right
   * is no mail that they said no to, and reaches them while their data is restricted.
   */
  isService?: boolean
}

export interface Rule {
  rule: string
  /** SQL over p (the person), s (their suppression), k (where they stand), h (what they wish), r (whether they rest). */
  holds: string
  bindings?: (question: Question) => unknown[]
  /** SQL: the reason, when it does not hold. */
  otherwise: string
  detail: { yes: string; no: (reason: string, facts: any) => string }
}

/**
 * May we write to this person? The rule exists here and nowhere else, in the order in which its parts are told. The
 * filter, its opposite and the judgement of one person are made from these lines.
 */
const rules: Rule[] = [
  {
    rule: 'not_restricted',
    holds: notRestricted({ id: 'p.contact_id', hash: 'p.email_hash' }),
    bindings: ({ workspaceId, channel }) => [workspaceId, workspaceId, channel, workspaceId],
    otherwise: `'restricted'`,
    detail: {
      yes: 'Their data is not restricted.',
      no: () => 'Their data is restricted: it is kept and not used until somebody lifts that.',
    },
  },
  {
    rule: 'has_address',
    holds: 'p.email_hash is not null',
    otherwise: `'no_address'`,
    detail: { yes: 'There is an address.', no: () => 'There is no address to write to.' },
  },
  {
    rule: 'address_not_suppressed',
    holds: 's.address_hash is null',
    otherwise: `'suppressed_' || s.reason`,
    detail: {
      yes: 'The address is not suppressed.',
      no: (reason, { suppressed_at: at }) => `The address is suppressed (${words(reason.slice(11))}) since ${day(at)}.`,
    },
  },
  {
    rule: 'topic_active',
    holds: 'exists (select from topics t where t.workspace_id = ? and t.id = ? and t.archived_at is null)',
    bindings: ({ workspaceId, topicId }) => [workspaceId, topicId],
    otherwise: `'topic_archived'`,
    detail: { yes: 'The topic is active.', no: () => 'The topic is archived: nothing is sent about it any more.' },
  },
  {
    rule: 'consent_granted',
    holds: `k.status = 'granted'`,
    otherwise: `coalesce(k.status, 'none')`,
    detail: {
      yes: 'They agreed to this topic.',
      no: (reason, { since }) =>
        ({
          none: 'They never agreed to this topic.',
          pending: `They asked for it on ${day(since)} and have not confirmed it.`,
          withdrawn: `They withdrew on ${day(since)}.`,
        })[reason] ?? reason,
    },
  },
  {
    rule: 'not_expired',
    holds: '(k.expires_at is null or k.expires_at > now())',
    otherwise: `'expired'`,
    detail: { yes: 'The agreement has not expired.', no: (_, { expires_at: at }) => `It expired on ${day(at)}.` },
  },
  {
    rule: 'basis_mailable',
    holds: `(k.basis = any(array[${mailableBases.map((basis) => `'${basis}'`).join(', ')}])
      or (k.basis = 'legitimate_interest_b2b'
          and (select w.settings->>'legitimate_interest_b2b' = 'true' from workspaces w where w.id = ?)))`,
    bindings: ({ workspaceId }) => [workspaceId],
    otherwise: `case when k.basis = 'unknown' then 'basis_unknown' else 'basis_not_mailable' end`,
    detail: {
      yes: 'The basis allows marketing mail.',
      no: (_, { basis }) => `The basis "${words(basis ?? 'none')}" does not allow marketing mail.`,
    },
  },
  {
    rule: 'not_resting',
    holds: 'r.since is null',
    otherwise: `'resting'`,
    detail: {
      yes: 'They do not rest.',
      no: (_, { resting_since: since }) =>
        `They were asked whether they still want it, did not answer, and rest since ${day(since)}.`,
    },
  },
  {
    rule: 'not_paused',
    holds: '(h.paused_until is null or h.paused_until <= now())',
    otherwise: `'paused_by_reader'`,
    detail: {
      yes: 'They did not ask for a pause.',
      no: (_, { paused_until: until }) => `They asked for a pause until ${day(until)}.`,
    },
  },
  {
    rule: 'not_too_often',
    holds: `(h.pace is null or not exists (${mailsSince('now() - h.pace')}))
      and (h.topic_pace is null or not exists (${mailsSince('now() - h.topic_pace')} and ${ABOUT_THE_TOPIC}))`,
    bindings: ({ workspaceId, topicId }) => [workspaceId, workspaceId, workspaceId, topicId],
    otherwise: `'frequency'`,
    detail: {
      yes: 'They did not ask for fewer mails, or the last one is long enough ago.',
      no: () => 'They asked for fewer mails, and got one not long ago.',
    },
  },
]

const byName = (name: string) => rules.find(({ rule }) => rule === name)!

const serviceRules: Rule[] = [
  {
    ...byName('not_restricted'),
    holds: `p.by_right or (${notRestricted({ id: 'p.person_id', hash: 'p.email_hash' })})`,
  },
  byName('has_address'),
  {
    ...byName('address_not_suppressed'),
    holds: `s.address_hash is null or (p.by_right and s.reason not in (${unreachable.map((r) => `'${r}'`)}))`,
  },
]

const WISHES = ['not_paused', 'not_too_often']

/** The parts that this question asks, and what they are asked with. */
export function rulesFor(question: Question) {
  const those = question.isService
    ? serviceRules
    : [
        ...rules.filter(
          ({ rule }) =>
            !(question.hasNoWishes && WISHES.includes(rule)) && !(question.hasNoRests && rule === 'not_resting')
        ),
        ...(question.asks ? [notAskedBefore(question.asks)] : []),
        ...(question.caps ?? []).map((cap) => underCap(cap)),
      ]
  return { rules: those, bindings: those.flatMap(({ bindings }) => bindings?.(question) ?? []) }
}

/** A cap as a part of the rule. It is not there at all where there is no cap: counting mails costs. */
const underCap = (cap: Cap): Rule => ({
  rule: cap.topicId === null ? 'under_cap' : 'under_topic_cap',
  ...underTheCap(cap),
  otherwise: `'frequency'`,
  detail: {
    yes: `They got fewer than ${inWords(cap)}.`,
    no: () => `They got ${inWords(cap)} already: that is the most that this workspace sends to one person.`,
  },
})

/** A question is asked once: a part of the rule where the mail is one. */
const notAskedBefore = (reconfirmationId: number): Rule => ({
  rule: 'not_asked_before',
  ...askedBefore(reconfirmationId),
  otherwise: `'asked_before'`,
  detail: {
    yes: 'They were not asked this before.',
    no: () => 'They were asked this before, or have not answered another question yet.',
  },
})

/** What does not pass by itself, as a pause does, and is no matter of one topic. */
export const lastingRules = rules.filter(({ rule }) => rule !== 'topic_active' && !WISHES.includes(rule))

const words = (name: string) => name.replaceAll('_', ' ')
const day = (at: Date | null) => (at ? at.toISOString().slice(0, 10) : 'an unknown day')
