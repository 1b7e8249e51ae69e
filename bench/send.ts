import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { parseArgs } from 'node:util'
import { boot } from './support/app.ts'
import { ensureBuild } from './support/build.ts'
import { letter } from './support/letter.ts'
import { startStandIn } from './support/stand_in.ts'

/**
 * How fast campaigns leave, against what is possible without keeping account of anybody: ready-made calls, the same letters
 * made and posted without a database, one mail a call, the official SDK's way of making a call.
 *
 *   npm run bench -- send        (BENCH_MAILS=100000 BENCH_BYTES=20000)
 */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: process.env.BENCH_MAILS ?? '100000' },
    bytes: { type: 'string', default: process.env.BENCH_BYTES ?? '20000' },
  },
})
const MAILS = Number(values.mails)
const BATCH = 100
const IN_FLIGHT = 2

await ensureBuild()
const app = await boot()
const { readNumbersAsNumbers } = await import('#platform')
const { forEachCopy } = await import('#content')
const { composeMail } = await import('#delivery')
const { resendChannel, resendClient } = await import('#channels')
const { batchBody } = await import('#app/channels/email/batch_body')
const { editionOf, freezeCampaign, plantBakery } = await import('./support/campaign.ts')
const { sendByWorkers } = await import('./support/workers.ts')
readNumbersAsNumbers()

type Letter = Parameters<typeof composeMail>[0]

const server = await startStandIn()
process.env.RESEND_BASE_URL = server.url
process.env.RESEND_API_KEY = `re_${randomBytes(8).toString('hex')}`
const channel = resendChannel({ apiKey: process.env.RESEND_API_KEY, baseUrl: server.url })
const bakery = await plantBakery({ people: MAILS })
try {
  const plain = editionOf(bakery, letter({ bytes: Number(values.bytes) * 0.6 }))
  const withLogic = editionOf(bakery, letter({ bytes: Number(values.bytes) * 0.6, logic: true }))
  const body = batchBody(batch(letterOf(plain), 0))
  console.log(`${MAILS.toLocaleString('en')} mails of ${Math.round(body.length / BATCH).toLocaleString('en')} bytes`)

  const readyMade = await line('ready-made calls of a hundred', () => postReadyMade(body))
  const unrecorded = await line('made and posted, no database', () => postUnrecorded(letterOf(plain), MAILS, BATCH))
  const unrecordedLiquid = await line('… by Liquid', () => postUnrecorded(letterOf(withLogic), MAILS / 4, BATCH))
  const single = await line('… one mail a call', () => postUnrecorded(letterOf(plain), MAILS / 10, 1))
  const bySdk = await line("… by the SDK's batch.send", () => postBySdk(letterOf(plain), MAILS / 4))
  const one = await campaign('one worker', plain, 1)
  const liquid = await campaign('one worker, by Liquid', withLogic, 1)
  const two = await campaign('two workers', plain, 2)

  const ratio = (name: string, value: number) => console.log(`${name}: ${value.toFixed(2)}`)
  ratio('one worker / ready-made calls', one / readyMade)
  ratio('one worker / without database', one / unrecorded)
  ratio('by Liquid: one worker / without database', liquid / unrecordedLiquid)
  ratio('one worker / one mail a call without database', one / single)
  ratio('two workers / one', two / one)
  ratio("the SDK's way / ours", bySdk / unrecorded)
} finally {
  await server.stop()
  await app.terminate()
}

async function line(name: string, measure: () => Promise<number>): Promise<number> {
  const rate = await measure()
  console.log(`${name}: ${Math.round(rate).toLocaleString('en')} mails/s`)
  return rate
}

async function campaign(name: string, edition: Letter['edition'], workers: number): Promise<number> {
  const { campaignId, ms } = await freezeCampaign(bakery, edition)
  const { rate, cpuMicroseconds, databaseMicroseconds, walBytes, rss } = await sendByWorkers({
    campaignId,
    people: MAILS,
    workers,
  })
  const figures = [
    `${Math.round(rate).toLocaleString('en')} mails/s`,
    `${Math.round(cpuMicroseconds)} µs CPU a mail and ${Math.round(databaseMicroseconds)} µs of the database's`,
    `${Math.round(walBytes)} bytes of WAL a mail`,
    `${rss} MB a worker`,
    `frozen in ${Math.round(ms)} ms`,
  ]
  console.log(`${name}: ${figures.join(', ')}`)
  return rate
}

function letterOf(edition: Letter['edition']): Letter {
  return {
    edition,
    topic: { id: bakery.topic.id, name: bakery.topic.name },
    workspaceId: bakery.workspace.id,
    campaignId: 1,
  }
}

function batch(of: Letter, start: number, size = BATCH) {
  const people = Array.from({ length: size }, (_, no) => start + no)
  return forEachCopy(of.edition, people, (person) => {
    const email = `p${person}@people.test`
    const contact = { first_name: `Person ${person}`, last_name: 'Baker', city: 'Bristol', email }
    return composeMail(of, { contactId: person, email, merge: { contact } })
  })
}

/** As many at a time as a worker has; each call with a key of its own. Mails a second. */
async function inLanes(mails: number, perCall: number, call: (start: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const lane = async () => {
    for (let start = next; start < mails; start = next) {
      next += perCall
      await call(start)
    }
  }
  await call(-perCall) // connected and warm
  const began = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return mails / ((performance.now() - began) / 1_000)
}

function postUnrecorded(of: Letter, mails: number, size: number): Promise<number> {
  const name = randomBytes(4).toString('hex')
  return inLanes(mails, size, async (start) => {
    const outcome = await channel.send(batch(of, start, size), { idempotencyKey: `${name}/${start}` })
    if (outcome.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(outcome)}`)
  })
}

function postBySdk(of: Letter, mails: number): Promise<number> {
  const client = resendClient({ apiKey: process.env.RESEND_API_KEY!, baseUrl: server.url })
  return inLanes(mails, BATCH, async (start) => {
    const payload = batch(of, start).map(({ tags, html, text, ...mail }) => ({
      ...mail,
      html: String(html),
      text: String(text),
      tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    }))
    const { error } = await client.batch.send(payload, { idempotencyKey: `sdk/${start}` })
    if (error) throw new Error(error.message)
  })
}

function postReadyMade(body: Buffer): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  return inLanes(MAILS, BATCH, (start) => post(body, { agent, key: `ready-made/${start}` })).finally(() =>
    agent.destroy()
  )
}

function post(body: Buffer, { agent, key }: { agent: http.Agent; key: string }) {
  return new Promise<void>((resolve, reject) => {
    const headers = {
      'authorization': 'Bearer re_ready_made',
      'user-agent': 'bench',
      'content-type': 'application/json',
      'content-length': body.length,
      'idempotency-key': key,
    }
    const request = http.request(`${server.url}/emails/batch`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}`))
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}
