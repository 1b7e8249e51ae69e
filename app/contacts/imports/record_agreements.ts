import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordConsent, recordTracking, TRACKING } from '#consent'
import type { Actor } from '#identity'
import { piece } from '#platform'
import type { Decider } from './answers.ts'
import { decidersOf, type ImportConsent, type ImportDeclaration, type ImportOptions } from './options.ts'
import type { ImportedFile } from './read_lots.ts'
import { whoseNo } from './whose_no.ts'

export interface Recording {
  file: ImportedFile
  options: ImportOptions
  actor: Actor
  trx: TransactionClientContract
}

/** Whom a yes of the file may be written down for. */
const fatesOf = ({ on_conflict: onConflict }: ImportOptions) =>
  onConflict === 'skip' ? `('new')` : `('new', 'changed', 'unchanged')`

/** What every entry of an import carries. */
const entryOf = ({ file, actor, trx }: Recording, { source, collected_at: collectedAt }: ImportDeclaration) =>
  ({
    workspaceId: file.workspaceId,
    source,
    sourceKind: 'import',
    sourceRef: String(file.id),
    occurredAt: DateTime.fromISO(collectedAt),
    actor,
    trx,
  }) as const

/**
 * What the people of the lot said, topic by topic, in the ledger's own way. Each no comes first: the ledger leaves out of a yes
 * who ever left the topic and whose address is suppressed, so that no row of a list makes up for another's no.
 */
export async function recordAgreements(by: Recording, consent: ImportConsent) {
  const answer = { agreed: 0, withdrawn: 0 }
  const deciders = decidersOf(consent)
  for (const topicId of consent.topic_ids) {
    const at = deciders.findIndex(({ topic_ids: topicIds }) => topicIds.includes(topicId))
    const topic = { consent, topicId: Number(topicId), at }
    if (at >= 0 && deciders[at].withdrawn.length > 0) answer.withdrawn += await refuse(by, topic, deciders[at])
    if (at < 0 || deciders[at].agreed.length > 0) answer.agreed += await agree(by, topic)
  }
  return answer
}

interface OfTopic {
  consent: ImportConsent
  topicId: number
  /** Which of the columns decides; below zero: none, everybody in the file agreed. */
  at: number
}

/** Who agrees already is left alone, so that a list imported twice says it once. */
async function agree(by: Recording, { consent, topicId, at }: OfTopic): Promise<number> {
  const { channel, basis, wording, statement } = consent
  const people = piece({
    sql: `select s.contact_id, s.email_hash, s.agreed_at as occurred_at from import_staging s
      left join lateral (select * from consents k where k.workspace_id = ? and k.contact_id = s.contact_id
        and k.channel = ? and k.topic_id = ? offset 0) k on true
      where s.fate in ${fatesOf(by.options)} ${at < 0 ? '' : `and s.answers[${at + 1}]`}
        and (k.status = 'granted' and (k.expires_at is null or k.expires_at > now())
          and (k.basis <> 'unknown' or k.basis = ?)) is not true`,
    bindings: [by.file.workspaceId, channel, topicId, basis],
  })
  const words = { basis, wording, statement }
  const { recorded } = await recordConsent({
    ...entryOf(by, consent),
    ...words,
    people,
    channel,
    topicId,
    action: 'grant',
    ownTimes: Boolean(consent.collected_at_column),
    unless: 'withdrawn',
  })
  return recorded
}

/**
 * A no counts whoever says it and however those who are here already are treated. When they said it nobody knows: it counts from
 * now, so that nothing that was agreed before can be agreed again by saying so.
 */
async function refuse(
  by: Recording,
  { consent, topicId, at }: OfTopic,
  { column, withdrawn }: Decider
): Promise<number> {
  const { channel } = consent
  const people = whoseNo(by.file, { says: `not s.answers[${at + 1}]`, channel, topicId })
  const { recorded } = await recordConsent({
    ...entryOf(by, consent),
    occurredAt: null,
    people,
    channel,
    topicId,
    action: 'withdraw',
    basis: 'unknown',
    statement: `No, by the list: “${column}” is ${withdrawn.map((value) => (value ? `“${value}”` : 'blank')).join(' or ')}.`,
  })
  return recorded
}

/**
 * What a column says about opens and clicks. A yes is written down with the words that it was said to, unless they (or a former
 * contact with their address) ever said no; a no always. What stands already is not said again.
 */
export async function recordMeasuring(by: Recording, said: ImportDeclaration) {
  const people = piece({
    sql: `select distinct on (s.contact_id) s.contact_id, s.email_hash from import_staging s
      left join lateral (select status, basis from consents k where k.workspace_id = ? and k.contact_id = s.contact_id
        and k.channel = '${TRACKING.channel}' and k.topic_id = ${TRACKING.topicId} offset 0) k on true
      where s.may_measure and s.fate in ${fatesOf(by.options)} and (k.status = 'granted' and k.basis <> 'unknown') is not true`,
    bindings: [by.file.workspaceId],
  })
  const { wording, statement } = said
  const entry = entryOf(by, said)
  const refusing = whoseNo(by.file, { says: 's.may_measure is false', ...TRACKING })
  const no = { people: refusing, action: 'withdraw', statement: 'No, by the list.' } as const
  await recordTracking({ ...entry, ...no, occurredAt: null })
  await recordTracking({ ...entry, people, action: 'grant', wording, statement, unless: 'withdrawn' })
}
