import { randomBytes } from 'node:crypto'
import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { announce, piece, touch, type SqlPiece } from '#platform'
import { bases, expiryOf, monthsOf, type Basis } from './bases.ts'
import { InvalidConsent, NoSuchTopic } from './errors.ts'
import { keepOwnTimes, OWN_TIMES } from './own_times.ts'
import { followed, refuseOtherWords, TRACKING } from './tracking_rule.ts'
import { wordingOf, type NamedWording } from './wordings.ts'

export type ConsentAction = 'grant' | 'request' | 'confirm' | 'withdraw'
export type SourceKind = 'form' | 'import' | 'api' | 'person' | 'team' | 'provider' | 'merge' | 'demo'

export interface ConsentRecord {
  workspaceId: number
  /** Ids, or SQL that yields `contact_id` (with `unless` also `email_hash`: peopleWhere does). */
  people: number[] | SqlPiece
  channel: string
  topicId: number
  action: ConsentAction
  basis: Basis
  /** What they were told: a wording of ours, or the words themselves, which become one (`wordingOf`). */
  wording?: NamedWording | null
  statement?: string | null
  /** The caller's own name for the version of their statement. */
  statementVersion?: string | null
  language?: string | null
  source: string
  sourceKind: SourceKind
  sourceRef?: string | null
  reason?: string | null
  ip?: string | null
  userAgent?: string | null
  occurredAt?: DateTime | null
  /** `people` also yields `occurred_at`: when each of them said it; where that is null, it was at `occurredAt`. */
  ownTimes?: boolean
  expiresAt?: DateTime | null
  actor: Actor
  /** Leave out who ever left this topic (they, or a former contact with their address) and whose address is suppressed. */
  unless?: 'withdrawn'
  trx: TransactionClientContract
}

export interface Recorded {
  recorded: number
  skipped: { suppressed: number; withdrawn: number }
  /** The ledger's rows; only when `people` were ids. */
  entries: { id: number; contactId: number }[]
}

const statusAfter = { grant: 'granted', confirm: 'granted', request: 'pending', withdraw: 'withdrawn' } as const
const auditName = { grant: 'granted', confirm: 'confirmed', request: 'requested', withdraw: 'withdrawn' } as const
const CLOCK_TOLERANCE_MINUTES = 5

/**
 * The one way consent changes, for one person or for a hundred thousand, in one statement: each person's chain is
 * taken (which serialises two entries about one person: the second sees the first's hash), the ledger's row is linked
 * to it, and where they stand follows:
 *   withdraw  always counts;
 *   grant     counts unless it is older than a withdrawal that stands: yesterday's paper list cannot undo today's no;
 *   request   waits for its confirmation, and never takes a standing grant away;
 *   confirm   completes a request; after a withdrawal a new request is needed.
 * An entry that does not count is still written: it is what somebody said. Who rests and agrees anew is awake again,
 * unless a list says so.
 *
 * @throws NoSuchTopic (404), NoSuchWording (404), InvalidConsent (422)
 */
export async function recordConsent(record: ConsentRecord): Promise<Recorded> {
  const facts = await checked(record)
  const answer = await write(record, facts)
  await tell(record, answer.recorded)
  return {
    recorded: answer.recorded,
    skipped: { suppressed: answer.suppressed, withdrawn: answer.asked - answer.suppressed - answer.recorded },
    entries: (answer.ids ?? []).map(([id, contactId]: [number, number]) => ({ id, contactId })),
  }
}

