import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { compileRule } from '#segments'
import { explainRule } from '#app/segments/explain_rule'
import { randomFrom, type Random } from '#tests/support/random'
import { plainlyMatches, type PlainPerson, type PlainWorld } from '#tests/support/plain_rule'
import { bakery } from '#tests/support/workspace'

const PEOPLE = 120
const RULES = 400
const SEED = 20_261_121
const NOW = new Date('2026-11-21T12:00:00Z')
const DAY = 86_400_000
const cities = ['Wien', 'wien', 'Graz', '100%', 'a_b', 'a\\b', 'Köln', "O'Hara", '', '{"x":1}', '?']
const words = ['Ada', 'Ben', 'ada lovelace', 'Cara', 'Dev', '%', '_', 'é']
const plans = ['free', 'pro', 'team']
const tagNames = ['vip', 'autumn fair', 'press']
const campaigns = ['11', '12']

const types: Record<string, string> = {
  'email': 'text',
  'first_name': 'text',
  'created_at': 'datetime',
  'attributes.city': 'text',
  'attributes.spent': 'number',
  'attributes.member': 'boolean',
  'attributes.birthday': 'date',
  'attributes.last_visit': 'datetime',
  'attributes.plan': 'choice',
  'attributes.likes': 'multi_choice',
}

test.group('Rules', () => {
  test('mean in SQL what they mean in plain TypeScript, and their explanation agrees', async ({ assert }) => {
    const random = randomFrom(SEED)
    const { workspace } = await bakery()
    const topicIds = await plantTopics(workspace.id)
    await plantFields(workspace.id)
    const people = await plantPeople(workspace.id, topicIds, random)
    const segments: PlainWorld['segments'] = {}
    for (const name of ['First', 'Second']) {
      const rule = randomRule(random, { topicIds, segmentIds: Object.keys(segments) }, 2)
      const [{ id }] = await db
        .table('segments')
        .insert({ workspace_id: workspace.id, name, rule: JSON.stringify(rule) })
        .returning('id')
      segments[String(id)] = rule
    }
    const world: PlainWorld = { now: NOW, types, segments }
    const now = DateTime.fromJSDate(NOW).toUTC()
    let matches = 0
    let unknown = 0
    for (let i = 0; i < RULES; i++) {
      const rule = randomRule(random, { topicIds, segmentIds: Object.keys(segments) }, 3)
      const { sql, bindings } = await compileRule(rule, { workspaceId: workspace.id, now })
      const { rows } = await db.rawQuery(
        `select c.id from contacts c where c.workspace_id = ? and (${sql}) order by id`,
        [workspace.id, ...bindings] as any[]
      )
      const verdicts = new Map([...people].map(([id, person]) => [id, plainlyMatches(rule, person, world)]))
      const expected = [...people.keys()].filter((id) => verdicts.get(id) === true)
      assert.deepEqual(
        rows.map(({ id }: any) => id),
        expected,
        `seed ${SEED}, rule ${i}: ${JSON.stringify(rule)}`
      )
      matches += expected.length
      const contactId = random.pick([...people.keys()])
      const told = await explainRule({ rule, workspaceId: workspace.id, contactId, now })
      assert.deepEqual(
        [told.matched, told.unknown ?? false],
        [verdicts.get(contactId) === true, verdicts.get(contactId) === null],
        `explanation of ${JSON.stringify(rule)}`
      )
      unknown += [...verdicts.values()].filter((verdict) => verdict === null).length
    }
    assert.isAbove(unknown, RULES / 2)
    assert.isAbove(matches, RULES * PEOPLE * 0.1)
    assert.isBelow(matches, RULES * PEOPLE * 0.9)
  })
})

async function plantTopics(workspaceId: number): Promise<string[]> {
  const rows = await db
    .table('topics')
    .multiInsert(['News', 'Specials'].map((name) => ({ workspace_id: workspaceId, name })))
    .returning('id')
  return rows.map((row: any) => String(row.id ?? row))
}

