/**
 * A hundred thousand contacts: pages of their list, and counts of segments, each against counting them all without a
 * condition in the same run. Medians of fifteen, warm.
 */
import { asOwner } from './support/as_owner.js'
import { boot } from './support/boot.js'

const PEOPLE = Number(process.env.BENCH_ROWS ?? 100_000)
const RUNS = 15

const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { Workspace } = await import('#identity')
const { compileRule } = await import('#segments')
const { listContacts } = await import('#contacts')

const { id: workspaceId } = await Workspace.create({ name: 'Bench' })
const topicId = await plant()

const rules: [string, unknown][] = [
  ['a common value (12 %)', { field: 'attributes.city', op: 'eq', value: 'City 3' }],
  ['a rare value (0.1 %)', { field: 'attributes.code', op: 'eq', value: 'code 77' }],
  ['a number range', { field: 'attributes.spent', op: 'gt', value: 500 }],
  ['a day range', { field: 'attributes.birthday', op: 'between', value: ['1960-01-01', '1969-12-31'] }],
  ['an anniversary', { field: 'attributes.birthday', op: 'anniversary_in_days', value: 7 }],
  ['a moment', { field: 'attributes.seen', op: 'in_last_days', value: 30 }],
  ['a part of a name', { field: 'first_name', op: 'contains', value: 'son 7' }],
  ['a part of an address', { field: 'email', op: 'ends_with', value: '@example7.test' }],
  ['a tag (10 %)', { tag: 'vip' }],
  ['without the tag', { not: { tag: 'vip' } }],
  ['consent', { consent: { channel: 'email', topic_id: String(topicId), status: 'granted' } }],
  ['clicked in 90 days', { event: 'clicked', within_days: 90 }],
  ['not opened in 90 days', { not: { event: 'opened', within_days: 90 } }],
  ['opened at least 3 times', { event: 'opened', at_least: 3 }],
  [
    'nested: city and (vip or clicked) and not code',
    {
      all: [
        { field: 'attributes.city', op: 'in', value: ['City 3', 'City 4'] },
        { any: [{ tag: 'vip' }, { event: 'clicked', within_days: 90 }] },
        { not: { field: 'attributes.code', op: 'eq', value: 'code 77' } },
      ],
    },
  ],
]

const all = await timed(() =>
  db.rawQuery('select count(*) from contacts where workspace_id = ? and deleted_at is null', [workspaceId])
)
console.log(`count of ${PEOPLE.toLocaleString('en')} contacts, no condition: ${all.toFixed(1)} ms`)
for (const [name, rule] of rules) {
  const { sql, bindings } = await compileRule(rule, { workspaceId })
  let count = 0
  const ms = await timed(async () => {
    const { rows } = await db.rawQuery(
      `select count(*) from contacts c where c.workspace_id = ? and c.deleted_at is null and (${sql})`,
      [workspaceId, ...bindings] as any[]
    )
    count = rows[0].count
  })
  tell(name, ms, `${count.toLocaleString('en')} people`)
}
const page = (filter: { q?: string }) => listContacts({ workspaceId, filter, page: { limit: 50 } })
tell('first page of the list', await timed(() => page({})), '')
tell('first page of a search', await timed(() => page({ q: 'person77' })), '')
await app.terminate()

function tell(name: string, ms: number, note: string) {
  console.log(
    `${name.padEnd(48)} ${ms.toFixed(1).padStart(7)} ms  ${(ms / all).toFixed(2).padStart(6)} × the plain count  ${note}`
  )
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < RUNS + 2; i++) {
    const began = performance.now()
    await run()
    if (i >= 2) times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
}

async function plant(): Promise<number> {
  const fields = { city: 'text', code: 'text', spent: 'number', birthday: 'date', seen: 'datetime' }
  await db
    .table('contact_fields')
    .multiInsert(Object.entries(fields).map(([key, type]) => ({ workspace_id: workspaceId, key, label: key, type })))
  const [{ id: topic }] = await db.table('topics').insert({ workspace_id: workspaceId, name: 'News' }).returning('id')
  const [{ id: tag }] = await db
    .table('tags')
    .insert({ workspace_id: workspaceId, name: 'vip', name_key: 'vip' })
    .returning('id')
  const values = { workspaceId, people: PEOPLE, topic, tag }
  await db.rawQuery(
    `insert into contacts (workspace_id, email, email_key, first_name, locale, attributes, created_at)
     select :workspaceId, 'person' || i || '@example' || i % 97 || '.test', 'person' || i || '@example' || i % 97 || '.test',
       'Person ' || i % 211, 'de', jsonb_build_object('city', 'City ' || i % 8, 'code', 'code ' || i % 997, 'spent', i % 1000,
         'birthday', (date '1950-01-01' + i % 18000)::text,
         'seen', to_char(now() - i % 365 * interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
       now() - i * interval '1 minute'
     from generate_series(1, :people::int) i`,
    values
  )
  await db.rawQuery(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select workspace_id, :tag, id from contacts where workspace_id = :workspaceId and id % 10 = 0`,
    values
  )
  await db.rawQuery(
    `insert into consents (workspace_id, contact_id, channel, topic_id, status, basis, since, entry_id)
     select workspace_id, id, 'email', :topic, 'granted', 'consent_express', now(), 0
     from contacts where workspace_id = :workspaceId and id % 4 > 0`,
    values
  )
  await db.rawQuery(
    `insert into engagements (workspace_id, month, campaign_id, contact_id, kind, verdict, rule, occurred_at)
     select c.workspace_id, date_trunc('month', now()), n, c.id, case when (c.id + n) % 5 = 0 then 'click' else 'open' end,
       case when (c.id + n) % 7 = 0 then 'machine' else 'human' end, 'bench', now() - (c.id + n * 31) % 300 * interval '1 day'
     from contacts c cross join generate_series(1, 6) n where c.workspace_id = :workspaceId and (c.id + n) % 3 = 0`,
    values
  )
  await asOwner('vacuum analyze contacts, contact_tags, consents, engagements')
  return topic
}
