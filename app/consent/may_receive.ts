import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { piece, type SqlPiece } from '#platform'
import { mailableBases } from './bases.ts'

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
  /** Service mail: nobody agrees to a receipt, so it is asked only whether the address may be written to at all. */
  isService?: boolean
}

interface Rule {
  rule: string
  /** SQL over p (the person), s (their suppression), t (the topic), k (where they stand). */
  holds: string
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
    holds: 't.id is not null and t.archived_at is null',
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
    otherwise: `case when k.basis = 'unknown' then 'basis_unknown' else 'basis_not_mailable' end`,
    detail: {
      yes: 'The basis allows marketing mail.',
      no: (_, { basis }) => `The basis "${words(basis ?? 'none')}" does not allow marketing mail.`,
    },
  },
]

const ADDRESS_RULES = ['has_address', 'address_not_suppressed']

function rulesFor({ isService = false, workspaceId }: Question) {
  const those = isService ? rules.filter(({ rule }) => ADDRESS_RULES.includes(rule)) : rules
  return { rules: those, bindings: isService ? [] : [workspaceId] }
}

/** Those of the people who may receive: yields contact_id. */
export function allowedPeople(question: Question): SqlPiece {
  const from = fromPeople(question)
  const asked = rulesFor(question)
  return {
    sql: `select p.contact_id ${from.sql} where ${asked.rules.map(({ holds }) => `(${holds})`).join(' and ')}`,
    bindings: [...from.bindings, ...asked.bindings],
  }
}

/** The others, each with the first reason: yields (contact_id, reason). */
export function excludedPeople(question: Question): SqlPiece {
  const from = fromPeople(question)
  const asked = rulesFor(question)
  const firstReason = asked.rules
    .map(({ holds, otherwise }) => `when (${holds}) is not true then ${otherwise}`)
    .join(' ')
  return {
    sql: `select x.contact_id, x.reason from (select p.contact_id, case ${firstReason} end as reason ${from.sql}) x
      where x.reason is not null`,
    bindings: [...asked.bindings, ...from.bindings],
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
  const from = fromPeople({ workspaceId, people, channel, topicId })
  const verdicts = rules.map(
    ({ rule, holds, otherwise }) => `(${holds}) is true as ${rule}, (${otherwise}) as ${rule}_reason`
  )
  const { rows } = await client.rawQuery(
    `select ${verdicts.join(', ')}, s.created_at as suppressed_at, k.since, k.expires_at, k.basis ${from.sql}`,
    [workspaceId, ...from.bindings] as any[]
  )
  const [facts] = rows
  const reasons = rules.map(({ rule, detail }) => {
    const holds = facts[rule] as boolean
    return { rule, holds, detail: holds ? detail.yes : detail.no(facts[`${rule}_reason`] ?? '', facts) }
  })
  const broken = reasons.find(({ holds }) => !holds)
  return { may_receive: !broken, reason: broken ? facts[`${broken.rule}_reason`] : null, reasons }
}

/** Each person beside what decides about them. Every join finds at most one row. */
function fromPeople({ workspaceId, people, channel, topicId, few = false }: Question): SqlPiece {
  const who = piece(people)
  if (few) return fromFewPeople({ workspaceId, people: who, channel, topicId })
  return {
    sql: `from (${who.sql}) p
      left join suppressions s on s.workspace_id = ? and s.channel = ? and s.address_hash = p.email_hash
      left join topics t on t.workspace_id = ? and t.id = ?
      left join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.channel = ? and k.topic_id = ?`,
    bindings: [...who.bindings, workspaceId, channel, workspaceId, topicId, workspaceId, channel, topicId],
  }
}

/** The same rows; `limit 1` makes each join a look-up of its own. */
function fromFewPeople({ workspaceId, people, channel, topicId }: Question): SqlPiece {
  return {
    sql: `from (${people.sql}) p
      left join lateral (select * from suppressions
        where workspace_id = ? and channel = ? and address_hash = p.email_hash limit 1) s on true
      left join topics t on t.workspace_id = ? and t.id = ?
      left join lateral (select * from consents
        where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id = ? limit 1) k on true`,
    bindings: [...people.bindings, workspaceId, channel, workspaceId, topicId, workspaceId, channel, topicId],
  }
}

const words = (name: string) => name.replaceAll('_', ' ')
const day = (at: Date | null) => (at ? at.toISOString().slice(0, 10) : 'an unknown day')