async function plantFields(workspaceId: number) {
  const fields = Object.entries(types).filter(([name]) => name.startsWith('attributes.'))
  await db
    .table('contact_fields')
    .multiInsert(
      fields.map(([name, type]) => ({ workspace_id: workspaceId, key: name.slice(11), label: name.slice(11), type }))
    )
}

async function plantPeople(workspaceId: number, topicIds: string[], random: Random) {
  const tagRows = await db
    .table('tags')
    .multiInsert(tagNames.map((name) => ({ workspace_id: workspaceId, name, name_key: name })))
    .returning(['id', 'name'])
  const people = new Map<number, PlainPerson>()
  for (let i = 0; i < PEOPLE; i++) {
    const person = randomPerson(i, topicIds, random)
    const [{ id }] = await db
      .table('contacts')
      .insert({
        workspace_id: workspaceId,
        email: person.email,
        email_key: person.email?.toLowerCase(),
        first_name: person.first_name,
        created_at: person.created_at,
        attributes: JSON.stringify(person.attributes),
      })
      .returning('id')
    for (const tag of person.tags) {
      const { id: tagId } = tagRows.find(({ name }: any) => name === tag)!
      await db.table('contact_tags').insert({ workspace_id: workspaceId, tag_id: tagId, contact_id: id })
    }
    for (const one of person.events) await plantEvent(workspaceId, id, one)
    const measuring = person.isUnmeasured ? [['tracking', '0', { status: 'withdrawn', expires_at: null }] as const] : []
    const topics = Object.entries(person.consents).map(([topicId, consent]) => ['email', topicId, consent] as const)
    for (const [channel, topicId, consent] of [...topics, ...measuring]) {
      await db.table('consents').insert({
        workspace_id: workspaceId,
        contact_id: id,
        channel,
        topic_id: topicId,
        ...consent,
        basis: 'consent_express',
        since: NOW,
        entry_id: 1,
      })
    }
    people.set(id, person)
  }
  return people
}

async function plantEvent(workspaceId: number, contactId: number, one: PlainPerson['events'][number]) {
  const base = { workspace_id: workspaceId, month: '2026-11-01', campaign_id: one.campaign, contact_id: contactId }
  if (one.kind === 'opened' || one.kind === 'clicked') {
    const verdict = one.counts ? 'human' : 'machine'
    const kind = one.kind === 'opened' ? 'open' : 'click'
    return db.table('engagements').insert({ ...base, kind, verdict, rule: 'test', occurred_at: one.at })
  }
  const state = one.kind === 'bounced' ? 'bounced' : one.counts ? 'delivered' : 'withheld'
  return db.table('messages').insert({
    ...base,
    batch_id: 1,
    position: 1,
    state,
    accepted_at: one.at,
    ended_at: one.at,
    opens_measured: one.isMeasured,
    clicks_measured: one.isMeasured,
  })
}

function randomPerson(i: number, topicIds: string[], random: Random): PlainPerson {
  const day = () => new Date(NOW.getTime() + (random.below(800) - 400) * DAY)
  const attributes: Record<string, any> = {}
  const maybe = (key: string, value: () => unknown) => random.chance(0.7) && (attributes[key] = value())
  maybe('city', () => random.pick(cities))
  maybe('spent', () => random.pick([0, 1, 2.5, -3, 100, 1e9, 'nonsense', true]))
  maybe('member', () => random.chance(0.5))
  maybe('birthday', () => random.pick([day().toISOString().slice(0, 10), '2024-02-29', '1990-02-28', 7]))
  maybe('last_visit', () => random.pick([day().toISOString(), day().toISOString()]))
  maybe('plan', () => random.pick(plans))
  maybe('likes', () => random.some(plans))
  const mailed = random.some(campaigns)
  return {
    email: random.chance(0.9) ? `Person${i}@Example.test` : null,
    first_name: random.chance(0.8) ? random.pick(words) : null,
    created_at: day(),
    attributes,
    tags: random.some(tagNames),
    events: mailed.flatMap((campaign) => {
      const event = (kind: 'opened' | 'clicked') => ({ kind, campaign, at: day(), counts: random.chance(0.7) })
      const sent = random.pick(['received', 'received', 'bounced'] as const)
      const message = {
        kind: sent,
        campaign,
        at: random.chance(0.9) ? day() : new Date(NOW.getTime() - 800 * DAY),
        counts: sent === 'bounced' || random.chance(0.8),
        isMeasured: random.chance(0.8),
      }
      return [message, ...random.some([0, 1, 2]).map(() => event(random.pick(['opened', 'clicked'] as const)))]
    }),
    isUnmeasured: random.chance(0.2),
    consents: Object.fromEntries(
      random.some(topicIds).map((topic) => [
        topic,
        {
          status: random.pick(['granted', 'granted', 'pending', 'withdrawn']),
          expires_at: random.chance(0.4) ? day() : null,
        },
      ])
    ),
  }
}