async function checked({ trx, unless, people, ...record }: ConsentRecord) {
  const { at } = await (record.channel === TRACKING.channel ? trackingNow : topicNow)(record, trx)
  if (!bases.includes(record.basis)) {
    throw new InvalidConsent(`basis must be one of ${bases.join(', ')}.`, { field: 'basis' })
  }
  if (unless && Array.isArray(people)) {
    throw new InvalidConsent('unless needs people as SQL with contact_id and email_hash (peopleWhere).')
  }
  if (record.ownTimes && (Array.isArray(people) || record.expiresAt || record.basis === 'soft_opt_in_charity_uk')) {
    throw new InvalidConsent('Times of their own need people as SQL, and no end and no basis that holds from a day on.')
  }
  const present = DateTime.fromJSDate(at)
  const occurredAt = record.occurredAt ?? null
  if (occurredAt && occurredAt > present.plus({ minutes: CLOCK_TOLERANCE_MINUTES })) {
    throw new InvalidConsent('occurred_at lies in the future.', { field: 'occurred_at' })
  }
  const expiresAt =
    record.action === 'withdraw' ? null : expiryOf(record.basis, occurredAt ?? present, record.expiresAt ?? null)
  return { occurredAt, expiresAt, ...(await wordsOf({ trx, ...record })) }
}

/** The topic can be agreed to; and what time it is for the database. */
async function topicNow(
  { workspaceId, topicId, action }: Asked,
  trx: TransactionClientContract
): Promise<{ at: Date }> {
  const topic = await trx
    .from('topics')
    .where({ workspace_id: workspaceId, id: topicId })
    .select('archived_at', trx.raw('clock_timestamp() as at'))
    .first()
  if (!topic) throw new NoSuchTopic('There is no such topic in this workspace.', { field: 'topic_id' })
  if (topic.archived_at && action !== 'withdraw') {
    throw new InvalidConsent('This topic is archived: nobody can agree to it any more.', { field: 'topic_id' })
  }
  return topic
}

/** The same for opens and clicks, which have no topic. */
async function trackingNow(asked: Asked, trx: TransactionClientContract): Promise<{ at: Date }> {
  refuseOtherWords(asked)
  const { rows } = await trx.rawQuery('select clock_timestamp() as at')
  return rows[0]
}
type Asked = Pick<ConsentRecord, 'workspaceId' | 'topicId' | 'action' | 'basis'>

/** Whoever leaves says something of their own, and a basis that mails nobody needs no words: neither is a wording. */
async function wordsOf({ wording, statement, language, ...record }: Omit<ConsentRecord, 'people' | 'unless'>) {
  const isAgreement = record.action !== 'withdraw' && record.basis !== 'unknown'
  if (!wording && !isAgreement) {
    if (statement) return { statement, language: language ?? null, wordingId: null, wordingVersion: null }
  } else {
    const told = await wordingOf({ ...record, wording, statement, language, shown: record.source })
    if (told) {
      const { id: wordingId, version: wordingVersion, text } = told
      return { statement: text, language: language ?? told.language, wordingId, wordingVersion }
    }
  }
  throw new InvalidConsent('Say what they were told: a wording or a statement.', { field: 'statement' })
}

/** What the chain's hash covers, in the order of consent_facts_digest. */
const SAID = `e.channel, e.topic_id, e.action, e.status, e.basis, e.statement, e.statement_version, e.language,
  e.wording_id, e.wording_version, e.source, e.source_kind, e.source_ref, e.personal_digest`
const FACTS = `${SAID}, e.occurred_at, e.expires_at`

/** Whether an entry moves where a person stands; the plot is told above. */
const MOVES: Record<ConsentAction, string> = {
  withdraw: 'true',
  grant: `not (stands.status = 'withdrawn' and excluded.since < stands.since)`,
  request: `not (stands.status = 'withdrawn' and excluded.since < stands.since)
    and not (stands.status = 'granted' and (stands.expires_at is null or stands.expires_at > excluded.since))`,
  confirm: `stands.status <> 'withdrawn'`,
}

type Facts = Awaited<ReturnType<typeof checked>>

