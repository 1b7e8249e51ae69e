/**
 * A million contacts and three topics: who may be written to about a topic (`allowedPeople`), against counting the contacts;
 * and a million appends to the ledger, in lots as an import makes them and one by one as people do, against plain INSERTs of
 * the finished rows into a table of the same columns and indexes. Medians, ratios.
 */
import { asOwner } from './support/as_owner.js'
import { boot } from './support/boot.js'

const PEOPLE = Number(process.env.BENCH_ROWS ?? 1_000_000)
const RUNS = Number(process.env.BENCH_RUNS ?? 5)
const LOT = 10_000
const SINGLES = 1_000

const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { comparingSets } = await import('#platform')
const { allowedPeople, keepWording, recordConsent, verifyLedger } = await import('#consent')
const { peopleWhere } = await import('#contacts')
const { theSystem, Workspace } = await import('#identity')

const { id: workspaceId } = await Workspace.create({ name: 'Bench' })
const topics = await plant()
const wording = await db.transaction((trx) =>
  keepWording({ workspaceId, text: 'Yes, write to me.', language: 'en', shown: 'bench', actor: theSystem, trx })
)

await appends()
await questions()
await app.terminate()

/** The first topic's million goes through the ledger; the others' states are put there, for the questions alone. */
async function appends() {
  const [{ from, to }] = (
    await db.rawQuery('select min(id) as from, max(id) as to from contacts where workspace_id = ?', [workspaceId])
  ).rows
  const began = performance.now()
  for (let low = from; low <= to; low += LOT) await agree(db, { low, high: low + LOT - 1 })
  const lots = (performance.now() - began) / 1000
  await plainTable()
  const plain = await seconds(() =>
    db.transaction(async (trx) => {
      for (let low = from; low <= to; low += LOT) {
        await trx.rawQuery(
          `insert into plain_entries select * from consent_entries
           where workspace_id = ? and contact_id between ? and ? and topic_id = ?`,
          [workspaceId, low, low + LOT - 1, topics[0]]
        )
      }
    })
  )
  tell(`ledger, ${PEOPLE.toLocaleString('en')} appends in lots of ${LOT.toLocaleString('en')}`, lots, plain, PEOPLE)

  const ids = Array.from({ length: SINGLES }, (_, i) => from + i)
  const single = await seconds(async () => {
    for (const id of ids) await agree(db, { low: id, high: id })
  })
  await plainTable()
  const plainSingle = await seconds(async () => {
    for (const id of ids) {
      await db.rawQuery(
        `insert into plain_entries select * from consent_entries
         where workspace_id = ? and contact_id = ? and topic_id = ? limit 1`,
        [workspaceId, id, topics[0]]
      )
    }
  })
  tell(`ledger, ${SINGLES.toLocaleString('en')} appends one by one`, single, plainSingle, SINGLES)
  const chains = await seconds(async () => {
    const { breaks } = await verifyLedger({ workspaceId })
    if (breaks.length > 0) throw new Error('The ledger that was just written does not verify.')
  })
  console.log(`every chain recomputed          ${chains.toFixed(1)} s`)
}

function agree(client: typeof db, { low, high }: { low: number; high: number }) {
  return client.transaction((trx) =>
    recordConsent({
      workspaceId,
      people: peopleWhere(workspaceId, { sql: 'c.id between ? and ?', bindings: [low, high] }),
      channel: 'email',
      topicId: topics[0],
      action: 'grant',
      basis: 'consent_express',
      wording: { id: wording.id },
      source: 'bench',
      sourceKind: 'import',
      actor: theSystem,
      trx,
    })
  )
}

function plainTable() {
  return asOwner(`drop table if exists plain_entries;
    create table plain_entries (like consent_entries including indexes including defaults);
    grant insert on plain_entries to public`)
}

async function questions() {
  await asOwner('vacuum analyze contacts, consents, suppressions')
  const count = async (sql: string, bindings: unknown[]) => {
    const { rows } = await db.transaction((trx) =>
      comparingSets(trx, () => trx.rawQuery(`select count(*)::int as people from (${sql}) x`, bindings as any[]))
    )
    return rows[0].people as number
  }
  const everybody = 'select 1 from contacts where workspace_id = ? and deleted_at is null'
  const plain = await median(() => count(everybody, [workspaceId]))
  console.log(`count of ${PEOPLE.toLocaleString('en')} contacts        ${(plain * 1000).toFixed(0)} ms`)
  for (const topicId of topics) {
    const { sql, bindings } = allowedPeople({
      workspaceId,
      people: peopleWhere(workspaceId),
      channel: 'email',
      topicId,
    })
    let people = 0
    const took = await median(async () => void (people = await count(sql, bindings)))
    console.log(
      `who may be written to           ${(took * 1000).toFixed(0)} ms, ${(took / plain).toFixed(1)} × the plain count (${people.toLocaleString('en')} people)`
    )
  }
}

function tell(name: string, took: number, plain: number, rows: number) {
  const rate = (s: number) => Math.round(rows / s).toLocaleString('en')
  console.log(`${name}  ${rate(took)} /s, ${(took / plain).toFixed(1)} × the time of plain INSERTs (${rate(plain)} /s)`)
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i <= RUNS; i++) times.push(await seconds(run))
  return times.slice(1).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]
}

/** Three topics: of the second, half agreed and some of these have expired; of the third, one in a hundred. */
async function plant(): Promise<number[]> {
  const made = await db
    .table('topics')
    .multiInsert(['News', 'Offers', 'Events'].map((name) => ({ workspace_id: workspaceId, name })))
    .returning('id')
  const ids: number[] = made.map((row: any) => Number(row.id ?? row))
  await db.rawQuery(
    `insert into contacts (workspace_id, email, email_key, email_hash)
     select ?::bigint, 'p' || i || '@example.test', 'p' || i || '@example.test', sha256(int4send(i)) from generate_series(1, ?::int) i`,
    [workspaceId, PEOPLE]
  )
  await db.rawQuery(
    `insert into consents (workspace_id, contact_id, channel, topic_id, status, basis, since, expires_at, entry_id)
     select workspace_id, id, 'email', t.topic, 'granted', 'consent_express', now(),
       case when id / t.share % 10 = 0 then now() - interval '1 day' end, 0
     from contacts cross join (values (?::bigint, 2), (?::bigint, 100)) t (topic, share)
     where workspace_id = ? and id % t.share = 0`,
    [ids[1], ids[2], workspaceId]
  )
  await db.rawQuery(
    `insert into suppressions (workspace_id, address_hash, reason, source)
     select workspace_id, email_hash, 'hard_bounce', 'bench' from contacts where workspace_id = ? and id % 200 = 0`,
    [workspaceId]
  )
  await asOwner('analyze contacts, consents, suppressions')
  return ids
}
