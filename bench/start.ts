/**
 * How long `npm start` takes to its first answer, and what memory its processes keep, each against the same without a
 * product: a bare PostgreSQL and a bare HTTP server on the same runtime, in the same run. Medians of three.
 *
 *   npm run bench -- start
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launcher } from '../tests/support/launchers.ts'

const { build, isBuildFresh } = await launcher('build')
const { ask } = await launcher('database')
const { isolatedEnvironment, root } = await launcher('environment')
const { isLive } = await launcher('health')
const { tryPort } = await launcher('ports')
const { clusterDirectory, removeCluster } = await launcher('postgres_files')
const { initialise, postmasterOf, startServer, stopServer } = await launcher('postgres_server')
const { claimDirectory } = await launcher('private_files')
const { eventually } = await launcher('processes')

const RUNS = 3
const REQUESTS = 200
const BARE_SERVER = `require('node:http').createServer((q, a) => a.end('{}')).listen(process.env.PORT, '127.0.0.1')`

interface Sizes {
  launcher: number
  web: number
  worker: number
  postgres: number
}

const place = mkdtempSync(join(root, 'tmp', 'bench-start-'))
const shared = await isolatedEnvironment({ mode: 'production', dataDir: place, databaseUrl: '' })
const { DATABASE_URL: _none, APP_KEY: _made, NODE_ENV: _set, ...ours } = shared
if (!isBuildFresh(root)) await build(root, { env: shared, dataDir: place })

const bare = []
const cold = []
const warm = []
try {
  for (let run = 0; run < RUNS; run++) {
    const dataDir = join(place, `run-${run}`)
    bare.push(await bareParts(join(place, `bare-${run}`)))
    cold.push(await start(dataDir))
    warm.push(await start(dataDir, { withRequests: true }))
    removeCluster(dataDir)
  }
} finally {
  rmSync(place, { recursive: true, force: true })
}

const limit = {
  cold: median(bare.map((part) => part.initdb + part.postgres + part.node)),
  warm: median(bare.map((part) => part.postgres + part.node)),
}
const seconds = (value: number, against: number) => `${(value / 1000).toFixed(2)} s (${(value / against).toFixed(1)} ×)`
const first = median(cold.map(({ ready }) => ready))
const again = median(warm.map(({ ready }) => ready))
console.log(`bare: initdb, PostgreSQL and an HTTP server      ${seconds(limit.cold, limit.cold)}`)
console.log(`npm start on an empty directory                  ${seconds(first, limit.cold)}`)
console.log(`bare: PostgreSQL and an HTTP server              ${seconds(limit.warm, limit.warm)}`)
console.log(
  `npm start again, to its first answer             ${seconds(median(warm.map(({ live }) => live)), limit.warm)}`
)
console.log(`npm start again, to /health/ready                ${seconds(again, limit.warm)}`)
const nodeSize = median(bare.map(({ size }) => size))
const bareDatabase = median(bare.map((part) => part.postgresSize))
for (const name of ['launcher', 'web', 'worker', 'postgres'] as const) {
  const against = name === 'postgres' ? bareDatabase : nodeSize
  const told = (lives: Sizes[]) => {
    const size = median(lives.map((one) => one[name]))
    return `${size} MB (${(size / against).toFixed(1)} ×)`
  }
  console.log(
    `memory of ${name.padEnd(9)} idle ${told(warm.map(({ idle }) => idle))}, after ${REQUESTS} requests ${told(warm.map(({ used }) => used))}`
  )
}
console.log(`bare HTTP server ${nodeSize} MB, bare PostgreSQL ${bareDatabase} MB`)

/** What nobody can be faster or smaller than, with this PostgreSQL and this Node. */
async function bareParts(dataDir: string) {
  claimDirectory(dataDir)
  const cluster = clusterDirectory(dataDir)
  const port = await tryPort(0, '127.0.0.1')
  const url = `postgres://postgres:bench@127.0.0.1:${port}/postgres`
  const initdb = await timed(async () => initialise(cluster, 'bench'))
  const answers = () => ask(url, 'select 1').then(() => true, () => false) // prettier-ignore
  const postgres = await timed(() =>
    startServer({ cluster, port, isDurable: true, log: join(place, 'bare.log'), isReady: answers })
  )
  await sleep(1_000)
  const postgresSize = sizeOf(family(postmasterOf(cluster)!))
  await stopServer(cluster)
  removeCluster(dataDir)
  const httpPort = await tryPort(0, '127.0.0.1')
  let server: ChildProcess
  const node = await timed(async () => {
    server = spawn(process.execPath, ['-e', BARE_SERVER], { env: { ...ours, PORT: String(httpPort) } })
    await eventually(() => isLive('127.0.0.1', httpPort), 10)
  })
  const size = sizeOf([server!.pid!])
  server!.kill()
  return { initdb, postgres, node, size, postgresSize }
}

