import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { boot } from './support/app.ts'
import { ensureBuild } from './support/build.ts'

/**
 * How fast the door for the provider's events takes them in, each stored durably before its 200, against events that it only
 * verifies: those of another workspace of the same team, which it acknowledges and does not keep.
 *
 *   npm run bench -- webhooks        (BENCH_EVENTS=20000)
 */
const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000)
const AT_ONCE = 64

await ensureBuild()
const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { readNumbersAsNumbers } = await import('#platform')
const { Workspace } = await import('#identity')
const { sealCredentials, sealSecret } = await import('#app/delivery/providers/secrets')
readNumbersAsNumbers()

const web = spawn(process.execPath, ['build/bin/server.js'], {
  env: process.env,
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  const { workspaceId, webhookKey, secret } = await endpoint()
  await until(async () => (await fetch(`${process.env.APP_URL}/health/live`)).ok)
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const door = `${process.env.APP_URL}/webhooks/resend/${webhookKey}`
  const rate = async (of: string, count: number) => {
    const events = signedEvents({ workspaceId: of, secret, count })
    let next = 0
    const lane = async () => {
      while (next < count) await post(door, events[next++], agent)
    }
    const began = performance.now()
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    return count / ((performance.now() - began) / 1_000)
  }
  await rate('0', EVENTS / 10)
  const verified = await rate('0', EVENTS)
  const stored = await rate(String(workspaceId), EVENTS)
  agent.destroy()
  const { n } = await db.from('provider_events').where({ workspace_id: workspaceId }).count('* as n').first()
  if (Number(n) !== EVENTS) throw new Error(`${n} of ${EVENTS} events are there.`)
  const told = (value: number) => Math.round(value).toLocaleString('en')
  console.log(`only verified: ${told(verified)} events/s`)
  console.log(`verified and stored: ${told(stored)} events/s, ratio ${(stored / verified).toFixed(2)}`)
} finally {
  web.kill('SIGTERM')
  await once(web, 'exit')
  await app.terminate()
}

async function endpoint() {
  const workspace = await Workspace.create({ name: 'Blue Door Bakery' })
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const webhookKey = randomBytes(12).toString('hex')
  await db.table('provider_accounts').insert({
    workspace_id: workspace.id,
    kind: 'resend',
    name: 'Resend',
    credentials: sealCredentials({ api_key: 're_bench' }),
    hint: 're_…',
    account: 'resend:bench',
    webhook_key: webhookKey,
    webhook_secret: sealSecret('webhook_secret', secret),
  })
  return { workspaceId: workspace.id, webhookKey, secret }
}

async function until(isSo: () => Promise<boolean>) {
  while (!(await isSo().catch(() => false))) await sleep(100)
}

function post(url: string, { body, id, timestamp, signature }: SignedEvent, agent: http.Agent) {
  return new Promise<void>((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': signature,
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

type SignedEvent = ReturnType<typeof signedEvents>[number]

function signedEvents({ workspaceId, secret, count }: { workspaceId: string; secret: string; count: number }) {
  const signer = new Webhook(secret)
  const now = new Date()
  return Array.from({ length: count }, (_, no) => {
    const id = `msg_${no}`
    const body = JSON.stringify({
      type: 'email.delivered',
      created_at: now.toISOString(),
      data: {
        email_id: `56761188-7520-42d8-8898-${String(no).padStart(12, '0')}`,
        from: 'Blue Door Bakery <news@bakery.test>',
        to: [`p${no}@people.test`],
        subject: 'Fresh bread',
        created_at: now.toISOString(),
        tags: { w: workspaceId, c: '1', m: String(no) },
      },
    })
    const timestamp = String(Math.floor(now.getTime() / 1_000))
    return { id, timestamp, signature: signer.sign(id, now, body), body: Buffer.from(body) }
  })
}