async function write(record: ConsentRecord, facts: Facts) {
  const entry = theEntry(record, facts)
  const { sql, bindings } = entry
  const who = await whom(record, entry)
  const digestOf = (row: string) =>
    record.ownTimes
      ? `(select o.facts_digest from ${OWN_TIMES} o where o.contact_id = ${row}.contact_id)`
      : '(select e.facts_digest from e)'
  const { rows } = await record.trx.rawQuery(
    `with e as materialized (${sql}),
      people as materialized (
        select distinct on (p.contact_id) p.contact_id, ${record.unless ? LEFT_BEFORE : 'false as suppressed, false as gone'}
        from (${who.sql}) p cross join e
        order by p.contact_id
      ),
      chained as (
        insert into consent_chains as chain (workspace_id, contact_id, entries, hash, withdrawn)
        select e.workspace_id, p.contact_id, 1, consent_entry_hash(null, e.workspace_id, p.contact_id, ${digestOf('p')}), e.leaves
        from people p cross join e
        where not p.suppressed and not p.gone
        order by p.contact_id
        on conflict (workspace_id, contact_id) do update set
          entries = chain.entries + 1,
          previous_hash = chain.hash,
          hash = consent_entry_hash(chain.hash, chain.workspace_id, chain.contact_id, ${digestOf('excluded')}),
          withdrawn = case when chain.withdrawn @> excluded.withdrawn then chain.withdrawn
                           else chain.withdrawn || excluded.withdrawn end
          ${record.unless ? `where not chain.withdrawn @> (select array[e.mark] from e)` : ''}
        returning contact_id, previous_hash, hash
      ),
      entries as (
        insert into consent_entries (workspace_id, contact_id, channel, topic_id, action, status, basis, statement,
          statement_version, language, wording_id, wording_version, source, source_kind, source_ref, personal_digest,
          occurred_at, expires_at, reason, actor_label, ip, user_agent, personal_salt, previous_hash, hash)
        select e.workspace_id, c.contact_id, ${record.ownTimes ? `${SAID}, o.occurred_at, o.expires_at` : FACTS}, e.reason,
          e.actor_label, e.ip, e.user_agent, e.personal_salt, c.previous_hash, c.hash
        from chained c cross join e ${record.ownTimes ? `join ${OWN_TIMES} o on o.contact_id = c.contact_id` : ''}
        returning id, contact_id, occurred_at, expires_at
      ),
      moved as (
        insert into consents as stands (workspace_id, contact_id, channel, topic_id, status, basis, since, expires_at, entry_id)
        select e.workspace_id, n.contact_id, e.channel, e.topic_id, e.status, e.basis, n.occurred_at, n.expires_at, n.id
        from entries n cross join e
        on conflict (workspace_id, contact_id, channel, topic_id) do update set
          status = excluded.status, basis = excluded.basis, since = excluded.since, expires_at = excluded.expires_at,
          entry_id = excluded.entry_id
        where ${MOVES[record.action]}
      )${wakes(record) ? WOKEN : ''}
      select (select count(*) from people) as asked, (select count(*) from people where suppressed) as suppressed,
        (select count(*) from entries) as recorded
        ${Array.isArray(record.people) ? `, (select json_agg(json_build_array(id, contact_id)) from entries) as ids` : ''}`,
    [...bindings, ...who.bindings] as any[]
  )
  return rows[0] as { asked: number; suppressed: number; recorded: number; ids?: [number, number][] }
}

/** The people of the call; those with times of their own from where these were put. */
async function whom(record: ConsentRecord, entry: SqlPiece): Promise<SqlPiece> {
  if (Array.isArray(record.people)) {
    return { sql: 'select unnest(?::bigint[]) as contact_id', bindings: [record.people] }
  }
  const people = piece(record.people)
  if (!record.ownTimes) return people
  const monthsAfter = record.action === 'withdraw' ? null : monthsOf(record.basis)
  await keepOwnTimes({ entry, people, said: SAID, monthsAfter, trx: record.trx })
  return { sql: `select contact_id, email_hash from ${OWN_TIMES}`, bindings: [] }
}

