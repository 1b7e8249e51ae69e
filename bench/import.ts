/**
 * Importing 100,000 people (validated, normalised, matched, with every index) against raw COPY of the same rows, clean and
 * ready, into the same table; and importing the same file again, when nothing changed. Three runs, medians, ratios.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { boot } from './support/boot.js'
import { launcher } from '../tests/support/launchers.ts'
import { csvOfPeople, peopleFields } from './support/people.js'

const { WORKER_FLAGS } = await launcher('children')
const ROWS = Number(process.env.BENCH_ROWS ?? 100_000)
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const COLUMNS = `email, email_key, email_hash, phone, external_id, first_name, last_name, locale, timezone, attributes, origin, import_id`

const app = await boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { from: copyFrom, to: copyTo } = await import('pg-copy-streams')
const { runImport } = await import('#contacts')
const { theSystem, Workspace } = await import('#identity')
const { receiveFile } = await import('#app/contacts/imports/receive_file')
const { startImport } = await import('#app/contacts/imports/start_import')

// A process of its own takes each file in, as a worker does: its memory is the import's, not the benchmark's.
if (process.argv[2] === 'take') {
  const [workspaceId, importId] = process.argv.slice(3).map(Number)
  const before = process.memoryUsage.rss()
  const began = performance.now()
  await runImport({ workspaceId, importId })
  const seconds = (performance.now() - began) / 1000
  process.send!({ seconds, before, peak: process.resourceUsage().maxRSS * 1024 })
  await app.terminate()
  process.exit(0)
}

const csv = Buffer.from(csvOfPeople(ROWS))
type Measured = 'copy' | 'first' | 'again' | 'agreed' | 'decided'
const seconds: Record<Measured, number[]> = { copy: [], first: [], again: [], agreed: [], decided: [] }
/** A third says no; the others agreed on days of their own. */
const BY_COLUMNS = {
  decided_by: [{ column: 'plan', agreed: ['pro', 'team'], withdrawn: ['free'] }],
  collected_at_column: 'birthday',
}
const memory: { before: number; peak: number }[] = []

for (let run = 0; run < RUNS; run++) {
  const workspaceId = await workspace()
  seconds.first.push(await importing(workspaceId))
  seconds.again.push(await importing(workspaceId))
  seconds.copy.push(await rawCopy(workspaceId))
  seconds.agreed.push(await importing(await workspace(), { consent: {} }))
  seconds.decided.push(await importing(await workspace(), { consent: BY_COLUMNS }))
}

const rate = (name: Measured) => ROWS / median(seconds[name])
const told = (name: Measured) =>
  `${Math.round(rate(name)).toLocaleString('en')} rows/s (${(rate(name) / rate('copy')).toFixed(2)} × COPY)`
console.log(`raw COPY of the same rows       ${told('copy')}`)
console.log(`import, all new                 ${told('first')}`)
console.log(`import, all new, with consent   ${told('agreed')}`)
console.log(`… columns say who and when      ${told('decided')}`)
console.log(`the same file again             ${told('again')}`)
const mb = (of: 'before' | 'peak') => Math.round(median(memory.map((one) => one[of])) / 1e6)
console.log(`memory of the process           ${mb('before')} MB before, ${mb('peak')} MB at its peak`)
await app.terminate()

async function workspace(): Promise<number> {
  const { id } = await Workspace.create({ name: 'Bench' })
  await db.table('contact_fields').multiInsert(peopleFields.map((field) => ({ workspace_id: id, ...field })))
  await db.table('topics').insert({ workspace_id: id, name: 'News' })
  return id
}

/** From the stored file to the last lot, as the worker does it. */
async function importing(
  workspaceId: number,
  { consent: more = null }: { consent?: object | null } = {}
): Promise<number> {
  const actor = theSystem
  const file = await receiveFile({ workspaceId, stream: stream(csv), fileName: 'bench.csv', actor })
  const mapping = Object.fromEntries(file.columns.map(({ name, suggested }) => [name, suggested]))
  const [topic] = await db.from('topics').where('workspace_id', workspaceId).select('id')
  const consent = more
    ? {
        topic_ids: [String(topic.id)],
        basis: 'consent_express',
        statement: 's',
        source: 'bench',
        collected_at: '2026-10-03',
        ...more,
      }
    : null
  await startImport({ file, request: { mapping, consent }, actor })
  const { seconds: took, ...sizes } = await taken(workspaceId, file.id)
  memory.push(sizes)
  const { counts } = await file.refresh()
  const done = (counts.new ?? 0) + (counts.unchanged ?? 0)
  if (done !== ROWS) throw new Error(`expected ${ROWS} people, got ${JSON.stringify(counts)}`)
  return took
}

async function taken(workspaceId: number, importId: number) {
  const child = fork(fileURLToPath(import.meta.url), ['take', String(workspaceId), String(importId)], {
    execArgv: [...process.execArgv, ...WORKER_FLAGS],
  })
  let taking: { seconds: number; before: number; peak: number }
  child.on('message', (message: any) => (taking = message.seconds ? message : taking))
  await once(child, 'exit')
  return taking!
}

async function* stream(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** The rows that the import made, out into memory and by one COPY into the same table for another workspace. */
async function rawCopy(workspaceId: number): Promise<number> {
  const { id: other } = await Workspace.create({ name: 'Bench, raw' })
  const trx = await db.transaction()
  const connection = await (trx.knexClient as any).client.acquireConnection()
  const out = connection.query(
    copyTo(`copy (select ${other}, ${COLUMNS} from contacts where workspace_id = ${workspaceId}) to stdout`)
  )
  const kept: Buffer[] = []
  out.pipe(new PassThrough()).on('data', (bytes: Buffer) => kept.push(bytes))
  await finished(out)
  const began = performance.now()
  const into = connection.query(copyFrom(`copy contacts (workspace_id, ${COLUMNS}) from stdin`))
  for (const bytes of kept) into.write(bytes)
  into.end()
  await finished(into)
  await trx.commit()
  return (performance.now() - began) / 1000
}

function median(values: number[]) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
