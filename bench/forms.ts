import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { boot } from './support/app.ts'
import { ensureBuild } from './support/build.ts'

/**
 * How many sign-ups a second the door of forms takes: each a new address that is read, checked, written down as a contact, a
 * request in the ledger and a mail that waits, durably, before its 200. Against posts with a filled trap, which pass the same
 * door, limits and look-ups, are thanked by the same page, and of which nothing is kept.
 *
 *   npm run bench -- forms        (BENCH_POSTS=4000)
 */
const POSTS = Number(process.env.BENCH_POSTS ?? 4_000)
const WARM_UP = Math.round(POSTS / 10)
/** Each answer takes a tenth of a second at least (evenOut), so that many are on the way at once. */
const AT_ONCE = 128
/** Below what one form (600) and one address of the network (60) may post in ten minutes. */
const A_FORM = 250
const AN_ADDRESS = 25

await ensureBuild()
const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { readNumbersAsNumbers } = await import('#platform')
const { Workspace, theSystem } = await import('#identity')
const { createForm } = await import('#app/forms/sign_up/keep_form')
readNumbersAsNumbers()

const web = spawn(process.execPath, ['build/bin/server.js'], {
  env: { ...process.env, TRUST_PROXY: 'true' },
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  const { workspaceId, topicId, slugs } = await plant()
  await until(async () => (await fetch(`${process.env.APP_URL}/health/live`)).ok)
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })
  let visitors = 0
  const rate = async (count: number, more: Record<string, string>) => {
    const times: number[] = []
    let left = count
    const lane = async () => {
      while (left-- > 0) {
        const visitor = visitors++
        const began = performance.now()
        await post(agent, {
          slug: slugs[Math.floor(visitor / A_FORM)],
          from: addressOf(visitor),
          body: new URLSearchParams({ email: `p${visitor}@people.test`, topics: String(topicId), ...more }).toString(),
        })
        times.push(performance.now() - began)
      }
    }
    const began = performance.now()
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    const perSecond = count / ((performance.now() - began) / 1_000)
    times.sort((a, b) => a - b)
    return { perSecond, median: times[Math.floor(count / 2)], late: times[Math.floor(count * 0.99)] }
  }
  await rate(WARM_UP, { website: 'warm' })
  await rate(WARM_UP, {})
  const trapped = await rate(POSTS, { website: 'filled' })
  const asked = await rate(POSTS, {})
  agent.destroy()
  const told = ({ perSecond, median, late }: typeof asked) =>
    `${Math.round(perSecond).toLocaleString('en')} posts/s, ${median.toFixed(1)} ms, the slowest hundredth from ${late.toFixed(1)} ms`
  console.log(`thanked and forgotten (a filled trap): ${told(trapped)}`)
  console.log(`asked by mail: ${told(asked)}, ratio ${(asked.perSecond / trapped.perSecond).toFixed(2)}`)
  await mustBe('form_submissions', workspaceId, POSTS + WARM_UP)
  await mustBe('consent_entries', workspaceId, POSTS + WARM_UP)
} finally {
  web.kill('SIGTERM')
  await once(web, 'exit')
  await app.terminate()
}

async function plant() {
  const workspace = await Workspace.create({ name: 'Blue Door Bakery', defaultFromEmail: 'hello@bakery.test' })
  await workspace.refresh()
  const [row] = await db.table('topics').insert({ workspace_id: workspace.id, name: 'News' }).returning('id')
  const topicId = Number(row.id ?? row)
  const definition = {
    language: 'en',
    title: 'News',
    intro: '',
    fields: [],
    topic_ids: [topicId],
    wording: 'Yes, write to me about the news. I can end it at any time.',
    button: null,
    look: { color: '#1a5fb4', color_dark: null, scheme: 'auto' },
    success: { message: null, redirect_url: null },
    double_opt_in: true,
    pending_days: 14,
    origins: [],
    refuses: { role: false, disposable: true },
  } as const
  const slugs: string[] = []
  for (let no = 0; no <= (POSTS * 2.2) / A_FORM; no++) {
    const form = await db.transaction((trx) =>
      createForm({
        workspace,
        name: `Form ${no}`,
        isOpen: true,
        // everybody is weighed, and nobody waits for a person
        doubts: { is_on: false },
        definition: definition as any,
        actor: theSystem,
        trx,
      })
    )
    slugs.push(form.slug)
  }
  return { workspaceId: workspace.id, topicId, slugs }
}

/** As the proxy in front tells it (TRUST_PROXY). */
function addressOf(visitor: number) {
  const no = Math.floor(visitor / AN_ADDRESS)
  return `203.${no >> 16}.${(no >> 8) & 255}.${no & 255}`
}

function post(agent: http.Agent, { slug, from, body }: { slug: string; from: string; body: string }) {
  return new Promise<void>((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-forwarded-for': from,
    }
    const request = http.request(`${process.env.APP_URL}/f/${slug}`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}`))
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function mustBe(table: string, workspaceId: number, rows: number) {
  const { n } = await db.from(table).where({ workspace_id: workspaceId }).count('* as n').first()
  if (Number(n) !== rows) throw new Error(`${n} rows of ${rows} are in ${table}.`)
}

async function until(isSo: () => Promise<boolean>) {
  while (!(await isSo().catch(() => false))) await sleep(100)
}
