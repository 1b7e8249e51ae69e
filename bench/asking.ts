/**
 * A million contacts who agreed by an imported list, six campaigns to each of them, and clicks of one in five: the table of proofs,
 * whom a question would ask, and what a sunset rule would do, as their screen asks for them and is cut off. Medians, against
 * counting the contacts.
 */
import { asOwner } from './support/as_owner.js'
import { boot } from './support/boot.js'

const PEOPLE = Number(process.env.BENCH_ROWS ?? 1_000_000)
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const CAMPAIGNS = 6
const LOT = 10_000

const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { sunsetOutlook } = await import('#app/campaigns/reconfirming/preview_sunset')
const { previewQuestion } = await import('#app/campaigns/reconfirming/preview_question')
const { proofOverview, recordConsent } = await import('#consent')
const { peopleWhere } = await import('#contacts')
const { theSystem, Workspace } = await import('#identity')

const workspace = await Workspace.create({ name: 'Bench' })
const workspaceId = workspace.id
await workspace.refresh()
const topicId = await plant()

const plain = await median('count of the contacts', () =>
  db.rawQuery('select count(*) from contacts where workspace_id = ? and deleted_at is null', [workspaceId])
)
await median('table of proofs', () => proofOverview({ workspaceId }), plain)
await median('whom a question would ask', () => previewQuestion({ workspace, topicId }), plain)
await median('what a sunset rule would do', () => sunsetOutlook({ workspace, days: 60, mails: 3 }), plain)
await app.terminate()

async function plant(): Promise<number> {
  const [{ id: topic }] = await db.table('topics').insert({ workspace_id: workspaceId, name: 'News' }).returning('id')
  await db.rawQuery(
    `insert into contacts (workspace_id, email, email_key, email_hash)
     select ?::bigint, 'p' || i || '@example.test', 'p' || i || '@example.test', sha256(int4send(i)) from generate_series(1, ?::int) i`,
    [workspaceId, PEOPLE]
  )
  const { rows } = await db.rawQuery('select min(id) as low, max(id) as high from contacts where workspace_id = ?', [
    workspaceId,
  ])
  for (let low: number = rows[0].low; low <= rows[0].high; low += LOT) {
    await db.transaction((trx) =>
      recordConsent({
        workspaceId,
        people: peopleWhere(workspaceId, { sql: 'c.id between ? and ?', bindings: [low, low + LOT - 1] }),
        channel: 'email',
        topicId: Number(topic),
        action: 'grant',
        basis: 'soft_opt_in_customer',
        statement: 'You buy here, so you get our news.',
        source: 'bench',
        sourceKind: 'import',
        occurredAt: null,
        actor: theSystem,
        trx,
      })
    )
  }
  await db.rawQuery(`update consents set since = now() - interval '1 year' where workspace_id = ?`, [workspaceId])
  for (let no = 1; no <= CAMPAIGNS; no++) await plantCampaign(no, Number(topic))
  await db.rawQuery(
    `insert into engagements (workspace_id, month, campaign_id, contact_id, kind, verdict, rule, occurred_at)
     select workspace_id, date_trunc('month', now()), 1 + id % ?, id, 'click', 'human', 'bench', now() - interval '1 day' * (id % 150)
     from contacts where workspace_id = ? and id % 5 = 0`,
    [CAMPAIGNS, workspaceId]
  )
  await asOwner('vacuum analyze contacts, consents, consent_entries, messages, engagements, shipments, editions')
  return Number(topic)
}

/** One a month ago, the next two, and so on. */
async function plantCampaign(no: number, topic: number) {
  const [edition] = await db
    .table('editions')
    .insert({
      workspace_id: workspaceId,
      from_name: 'Bench',
      from_email: 'bench@example.test',
      subject: 'News',
      html: '',
      text: '',
      tracking: JSON.stringify({ opens: true, clicks: true }),
      setting: JSON.stringify({ links: [{ no: 1, url: 'https://example.test' }] }),
      source: JSON.stringify({}),
      hash: Buffer.alloc(32),
    })
    .returning('id')
  const at = `now() - interval '1 month' * ${no}`
  await db.rawQuery(
    `insert into shipments (workspace_id, campaign_id, month, topic_id, edition_id, state, candidates, mailable, finished_at)
     values (?, ?, date_trunc('month', ${at}), ?, ?, 'finished', ?, ?, now())`,
    [workspaceId, no, topic, edition.id, PEOPLE, PEOPLE]
  )
  await db.rawQuery(
    `insert into messages (workspace_id, campaign_id, contact_id, batch_id, position, month, state, accepted_at)
     select workspace_id, ?, id, 0, 0, date_trunc('month', ${at}), 'delivered', ${at} from contacts where workspace_id = ?`,
    [no, workspaceId]
  )
}

async function median(what: string, run: () => Promise<unknown>, against?: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const began = performance.now()
    try {
      await run()
    } catch (error) {
      if ((error as { code?: string }).code !== 'E_TOOK_TOO_LONG') throw error
      console.log(`${what.padEnd(32)}cut off after ${((performance.now() - began) / 1_000).toFixed(0)} s`)
      return Number.NaN
    }
    times.push((performance.now() - began) / 1_000)
  }
  const took = times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]
  const ratio = against ? `, ${(took / against).toFixed(1)} × the count` : ''
  console.log(`${what.padEnd(32)}${took.toFixed(2)} s${ratio}`)
  return took
}
