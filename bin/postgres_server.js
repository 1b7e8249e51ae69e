import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { tail } from './logs.js'
import { accountFor, programs } from './postgres_files.js'
import { settings } from './postgres_settings.js'
import { describeProcess, eventually } from './processes.js'
import { Refusal } from './refusal.js'

/**
 * One PostgreSQL server: create its data, start it, find it, stop it. `cluster` is the directory that holds them, in `data`.
 */

/**
 * initdb into a draft that is renamed: a first start that was cut off is simply done again.
 * @param {string} cluster
 * @param {{ adminPassword: string, isDurable: boolean }} options
 */
export function initialise(cluster, { adminPassword, isDurable }) {
  const account = accountFor(cluster)
  const draft = join(cluster, 'draft')
  const passwordFile = join(cluster, 'password')
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 })
  if (account) chownSync(passwordFile, account.uid, account.gid)

  // the builtin provider: the same order of text on every machine, whatever its locales are
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const initdb = join(programs(account), 'initdb')
  const run = spawnSync(initdb, [`--pgdata=${draft}`, ...locale, ...access, ...(isDurable ? [] : ['--no-sync'])], {
    ...spawnOptions(cluster),
    encoding: 'utf8',
  })
  rmSync(passwordFile)
  if (run.error) throw run.error
  if (run.status !== 0) throw new Refusal(`PostgreSQL could not create its data in ${cluster}: ${run.stderr.trim()}`)
  renameSync(draft, join(cluster, 'data'))
}

/** @param {string} cluster */
function spawnOptions(cluster) {
  // a clean environment: PGDATA, PGPORT and friends of the caller's shell are meant for another server
  return { cwd: cluster, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...accountFor(cluster) }
}

/**
 * @param {{ cluster: string, port: number, isDurable: boolean, log: string, isReady: () => Promise<boolean> }} options
 */
export async function startServer(options) {
  const { cluster, log } = options
  const bin = programs(accountFor(cluster))
  checkVersion(bin, cluster)
  forgetDeadProcess(cluster)
  const begin = existsSync(log) ? statSync(log).size : 0
  /** @type {unknown} */
  let failure
  // after a kill -9 the server's children need a moment to notice; PostgreSQL rightly waits for them
  const isUp = await eventually(async () => {
    failure = await attempt(bin, options)
    return !failure || !tail(log, 20, begin).includes('pre-existing shared memory block')
  }, 20)
  if (failure || !isUp)
    throw new Refusal(`PostgreSQL did not start (${failure}). The end of ${log}:\n${tail(log, 15, begin)}`)
}

/**
 * @param {string} bin
 * @param {Parameters<typeof startServer>[0]} options
 * @returns {Promise<string | undefined>} why it did not start
 */
async function attempt(bin, { cluster, port, isDurable, log, isReady }) {
  const output = openSync(log, 'a')
  // detached: Ctrl-C in the terminal must not stop it before the web process has answered its last request
  const server = spawn(join(bin, 'postgres'), ['-D', join(cluster, 'data'), ...settings({ port, isDurable })], {
    ...spawnOptions(cluster),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  /** @type {string | undefined} */
  let failure
  server.once('error', (error) => (failure = error.message))
  server.once('exit', (code, signal) => (failure = `ended with ${signal ?? code}`))
  server.unref()
  // recovery after a power cut may take minutes
  const isUp = await eventually(async () => failure || (await isReady()), 600)
  return isUp ? failure : 'no answer for ten minutes'
}

/**
 * @param {string} bin
 * @param {string} cluster
 */
function checkVersion(bin, cluster) {
  const brought = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8', env: {} }).stdout?.match(
    /(\d+)\./
  )?.[1]
  const found = readFileSync(join(cluster, 'data', 'PG_VERSION'), 'utf8').trim()
  if (brought && brought !== found) {
    throw new Refusal(
      `The data in ${cluster} are PostgreSQL ${found}'s, Assent now brings ${brought}. Restore a backup into a new DATA_DIR.`
    )
  }
}

/**
 * The lock file of a server that was killed names a process id that may live on: as a zombie (in a container without an
 * init), or as another program after a reboot. PostgreSQL would refuse to start, so we give it an id that never exists. The
 * rest of the file stays: from it PostgreSQL reads whether old children still write.
 * @param {string} cluster
 */
function forgetDeadProcess(cluster) {
  const file = join(cluster, 'data', 'postmaster.pid')
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, '2147483647'))
}

/** @param {string} cluster */
function lockedBy(cluster) {
  const file = join(cluster, 'data', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8')) : undefined
}

/**
 * The process id of the server that runs on these data.
 * @param {string} cluster
 */
export function postmasterOf(cluster) {
  const pid = lockedBy(cluster)
  return pid && describeProcess(pid)?.includes(`-D ${join(cluster, 'data')} `) ? pid : undefined
}

/**
 * Fast shutdown: open transactions are rolled back, what is committed is written. When that hangs, immediate shutdown, from
 * which the next start recovers.
 * @param {string} cluster
 */
export async function stopServer(cluster) {
  for (const [signal, seconds] of /** @type {const} */ ([
    ['SIGINT', 30],
    ['SIGQUIT', 10],
  ])) {
    const pid = postmasterOf(cluster)
    if (!pid) return
    process.kill(pid, signal)
    if (await eventually(() => postmasterOf(cluster) !== pid, seconds)) return
  }
  throw new Refusal(
    `PostgreSQL (process ${postmasterOf(cluster)}) does not stop. Look into logs/postgres.log of DATA_DIR.`
  )
}
