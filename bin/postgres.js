import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from './database.js'
import { logFile } from './logs.js'
import { tryPort, unusedPort } from './ports.js'
import { clusterDirectory } from './postgres_files.js'
import { initialise, postmasterOf, startServer, stopServer } from './postgres_server.js'
import { claimDirectory, isAlive, me, readJson, withLock, writeJson } from './private_files.js'
import { Refusal } from './refusal.js'

/**
 * The embedded PostgreSQL: one cluster per DATA_DIR, shared by every launcher that works on it.
 *
 * Each launcher registers as a user in DATA_DIR/postgres.json; the first starts the server, the last one to leave stops it.
 * A server whose users all died (kill -9, a lost terminal) is adopted by the next launcher when it answers, else stopped
 * and started. All under a lock, so that two launchers never start or stop it at the same time.
 *
 * @typedef {{ pid: number, description: string | undefined, address?: string }} User `address`: where it serves Assent
 * @typedef {{ port: number, password: string, adminPassword: string, users: User[] }} State
 * @typedef {{ url: string, adminUrl: string, wasRunning: boolean, release: () => Promise<void> }} Postgres
 */

/**
 * Starts PostgreSQL, or joins the one that runs.
 * @param {string} dataDir
 * @param {{ address?: string, isDurable?: boolean }} [options] only one launcher at a time may serve Assent at an address
 * @returns {Promise<Postgres>}
 */
export async function usePostgres(dataDir, { address, isDurable = true } = {}) {
  claimDirectory(dataDir)
  return locked(dataDir, async () => {
    if (address) refuseTwin(dataDir)
    const cluster = clusterDirectory(dataDir)
    if (!existsSync(join(cluster, 'data'))) create(dataDir, cluster, isDurable)
    const wasRunning = await isHealthy(dataDir, cluster)
    if (!wasRunning) await restart(dataDir, cluster, isDurable)
    await createDatabase(dataDir)

    const state = readState(dataDir)
    writeState(dataDir, { ...state, users: [...livingUsers(dataDir), { ...me(), address }] })
    return {
      url: urlFor(state, 'assent', state.password),
      adminUrl: urlFor(state, 'postgres', state.adminPassword),
      wasRunning,
      release: () => release(dataDir),
    }
  })
}

/**
 * Two that serve the same data would do every job twice and fight for uploads.
 * @param {string} dataDir
 */
export function refuseTwin(dataDir) {
  const twin = livingUsers(dataDir).find((user) => user.address)
  if (twin)
    throw new Refusal(
      `Assent already runs on these data at ${twin.address} (process ${twin.pid}). Stop it first, or set DATA_DIR and PORT.`
    )
}

/**
 * Leaves PostgreSQL; the last one stops it.
 * @param {string} dataDir
 */
function release(dataDir) {
  return locked(dataDir, async () => {
    const others = livingUsers(dataDir).filter((user) => user.pid !== process.pid)
    writeState(dataDir, { ...readState(dataDir), users: others })
    if (others.length === 0) await stopServer(clusterDirectory(dataDir))
  })
}

/**
 * Stops the server of these data, whoever uses it.
 * @param {string} dataDir
 */
export async function stopPostgres(dataDir) {
  if (existsSync(join(dataDir, 'postgres'))) await stopServer(clusterDirectory(dataDir))
}

/**
 * @template T
 * @param {string} dataDir
 * @param {() => Promise<T>} task
 */
function locked(dataDir, task) {
  return withLock(join(dataDir, 'postgres.lock'), task)
}

/**
 * @param {string} dataDir
 * @returns {User[]}
 */
function livingUsers(dataDir) {
  return (readJson(join(dataDir, 'postgres.json'))?.users ?? []).filter(isAlive)
}

/**
 * @param {string} dataDir
 * @returns {State}
 */
function readState(dataDir) {
  const file = join(dataDir, 'postgres.json')
  const state = readJson(file)
  if (!state) throw new Refusal(`${file}, which holds the password of the database, is gone. Restore it from a backup.`)
  return state
}

/**
 * @param {string} dataDir
 * @param {State} state
 */
function writeState(dataDir, state) {
  writeJson(join(dataDir, 'postgres.json'), state)
}

/**
 * @param {string} dataDir
 * @param {string} cluster
 * @param {boolean} isDurable
 */
function create(dataDir, cluster, isDurable) {
  const [password, adminPassword] = [randomBytes(24).toString('hex'), randomBytes(24).toString('hex')]
  writeState(dataDir, { port: 0, password, adminPassword, users: [] })
  initialise(cluster, { adminPassword, isDurable })
}

/**
 * On the port of last time when it is still free, so that bookmarked connections of a database client stay right.
 * @param {string} dataDir
 * @param {string} cluster
 * @param {boolean} isDurable
 */
async function restart(dataDir, cluster, isDurable) {
  await stopServer(cluster)
  const state = readState(dataDir)
  const last = state.port && (await tryPort(state.port, '127.0.0.1').catch(() => 0))
  const port = last || (await unusedPort('127.0.0.1'))
  writeState(dataDir, { ...state, port })
  await startServer({
    cluster,
    port,
    isDurable,
    log: logFile(dataDir, 'postgres'),
    isReady: () => isHealthy(dataDir, cluster),
  })
}

/**
 * Does the server of these data answer? By now another program may listen on its old port, hence the question for the data.
 * @param {string} dataDir
 * @param {string} cluster
 */
async function isHealthy(dataDir, cluster) {
  if (!postmasterOf(cluster)) return false
  const state = readState(dataDir)
  try {
    const rows = await query(state, 'show data_directory')
    return rows[0].data_directory === join(cluster, 'data')
  } catch {
    return false // refused, starting up, shutting down, hung: not healthy, whatever the reason
  }
}

/**
 * The address that we hand out is that of `assent`, who owns its database, makes the role of the app, and nothing else: no
 * superuser, as at any PostgreSQL elsewhere.
 * @param {string} dataDir
 */
async function createDatabase(dataDir) {
  const state = readState(dataDir)
  const roles = await query(state, `select rolcreaterole from pg_roles where rolname = 'assent'`)
  if (roles.length === 0)
    await query(state, `create role assent login createdb createrole password '${state.password}'`)
  else if (!roles[0].rolcreaterole) await query(state, 'alter role assent createrole')
  const databases = await query(state, `select 1 from pg_database where datname = 'assent'`)
  if (databases.length === 0) await query(state, 'create database assent owner assent')
}

/**
 * @param {State} state
 * @param {string} sql
 */
function query(state, sql) {
  return ask(urlFor(state, 'postgres', state.adminPassword), sql)
}

/**
 * @param {State} state
 * @param {string} name of the role and its database
 * @param {string} password
 */
function urlFor(state, name, password) {
  return `postgres://${name}:${password}@127.0.0.1:${state.port}/${name}`
}
