import { readdir } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'

export interface Check {
  ok: boolean
  note: string
}

const PATIENCE_MS = 3_000
const YOUNG_SECONDS = 30

/** May this process get requests? Each part says what is wrong with it. */
export async function readiness(): Promise<{ ready: boolean; checks: Record<string, Check> }> {
  const database = await checked(checkDatabase)
  const skipped = { ok: false, note: 'Not looked at: the database does not answer.' }
  const checks = {
    database,
    migrations: database.ok ? await checked(checkMigrations) : skipped,
    worker: database.ok ? await checked(checkWorker) : skipped,
  }
  return { ready: Object.values(checks).every(({ ok }) => ok), checks }
}

async function checkDatabase(): Promise<Check> {
  const began = performance.now()
  await db.rawQuery('select 1')
  return { ok: true, note: `answers in ${Math.round(performance.now() - began)} ms` }
}

export async function checkMigrations(): Promise<Check> {
  const files = await readdir(app.makePath('database/migrations'))
  const wanted = files
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => file.replace(/\.[jt]s$/, ''))
  const { rows } = await db.rawQuery('select name from adonis_schema')
  const done = new Set(rows.map(({ name }: { name: string }) => name.split('/').at(-1)))
  const missing = wanted.filter((name) => !done.has(name))
  return missing.length === 0
    ? { ok: true, note: `all ${wanted.length} have run` }
    : { ok: false, note: `not run yet: ${missing.join(', ')}. npm start runs them.` }
}

export async function checkWorker(): Promise<Check> {
  const { rows } = await db.rawQuery(
    `select extract(epoch from now() - max(seen_at))::float8 as age from heartbeats where kind = 'worker'`
  )
  const age = rows[0].age as number | null
  if (age === null) return { ok: false, note: 'No worker has signed. Start one: npm start, or npm run ace -- worker.' }
  const seconds = Math.round(age)
  return age < YOUNG_SECONDS
    ? { ok: true, note: `signed ${seconds} s ago` }
    : { ok: false, note: `The last worker signed ${seconds} s ago. Nothing is sent until one runs.` }
}

/** What fails or does not answer in time is not well; why, without what the driver quotes. */
async function checked(check: () => Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, note: `no answer within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS)
  })
  const look = check().catch((error) => ({ ok: false, note: `fails (${error.code ?? error.name})` }))
  return Promise.race([look, late]).finally(() => clearTimeout(timer))
}
