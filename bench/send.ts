import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { boot, usage } from './support/app.ts'

/**
 * How fast one worker sends a campaign, against how fast one process posts ready-made calls of the same size to the same
 * server: the rest is what it costs to lease, judge, personalise, seal and keep account.
 *
 *   npm run bench -- send        (BENCH_MAILS=20000 BENCH_BYTES=20000)
 */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: process.env.BENCH_MAILS ?? '20000' },
    bytes: { type: 'string', default: process.env.BENCH_BYTES ?? '20000' },
  },
})
const MAILS = Number(values.mails)
const BYTES = Number(values.bytes)
const BATCH = 100

const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { readNumbersAsNumbers } = await import('#platform')
readNumbersAsNumbers()

const server = await startStandIn()
try {
  const limit = await postReadyMade(server.url)
  const sent = await sendCampaign(server.url)
  const round = (n: number) => Math.round(n).toLocaleString('en')
  console.log(`ready-made calls, one process: ${round(limit.rate)} mails/s`)
  console.log(
    `one worker: ${round(sent.rate)} mails/s, ${Math.round((sent.cpu / MAILS) * 1e6)} µs CPU a mail, ${sent.rss} MB RSS`
  )
  console.log(`ratio: ${(sent.rate / limit.rate).toFixed(2)}`)
} finally {
  await server.stop()
  await app.terminate()
}

async function startStandIn() {
  const child = spawn(
    process.execPath,
    ['tests/stand_in/server.js', '--rps', '0', '--bodies', 'none', '--events', 'manual'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    }
  )
  const [line] = await once(child.stdout, 'data')
  return {
    url: String(line).trim().split(' ').at(-1)!,
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** The ceiling: bodies made beforehand, two calls at a time, nothing else to do. */
async function postReadyMade(url: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 })
  const html = letter()
  const body = Buffer.from(
    JSON.stringify(
      Array.from({ length: BATCH }, (_, no) => ({
        from: 'Blue Door Bakery <news@bakery.test>',
        headers: { 'List-Unsubscribe': `<https://bakery.test/u/${no}>` },
        html,
        subject: 'Fresh bread',
        text: 'Fresh bread',
        to: `p${no}@people.test`,
        tags: [{ name: 'c', value: '0' }],
      }))
    )
  )
  let next = 0
  const lane = async () => {
    while (next < MAILS / BATCH) await post(`${url}/emails/batch`, body, { agent, key: `ready-${next++}` })
  }
  await post(`${url}/emails/batch`, body, { agent, key: 'warm-up' })
  const began = performance.now()
  await Promise.all([lane(), lane()])
  const seconds = (performance.now() - began) / 1_000
  agent.destroy()
  return { rate: MAILS / seconds }
}

function post(url: string, body: Buffer, { agent, key }: { agent: http.Agent; key: string }) {
  return new Promise<void>((resolve, reject) => {
    const headers = {
      'authorization': 'Bearer re_ready_made',
      'user-agent': 'bench',
      'content-type': 'application/json',
      'content-length': body.length,
      'idempotency-key': key,
    }
    const request = http.request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}`))
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A campaign as the product makes it, sent by a worker process of its own. The clock runs from the first mail to the last. */
async function sendCampaign(url: string) {
  process.env.RESEND_BASE_URL = url
  process.env.RESEND_API_KEY = `re_${randomBytes(8).toString('hex')}`
  const campaignId = await plant()
  const worker = spawn(process.execPath, [...(process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : []), 'ace.js', 'worker'], {
    env: process.env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const accepted = async () =>
    Number((await db.from('batches').where({ campaign_id: campaignId }).sum('accepted as n').first()).n ?? 0)
  const moments: { at: number; n: number; cpu: number; rss: number }[] = []
  for (let n = 0; n < MAILS;) {
    await sleep(100)
    if (worker.exitCode !== null) throw new Error('The worker died.')
    n = await accepted()
    moments.push({ at: performance.now(), n, ...(await usage(worker.pid!)) })
  }
  worker.kill('SIGTERM')
  await once(worker, 'exit')
  const start = moments.findLast(({ n }) => n === 0) ?? moments[0]
  const end = moments.at(-1)!
  return { rate: (MAILS - start.n) / ((end.at - start.at) / 1_000), cpu: end.cpu - start.cpu, rss: end.rss }
}

async function plant(): Promise<number> {
  const { Workspace, theSystem } = await import('#identity')
  const { Topic, recordConsent } = await import('#consent')
  const { peopleWhere } = await import('#contacts')
  const { compileEdition, freezeEdition } = await import('#content')
  const { freezeAudience } = await import('#delivery')
  const workspace = await Workspace.create({ name: 'Blue Door Bakery', postalAddress: '1 Harbour Street, Bristol' })
  await workspace.refresh()
  const topic = await Topic.create({ workspaceId: workspace.id, name: 'Weekly specials' })
  await db.rawQuery(
    `insert into contacts (workspace_id, email, email_key, email_hash, first_name, attributes)
     select ?, 'p' || n || '@people.test', 'p' || n || '@people.test', sha256(n::text::bytea), 'Person ' || n, '{"city": "Bristol"}'
     from generate_series(1, ?) as n`,
    [workspace.id, MAILS]
  )
  const edition = compileEdition({
    workspace: { name: workspace.name, postalAddress: workspace.postalAddress, timezone: 'UTC', locale: 'en' },
    topicName: topic.name,
    from: { name: 'Blue Door Bakery', email: 'news@bakery.test' },
    replyTo: null,
    subject: 'Fresh bread, {{ contact.first_name }}',
    preheader: 'On Friday',
    content: { kind: 'html', source: letter() },
    tracking: { opens: true, clicks: true },
  })
  return db.transaction(async (trx) => {
    await recordConsent({
      workspaceId: workspace.id,
      people: { sql: 'select id as contact_id from contacts where workspace_id = ?', bindings: [workspace.id] },
      channel: 'email',
      topicId: topic.id,
      action: 'grant',
      basis: 'consent_express',
      statement: 'Yes.',
      source: 'benchmark',
      sourceKind: 'team',
      actor: theSystem,
      trx,
    })
    const id = await freezeEdition({ workspaceId: workspace.id, edition, source: {}, trx })
    const began = performance.now()
    const { campaignId, mailable } = await freezeAudience({
      workspace,
      campaignId: 1_000_000 + workspace.id,
      topicId: topic.id,
      channel: 'email',
      people: peopleWhere(workspace.id),
      edition: { id },
      actor: theSystem,
      trx,
    })
    console.log(`frozen: ${mailable} people in ${Math.round(performance.now() - began)} ms`)
    return campaignId
  })
}

/** A letter of the wanted size with a few merge tags and a dozen links. */
function letter(): string {
  const link = (no: number) =>
    `<p>Hello {{ contact.first_name }} of {{ contact.city }}, <a href="https://bakery.test/bread/${no}">bread ${no}</a>.</p>`
  const head = Array.from({ length: 12 }, (_, no) => link(no)).join('\n')
  const row = '<p>A paragraph of the Blue Door Bakery about flour, water, salt and patience.</p>\n'
  return head + row.repeat(Math.max(0, Math.ceil((BYTES - head.length) / row.length)))
}
