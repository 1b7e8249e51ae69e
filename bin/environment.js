import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import util from 'node:util'
import { unusedPort } from './ports.js'
import { Refusal } from './refusal.js'

/**
 * What the environment says, and what Assent assumes where it says nothing. The real environment wins over `.env`.
 */

export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {{ dataDir: string, host: string, port: number, address: string, values: NodeJS.ProcessEnv }} Environment
 * `address` is for people: what to open in a browser
 */

/**
 * @param {NodeJS.ProcessEnv} [given]
 * @param {string} [project] the root of the project
 * @returns {Environment}
 */
export function readEnvironment(given = process.env, project = root) {
  const values = { ...readDotEnv(project), ...given }
  const dataDir = resolve(project, values.DATA_DIR || 'data')
  const port = Number(values.PORT || 3333)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Refusal(`PORT must be a number from 1 to 65535, not "${values.PORT}".`)
  // 127.0.0.1, not localhost: a minimal container has no /etc/hosts. Open to the network only when asked: HOST=0.0.0.0
  const host = !values.HOST || values.HOST === 'localhost' ? '127.0.0.1' : values.HOST
  const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)
  const address = `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
  return { dataDir, host, port, address, values }
}

/** @param {string} project */
function readDotEnv(project) {
  const file = join(project, '.env')
  if (!existsSync(file)) return {}
  if (!util.parseEnv)
    throw new Refusal(`This Node (${process.version}) cannot read .env. Use \`npm run\`, or Node 20.12 or newer.`)
  return util.parseEnv(readFileSync(file, 'utf8'))
}

/**
 * The environment of the web, worker and command processes.
 * @param {Environment} environment
 * @param {{ mode: 'production' | 'development', appKey: string, databaseUrl: string }} options
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment({ dataDir, host, port, address, values }, { mode, appKey, databaseUrl }) {
  return {
    ...values,
    DATABASE_OWNER_URL: '', // the launchers' alone; empty, so that the app takes none from .env either
    NODE_ENV: mode,
    ENV_PATH: root, // the app would look for .env beside the build
    HOST: host,
    PORT: String(port),
    APP_URL: values.APP_URL || address,
    APP_KEY: appKey,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    // what V8 compiled at the last start: a quarter less work at this one
    NODE_COMPILE_CACHE: values.NODE_COMPILE_CACHE || join(dataDir, 'compiled'),
  }
}

/**
 * A whole environment for a run on a throw-away database: nothing of the caller's own Assent, nor of `.env`, gets into it.
 * @param {{ mode: 'test' | 'development' | 'production', dataDir: string, databaseUrl: string }} options
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function isolatedEnvironment({ mode, dataDir, databaseUrl }) {
  const {
    RESEND_API_KEY,
    RESEND_BASE_URL,
    SMTP_URL,
    DNS_SERVERS,
    METRICS_TOKEN,
    TRUST_PROXY,
    DATABASE_OWNER_URL,
    ...outside
  } = process.env
  const port = String(await unusedPort('127.0.0.1'))
  return {
    ...outside,
    NODE_ENV: mode,
    ENV_PATH: join(root, 'tests'),
    HOST: '127.0.0.1',
    PORT: port,
    APP_URL: `http://127.0.0.1:${port}`,
    APP_KEY: randomBytes(32).toString('base64url'),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: process.env.LOG_LEVEL || 'error',
  }
}