const wakes = ({ action, sourceKind }: ConsentRecord) =>
  (action === 'grant' || action === 'confirm') && !['import', 'merge', 'demo'].includes(sourceKind)

const WOKEN = `,
      woken as (
        update rests set ended_at = now(), ended_by = 'agreement'
        from entries n cross join e
        where rests.workspace_id = e.workspace_id and rests.contact_id = n.contact_id and rests.channel = e.channel
          and rests.topic_id = e.topic_id and rests.ended_at is null and rests.since <= e.occurred_at
      )`

const LEFT_BEFORE = `
  exists (select from suppressions s
          where s.workspace_id = e.workspace_id and s.channel = e.channel and s.address_hash = p.email_hash) as suppressed,
  exists (select from former_addresses f
          join consent_chains w on w.workspace_id = f.workspace_id and w.contact_id = f.contact_id
          where f.workspace_id = e.workspace_id and f.address_hash = p.email_hash
            and f.channel = ${followed('e.channel')}
            and w.withdrawn @> array[e.mark]) as gone`

/** The entry as one row, the same for everybody in this call. */
function theEntry(record: ConsentRecord, { occurredAt, expiresAt, ...words }: Facts): SqlPiece {
  const facts = [
    ['bigint', 'workspace_id', record.workspaceId],
    ['text', 'channel', record.channel],
    ['bigint', 'topic_id', record.topicId],
    ['text', 'action', record.action],
    ['text', 'status', statusAfter[record.action]],
    ['text', 'basis', record.basis],
    ['text', 'statement', words.statement],
    ['text', 'statement_version', record.statementVersion ?? null],
    ['text', 'language', words.language],
    ['bigint', 'wording_id', words.wordingId],
    ['int', 'wording_version', words.wordingVersion],
    ['text', 'source', record.source],
    ['text', 'source_kind', record.sourceKind],
    ['text', 'source_ref', record.sourceRef ?? null],
    ['text', 'reason', record.reason ?? null],
    ['text', 'actor_label', record.actor.label],
    ['inet', 'ip', record.ip ?? null],
    ['text', 'user_agent', record.userAgent ?? null],
    ['bytea', 'personal_salt', randomBytes(16)],
    ['timestamptz', 'given_at', occurredAt?.toUTC().toISO() ?? null],
    ['timestamptz', 'expires_at', expiresAt?.toUTC().toISO() ?? null],
  ] as const
  return {
    sql: `select e.*, consent_facts_digest(${FACTS}) as facts_digest from (
          select f.*, coalesce(f.given_at, clock_timestamp()) as occurred_at, f.channel || ':' || f.topic_id as mark,
            case when f.action = 'withdraw' then array[f.channel || ':' || f.topic_id] else '{}'::text[] end as leaves,
            consent_personal_digest(f.personal_salt, f.ip, f.user_agent, f.reason, f.actor_label) as personal_digest
          from (select ${facts.map(([type, name]) => `?::${type} as ${name}`).join(', ')}) f) e`,
    bindings: facts.map(([, , value]) => value),
  }
}

async function tell({ workspaceId, people, channel, topicId, action, actor, trx }: ConsentRecord, n: number) {
  if (n === 0) return
  const one = Array.isArray(people) && people.length === 1 ? people[0] : null
  await audit(`consent.${auditName[action]}`, {
    workspaceId,
    actor,
    subject: one ? { type: 'contact', id: one } : { type: 'topic', id: topicId },
    details: { channel, topic_id: String(topicId), people: n },
    trx,
  })
  await announce('consent.changed', {
    workspaceId,
    payload: { channel, topic_id: topicId, action, people: n, ...(one ? { contact_id: one } : {}) },
    trx,
  })
  await touch(trx, workspaceId, [...(one ? [`contacts/${one}`] : ['contacts']), 'topics', 'consents'])
}