interface Known {
  topicIds: string[]
  segmentIds: string[]
}

function randomRule(random: Random, known: Known, depth: number): any {
  if (depth > 0 && random.chance(0.6)) {
    const children = () => Array.from({ length: 1 + random.below(3) }, () => randomRule(random, known, depth - 1))
    return random.pick([
      () => ({ all: children() }),
      () => ({ any: children() }),
      () => ({ not: randomRule(random, known, depth - 1) }),
    ])()
  }
  if (known.segmentIds.length > 0 && random.chance(0.08)) return { segment_id: random.pick(known.segmentIds) }
  if (random.chance(0.1)) return { tag: random.pick(['VIP', 'press', 'unheard of']) }
  if (random.chance(0.15)) {
    return {
      event: random.pick(['received', 'opened', 'clicked', 'bounced']),
      ...(random.chance(0.4) ? { campaign_id: random.pick(campaigns) } : {}),
      ...(random.chance(0.4) ? { within_days: random.below(500) } : {}),
      ...(random.chance(0.4) ? { at_least: 1 + random.below(3) } : {}),
    }
  }
  if (random.chance(0.12)) {
    const status = random.pick(['none', 'pending', 'granted', 'withdrawn', 'expired'])
    return { consent: { channel: 'email', topic_id: random.pick(known.topicIds), status } }
  }
  return randomField(random)
}

function randomField(random: Random) {
  const name = random.pick(Object.keys(types))
  if (random.chance(0.15)) return { field: name, op: random.pick(['is_set', 'is_not_set']) }
  const texts =
    name === 'email'
      ? ['person7@example.test', 'PERSON1', '.test', '%']
      : name === 'first_name'
        ? words
        : cities.filter(Boolean)
  const moments = () => new Date(NOW.getTime() + (random.below(800) - 400) * DAY).toISOString()
  const days = () => moments().slice(0, 10)
  const list = <T>(one: () => T) => Array.from({ length: 1 + random.below(30) }, one)
  const pair = <T>(one: () => T) => [one(), one()].sort((a: any, b: any) => (a < b ? -1 : 1))
  const of = (ops: string[], one: () => unknown) => {
    const op = random.pick(ops)
    const value = op === 'between' ? pair(one) : op.endsWith('in') ? list(one) : one()
    return { field: name, op, value: op.endsWith('_days') ? random.below(300) : value }
  }
  const order = ['gt', 'gte', 'lt', 'lte', 'between']
  const time = [...order, 'before', 'after', 'in_last_days', 'in_next_days', 'anniversary_in_days']
  switch (types[name]) {
    case 'number':
      return of(['eq', 'neq', 'in', 'not_in', ...order], () => random.pick([0, 1, 2.5, -3, 50, 1e9]))
    case 'boolean':
      return of(['eq', 'neq'], () => random.chance(0.5))
    case 'date':
      return of(['eq', 'neq', ...time], () => random.pick([days(), '2024-02-29']))
    case 'datetime':
      return of(time, moments)
    case 'choice':
      return of(['eq', 'neq', 'in', 'not_in'], () => random.pick([...plans, 'gone']))
    case 'multi_choice':
      return of(['contains', 'in', 'not_in'], () => random.pick([...plans, 'gone']))
    default:
      return of(['eq', 'neq', 'in', 'not_in', 'contains', 'starts_with', 'ends_with'], () => random.pick(texts))
  }
}
