import { piece, type SqlPiece } from '#platform'
import { wishesOfPeople, wishesOfThePerson } from './reader_wishes.ts'
import { lastingRules, rulesFor, type Question } from './receiving_rules.ts'
import { restsOfPeople, restsOfThePerson } from './rests.ts'

/** Those of the people who may receive: yields contact_id. */
export function allowedPeople(question: Question): SqlPiece {
  const from = fromPeople(question)
  const asked = rulesFor(question)
  return {
    sql: `select p.contact_id ${from.sql} where ${asked.rules.map(({ holds }) => `(${holds})`).join(' and ')}`,
    bindings: [...from.bindings, ...asked.bindings],
  }
}

/** An example is looked for among so many: a preview must not ask about a million people. */
const LOOKED_AT = 1_000

/** The first of them, by id, who may receive, among the first who agreed: yields contact_id, or no row. */
export function firstAllowed({ people, ...question }: Question): SqlPiece {
  const { workspaceId, channel, topicId } = question
  const agreed = {
    sql: `select a.contact_id, a.email_hash from (${people.sql}) a
      join consents g on g.workspace_id = ? and g.contact_id = a.contact_id and g.channel = ? and g.topic_id = ? and g.status = 'granted'
      order by g.contact_id limit ?`,
    bindings: [...people.bindings, workspaceId, channel, topicId, LOOKED_AT],
  }
  const { sql, bindings } = allowedPeople({ ...question, people: agreed, few: true })
  return { sql: `${sql} order by p.contact_id limit 1`, bindings }
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
  return {
    sql: `select distinct p.contact_id from (${people.sql}) p
      join consents k on k.workspace_id = ? and k.contact_id = p.contact_id and k.channel = ?
      join topics t on t.workspace_id = k.workspace_id and t.id = k.topic_id and t.archived_at is null
      left join suppressions s on s.workspace_id = ? and s.channel = ? and s.address_hash = p.email_hash
      left join rests r on r.workspace_id = k.workspace_id and r.contact_id = k.contact_id and r.channel = k.channel
        and r.topic_id = k.topic_id and r.ended_at is null
      where ${lastingRules.map(({ holds }) => `(${holds})`).join(' and ')}`,
    bindings: [
      ...people.bindings,
      workspaceId,
      channel,
      workspaceId,
      channel,
      ...lastingRules.flatMap(({ bindings }) => bindings?.({ workspaceId, people, channel, topicId: 0 }) ?? []),
    ],
  }
}

/** Each person beside what decides about them. Every join finds at most one row. */
export function fromPeople({
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
