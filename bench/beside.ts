import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { boot } from './support/app.ts'
import { ensureBuild } from './support/build.ts'
import { letter } from './support/letter.ts'
import { startStandIn } from './support/stand_in.ts'

/**
 * What the team feels while a large campaign leaves, at the provider's ten calls a second: every screen's questions against
 * the same in peace (p95), how soon the first mail leaves, how soon a pause holds.
 *
 *   npm run bench -- beside        (BENCH_PEOPLE=1000000)
 */
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 1_000_000)
const ROUNDS = 20

await ensureBuild()
const app = await boot()
const { readNumbersAsNumbers } = await import('#platform')
const { provisionWorkspace } = await import('#identity')
const { plantPeople } = await import('./support/campaign.ts')
readNumbersAsNumbers()
const server = await startStandIn({ rps: 10 })
process.env.RESEND_BASE_URL = server.url
process.env.RESEND_API_KEY = `re_${randomBytes(8).toString('hex')}`
const api = `${process.env.APP_URL}/api/v1`
const processes = [['build/bin/server.js'], ['build/ace.js', 'worker']].map((args) =>
  spawn(process.execPath, args, { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] })
)
try {
  const { token, campaignId } = await scene()
  const ask = asker(token)
  const screens = [
    '/overview',
    '/contacts?limit=50&count=1',
    '/contacts?limit=50&q=person',
    '/campaigns?limit=50',
    `/campaigns/${campaignId}`,
    '/segments?limit=50',
    '/topics',
    '/suppressions?limit=50',
    '/imports?limit=50',
    '/workspace',
    '/audit?limit=50',
    '/messages?limit=50',
  ]
  const look = async () => {
    const times = new Map(screens.map((screen) => [screen, [] as number[]]))
    for (let round = 0; round < ROUNDS; round++) {
      for (const screen of screens) {
        const began = performance.now()
        await ask(screen)
        times.get(screen)!.push(performance.now() - began)
        await sleep(5)
      }
    }
    return new Map([...times].map(([screen, all]) => [screen, p95(all)]))
  }
  await look()
  const idle = await look()
  console.log(
    `${PEOPLE.toLocaleString('en')} people, in peace: ${[...idle].map(([screen, ms]) => `${screen} ${told(ms)}`).join(', ')}`
  )
  await ask('/workspace', 'PATCH', { sending: { undo_seconds: 2, pilot: 'never' } })
  const began = performance.now()
  await ask(`/campaigns/${campaignId}/send`, 'POST')
  const answered = performance.now()
  await until(async () => (await progress()).accepted > 0)
  console.log(`sent in ${told(answered - began)}`)
  console.log(`first mail accepted ${told(performance.now() - answered - 2_000)} after the time to take it back`)
  const busy = await look()
  for (const screen of screens) {
    const [before, during] = [idle.get(screen)!, busy.get(screen)!]
    console.log(`${screen.split('?')[0]}: p95 ${told(before)} → ${told(during)}, ${(during / before).toFixed(1)} ×`)
  }
  await ask(`/campaigns/${campaignId}/pause`, 'POST')
  const paused = await callsSoFar()
  await sleep(1_000)
  const later = await callsSoFar()
  await sleep(2_000)
  console.log(
    `calls in the second after a pause: ${later - paused}; in the two after that: ${(await callsSoFar()) - later}`
  )

  async function progress() {
    return (await ask(`/campaigns/${campaignId}`)).progress
  }
} finally {
  for (const child of processes) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await server.stop()
  await app.terminate()
}

/** A bakery with everybody in it, and the campaign that is to leave. */
async function scene() {
  const account = { name: 'Blue Door Bakery', email: 'owner@bakery.test', password: randomBytes(12).toString('hex') }
  const { workspace, token } = await provisionWorkspace(account)
  const ask = asker(token.value!.release())
  await until(async () => (await fetch(`${process.env.APP_URL}/health/live`)).ok)
  await ask('/workspace', 'PATCH', { postal_address: '1 Harbour Street, Bristol' })
  const topic = await ask('/topics', 'POST', { name: 'Weekly specials' })
  await ask('/fields', 'POST', { key: 'city', label: 'City', type: 'text' })
  await plantPeople({ workspace, topicId: Number(topic.id), people: PEOPLE })
  const everybody = await ask('/segments', 'POST', { name: 'Everybody', rule: { field: 'first_name', op: 'is_set' } })
  const campaign = await ask('/campaigns', 'POST', {
    name: 'Fresh bread',
    topic_id: topic.id,
    audience: { segment_ids: [everybody.id] },
    from: { name: 'Blue Door Bakery', email: 'news@bakery.test' },
    subject: 'Fresh bread, {{ contact.first_name }}',
    content: { kind: 'html', source: letter({ bytes: 12_000 }) },
  })
  return { token: token.value!.release(), campaignId: campaign.id as string }
}

function asker(token: string) {
  return async (path: string, method = 'GET', body?: object): Promise<any> => {
    const answer = await fetch(`${api}${path}`, {
      method,
      headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 2_000)}`)
    return text === '' ? null : JSON.parse(text)
  }
}

async function until(isSo: () => Promise<boolean>) {
  while (!(await isSo().catch(() => false))) await sleep(20)
}

async function callsSoFar() {
  return Number(((await (await fetch(`${server.url}/_control/stats`)).json()) as { calls: number }).calls)
}

function p95(all: number[]) {
  return all.sort((a, b) => a - b)[Math.floor(all.length * 0.95)]
}

function told(ms: number) {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