/** One life of `npm start`, from the command to the end of its processes. */
async function start(dataDir: string, { withRequests = false } = {}) {
  const port = await tryPort(0, '127.0.0.1')
  const origin = `http://127.0.0.1:${port}`
  const env = { ...ours, DATA_DIR: dataDir, PORT: String(port), APP_URL: origin }
  const began = performance.now()
  const starter = spawn(process.execPath, ['bin/start.js'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const isReady = () => fetch(`${origin}/health/ready`).then(({ ok }) => ok, () => false) // prettier-ignore
  try {
    await eventually(() => isLive('127.0.0.1', port), 60)
    const live = performance.now() - began
    await eventually(isReady, 60)
    const ready = performance.now() - began
    if (withRequests) await sleep(3_000)
    const idle = sizes(starter.pid!, dataDir)
    if (withRequests) await visit(origin)
    return { live, ready, idle, used: sizes(starter.pid!, dataDir) }
  } finally {
    starter.kill('SIGTERM')
    await once(starter, 'exit')
  }
}

/** What a first visitor does: an account, then the lists and the page again and again. */
async function visit(origin: string) {
  const cookies = new Map<string, string>()
  const visited = async (path: string, init: { method?: string; body?: string } = {}) => {
    const headers = {
      'cookie': [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-xsrf-token': decodeURIComponent(cookies.get('XSRF-TOKEN') ?? ''),
      'content-type': 'application/json',
    }
    const answer = await fetch(`${origin}${path}`, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) cookies.set(...(/^([^=]+)=([^;]*)/.exec(line)!.slice(1) as [string, string])) // prettier-ignore
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.text()
  }
  await visited('/api/v1/session')
  const account = { workspace_name: 'Blue Door Bakery', full_name: 'Ada', email: 'ada@bluedoor.test', password: 'a quiet bench of oak' } // prettier-ignore
  await visited('/api/v1/setup', { method: 'POST', body: JSON.stringify(account) })
  const paths = ['/', '/api/v1/me', '/api/v1/contacts', '/api/v1/campaigns', '/api/v1/topics']
  for (let no = 0; no < REQUESTS; no++) await visited(paths[no % paths.length])
}

function sizes(starter: number, dataDir: string): Sizes {
  const command = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  const children = family(starter).filter((pid) => pid !== starter)
  const named = (part: string) => sizeOf(children.filter((pid) => command(pid).includes(part)))
  return {
    launcher: sizeOf([starter]),
    web: named('build/bin/server.js'),
    worker: named('build/ace.js\0worker'),
    postgres: sizeOf(family(postmasterOf(clusterDirectory(dataDir))!)),
  }
}

/** A process and all that it started. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))])
  const children = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...children(child)])
  return [pid, ...children(pid)]
}

function parentOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0])
  } catch {
    return 0 // it has just ended
  }
}

/** In MB; what several of them share is counted once (proc(5): Pss). */
function sizeOf(pids: number[]): number {
  const kb = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))![1])
  return Math.round(pids.reduce((sum, pid) => sum + kb(pid), 0) / 1024)
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await task()
  return performance.now() - began
}

function median(values: number[]) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
