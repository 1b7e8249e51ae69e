import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { boot, usage } from './support/app.ts'
import { asOwner } from './support/as_owner.ts'
import { ensureBuild } from './support/build.ts'

/**
 * How long `ace backup` and `ace restore` take, how large the file is, and whether their memory stays where it is when the
 * data grow: a quarter of the people first, then all. Everybody agreed and got a campaign.
 *
 *   npm run bench -- backup        (BENCH_PEOPLE=200000)
 */
const { values } = parseArgs({ options: { people: { type: 'string', default: process.env.BENCH_PEOPLE ?? '200000' } } })
const PEOPLE = Number(values.people)

await ensureBuild()
const app = await boot()
const { plantBakery } = await import('./support/campaign.ts')

const owner = String(process.env.DATABASE_OWNER_URL)
const path = join(String(process.env.DATA_DIR), 'bench.assent')
try {
  for (const people of [PEOPLE / 4, PEOPLE - PEOPLE / 4]) {
    const { workspace, topic } = await plantBakery({ people })
    await asOwner(`select ensure_month_partitions(now()::date)`)
    await asOwner(
      `insert into messages (workspace_id, campaign_id, contact_id, batch_id, month, position, state, email, accepted_at, delivered_at, provider_id)
       select workspace_id, ${topic.id}, id, id / 100, date_trunc('month', now())::date, id % 100, 'delivered', email, now(), now(), gen_random_uuid()
       from contacts where workspace_id = ${workspace.id}`
    )
    await measure()
  }
} finally {
  await app.terminate()
}

async function measure() {
  rmSync(path, { force: true })
  const saved = await ace(['backup', path, '--json'])
  say('backup', saved)
  const { size } = statSync(path)
  console.log(`file: ${(size / 1e6).toFixed(1)} MB for ${saved.told.rows.toLocaleString('en')} rows`)
  await asOwner('drop database if exists bench_restored')
  await asOwner('create database bench_restored')
  const url = new URL(owner)
  url.pathname = '/bench_restored'
  await ace(['migration:run', '--force', '--no-schema-generate'], url.href)
  say('restore', await ace(['restore', path, '--json'], url.href))
}

function say(name: string, { told, mb }: Awaited<ReturnType<typeof ace>>) {
  console.log(
    `${name}: ${told.seconds} s, ${Math.round(told.rows / told.seconds).toLocaleString('en')} rows/s, ${mb} MB`
  )
}

/** One command of the build, with what it said and the most memory that it had. */
async function ace(args: string[], url = process.env.DATABASE_URL!) {
  const env = { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' }
  const child = spawn(process.execPath, ['build/ace.js', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (bytes) => (output += bytes))
  const ended = once(child, 'close')
  let mb = 0
  while (child.exitCode === null && child.signalCode === null) {
    mb = Math.max(
      mb,
      await usage(child.pid!).then(
        ({ rss }) => rss,
        () => 0
      )
    ) // it may be gone by now
    await sleep(100)
  }
  await ended
  if (child.exitCode !== 0) throw new Error(`${args[0]} ended with ${child.exitCode}: ${output}`)
  return { told: args.includes('--json') ? JSON.parse(output) : null, mb }
}
