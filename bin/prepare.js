import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { appRole } from './app_role.js'
import { ask } from './database.js'
import { childEnvironment } from './environment.js'
import { usePostgres } from './postgres.js'
import { claimDirectory, readJson, withLock, writeJson } from './private_files.js'
import { Refusal } from './refusal.js'

const OLDEST_POSTGRES = 16

/**
 * @typedef {import('./environment.js').Environment} Environment
 * @typedef {{ env: NodeJS.ProcessEnv, appEnv: () => Promise<AppEnvironment>, release: () => Promise<void> }} Prepared
 * @typedef {{ env: NodeJS.ProcessEnv, why?: string }} AppEnvironment `why` it has the rights of the database's owner
 */

/**
 * What every process of the app needs before it starts: a place for its data, a key, a database. `env` is for migrations, which
 * are the owner's of the database; `appEnv`, once they have run, is for web, worker and commands.
 * @param {Environment} environment
 * @param {{ mode: 'production' | 'development', address?: string }} options `address`: where this launcher will serve Assent
 * @returns {Promise<Prepared>}
 */
export async function prepare(environment, { mode, address }) {
  const { dataDir, values } = environment
  claimDirectory(dataDir)
  const appKey = values.APP_KEY || (await generatedKey(dataDir))
  const { url, release } = values.DATABASE_URL ? await outside(values) : await usePostgres(dataDir, { address })
  const env = childEnvironment(environment, { mode, appKey, databaseUrl: url })
  const appEnv = async () => {
    const chosen = values.DATABASE_OWNER_URL ? values.DATABASE_URL : undefined
    const role = await appRole({ ownerUrl: url, appKey, chosen })
    return { env: { ...env, DATABASE_URL: role.url }, why: role.why }
  }
  return { env, appEnv, release }
}

/** @param {NodeJS.ProcessEnv} values */
async function outside({ DATABASE_URL = '', DATABASE_OWNER_URL }) {
  await checkDatabase('DATABASE_URL', DATABASE_URL)
  if (DATABASE_OWNER_URL) await checkDatabase('DATABASE_OWNER_URL', DATABASE_OWNER_URL)
  return { url: DATABASE_OWNER_URL || DATABASE_URL, release: async () => {} }
}

/**
 * @param {string} name of the variable
 * @param {string} url
 */
async function checkDatabase(name, url) {
  /** @type {{ number: number, version: string }} */
  let server
  try {
    ;[server] = await ask(
      url,
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
    )
  } catch (error) {
    throw new Refusal(`The database of ${name} cannot be used: ${error.message || error.code}.`)
  }
  if (server.number < OLDEST_POSTGRES * 10_000)
    throw new Refusal(
      `The database of ${name} is PostgreSQL ${server.version}. Assent needs ${OLDEST_POSTGRES} or newer; without DATABASE_URL it brings its own.`
    )
}

/**
 * The key that encrypts secrets of providers and signs links and sessions: made once, at the first start.
 * @param {string} dataDir
 * @returns {Promise<string>}
 */
export function generatedKey(dataDir) {
  const file = join(dataDir, 'secrets.json')
  return withLock(`${file}.lock`, async () => {
    const secrets = readJson(file)
    if (secrets?.APP_KEY) return secrets.APP_KEY
    // a new key would silently make unreadable what the old one encrypted
    if (existsSync(join(dataDir, 'postgres', 'data')))
      throw new Refusal(`${file}, which holds the key of these data, is gone. Restore it, or set APP_KEY.`)
    const APP_KEY = randomBytes(32).toString('base64url')
    writeJson(file, { ...secrets, APP_KEY })
    return APP_KEY
  })
}
