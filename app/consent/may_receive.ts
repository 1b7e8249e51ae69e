import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { piece, type SqlPiece } from '#platform'
import { mailableBases } from './bases.ts'
import { ABOUT_THE_TOPIC, capsOf, inWords, mailsSince, underTheCap, type Cap } from './frequency_cap.ts'
import { wishesOfPeople, wishesOfThePerson } from './reader_wishes.ts'
import { askedBefore } from './reconfirming/asked_before.ts'
import { restsOfPeople, restsOfThePerson } from './rests.ts'
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

interface Rule {
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

function rulesFor(question: Question) {
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
  detail: { yes: 'They were not asked this before.', no: () => 'They were asked this before.' },
})

/** Those of the people who may receive: yields contact_id. */
export function allowedPeople(question: Question): SqlPiece {
  const from = fromPeople(question)
  const asked = rulesFor(question)
  return {
    sql: `select p.contact_id ${from.sql} where ${asked.rules.map(({ holds }) => `(${holds})`).join(' and ')}`,
    bindings: [...from.bindings, ...asked.bindings],
  }
}

/** All of them, each with the first reason against it, or null: yields (contact_id, reason). */
export function judgedPeople(question: Question): SqlPiece {
  const from = fromPeople(question)
  const asked = rulesFor(question)
  const firstReason = asked.rules
    .map(({ holds, otherwise }) => `when (${holds}) is not true then ${otherwise}`)
    .join(' ')
  return {
    sql: `select p.contact_id, case ${firstReason} end as reason ${from.sql}`,
    bindings: [...asked.bindings, ...from.bindings],
  }
}

/** Those who may not receive, each with the first reason: yields (contact_id, reason). */
export function excludedPeople(question: Question): SqlPiece {
  const { sql, bindings } = judgedPeople(question)
  return { sql: `select x.contact_id, x.reason from (${sql}) x where x.reason is not null`, bindings }
}

/**
 * Whoever agreed to anything that lives, each once: yields contact_id. What passes by itself (a pause, fewer mails, a cap) is not
 * asked.
 */
export function mailablePeople({ workspaceId, people, channel }: Omit<Question, 'topicId'>): SqlPiece {
  const asked = rules.filter(({ rule }) => rule !== 'topic_active' && !WISHES.includes(rule))
  return {
    sql: `select distinct p.contact_id from (${people.sql}) p
      join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.channel = ?
      join topics t on t.workspace_id = k.workspace_id and t.id = k.topic_id and t.archived_at is null
      left join suppressions s on s.workspace_id = ? and s.channel = ? and s.address_hash = p.email_hash
      left join rests r on r.workspace_id = k.workspace_id and r.contact_id = k.contact_id and r.channel = k.channel
        and r.topic_id = k.topic_id and r.ended_at is null
      where ${asked.map(({ holds }) => `(${holds})`).join(' and ')}`,
    bindings: [
      ...people.bindings,
      workspaceId,
      channel,
      workspaceId,
      channel,
      ...asked.flatMap(({ bindings }) => bindings?.({ workspaceId, people, channel, topicId: 0 }) ?? []),
    ],
  }
}

export interface Judgement {
  may_receive: boolean
  /** The first reason against it, as excludedPeople names it; null when there is none. */
  reason: string | null
  reasons: { rule: string; holds: boolean; detail: string }[]
}

/** One person, rule by rule. */
export async function judge({
  workspaceId,
  contactId,
  emailHash,
  channel,
  topicId,
  client = db,
}: {
  workspaceId: number
  contactId: number
  emailHash: Buffer | null
  channel: string
  topicId: number
  client?: Pick<QueryClientContract, 'rawQuery'>
}): Promise<Judgement> {
  const people = {
    sql: 'select ?::bigint as contact_id, ?::bytea as email_hash',
    bindings: [contactId, emailHash],
  }
  const question = {
    workspaceId,
    people,
    channel,
    topicId,
    few: true,
    caps: await capsOf({ workspaceId, topicId, client }),
  }
  const from = fromPeople(question)
  const asked = rulesFor(question)
  const verdicts = asked.rules.map(
    ({ rule, holds, otherwise }) => `(${holds}) is true as ${rule}, (${otherwise}) as ${rule}_reason`
  )
  const { rows } = await client.rawQuery(
    `select ${verdicts.join(', ')}, s.created_at as suppressed_at, k.since, k.expires_at, k.basis, h.paused_until,
       r.since as resting_since
     ${from.sql}`,
    [...asked.bindings, ...from.bindings] as any[]
  )
  const [facts] = rows
  const reasons = asked.rules.map(({ rule, detail }) => {
    const holds = facts[rule] as boolean
    return { rule, holds, detail: holds ? detail.yes : detail.no(facts[`${rule}_reason`] ?? '', facts) }
  })
  const broken = reasons.find(({ holds }) => !holds)
  return { may_receive: !broken, reason: broken ? facts[`${broken.rule}_reason`] : null, reasons }
}

/** Each person beside what decides about them. Every join finds at most one row. */
function fromPeople({
  workspaceId,
  people,
  channel,
  topicId,
  few = false,
  hasNoWishes = false,
  hasNoRests = false,
  isService = false,
}: Question): SqlPiece {
  const who = piece(people)
  const wishes =
    isService || hasNoWishes
      ? { sql: '', bindings: [] }
      : (few ? wishesOfThePerson : wishesOfPeople)({ workspaceId, channel, topicId })
  const rests =
    isService || hasNoRests
      ? { sql: '', bindings: [] }
      : (few ? restsOfThePerson : restsOfPeople)({ workspaceId, channel, topicId })
  const beside = (few ? FEW : MANY).concat(wishes.sql, rests.sql)
  return {
    sql: `from (${who.sql}) p ${beside}`,
    bindings: [
      ...who.bindings,
      workspaceId,
      channel,
      workspaceId,
      channel,
      topicId,
      ...wishes.bindings,
      ...rests.bindings,
    ],
  }
}

const MANY = `
      left join suppressions s on s.workspace_id = ? and s.channel = ? and s.address_hash = p.email_hash
      left join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.channel = ? and k.topic_id = ?`

/** The same rows; `limit 1` makes each join a look-up of its own. */
const FEW = `
      left join lateral (select * from suppressions
        where workspace_id = ? and channel = ? and address_hash = p.email_hash limit 1) s on true
      left join lateral (select * from consents
        where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id = ? limit 1) k on true`

const words = (name: string) => name.replaceAll('_', ' ')
const day = (at: Date | null) => (at ? at.toISOString().slice(0, 10) : 'an unknown day')
