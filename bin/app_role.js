import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { GREETED_WITHIN_MS } from './database.js'
import { Refusal } from './refusal.js'

/**
 * Web and worker sign in as a role of their own, which may add to the ledgers and change none of them (decision 19); the
 * owner's address stays with the launchers, which migrate. The role is made here, and given its rights by the database's own
 * `grant_app_rights`. Where that cannot be (an owner who may make no roles, a pooler that does not know the new one), web and
 * worker get the owner's address as before, and `ace doctor` says so.
 *
 * @typedef {{ url: string, why?: string }} Address `why` it is the owner's
 */
const REMARK = 'What web and worker of Assent sign in as'

/**
 * The role's name, password and address. All who start Assent on a database with the same APP_KEY come to the same ones, and
 * nobody needs to keep them.
 * @param {string} ownerUrl
 * @param {string} appKey
 */
export function appAddress(ownerUrl, appKey) {
  const url = new URL(ownerUrl)
  const database = decodeURIComponent(url.pathname.slice(1)) || 'postgres'
  const role = `app_of_${database}`.slice(0, 63)
  const password = createHmac('sha256', appKey).update(`password of the database role ${role}`).digest('hex')
  if (url.hostname) {
    url.username = encodeURIComponent(role)
    url.password = password
    for (const name of ['user', 'password']) url.searchParams.delete(name)
  } else {
    url.searchParams.set('user', role) // a socket: postgres:///assent?host=/run/postgresql
    url.searchParams.set('password', password)
  }
  return { role, password, url: url.href }
}

/**
 * What web and worker sign in with; on a migrated database, else its owner's. What cannot be done is told, never thrown:
 * starting must not depend on it.
 * @param {{ ownerUrl: string, appKey: string, chosen?: string }} options `chosen`: the address of a role that somebody made by
 * hand
 * @returns {Promise<Address>}
 */
export async function appRole({ ownerUrl, appKey, chosen }) {
  const owner = connection(ownerUrl)
  await owner.connect()
  try {
    const { rows } = await owner.query(OWNER)
    if (!rows[0].is_ready || !rows[0].owns) return { url: chosen ?? ownerUrl } // not migrated yet, or not the owner's at all
    const app = chosen ? await roleOf(chosen) : appAddress(ownerUrl, appKey)
    if (app.role === rows[0].name) return { url: app.url, why: 'both addresses are the same role' }
    await inTransaction(owner, async () => {
      if (!chosen) await make(owner, app)
      if (!rows[0].is_super) await join(owner, app.role)
      await owner.query('select public.grant_app_rights($1)', [app.role])
    })
    if (!chosen) await checkSignIn(owner, app)
    return { url: app.url }
  } catch (error) {
    return { url: chosen ?? ownerUrl, why: error.message || error.code }
  } finally {
    await owner.end()
  }
}

/**
 * Once the throw-away database is migrated: the environment of what runs on it as web and worker would, with the owner's address
 * beside it for what only the owner may.
 * @param {NodeJS.ProcessEnv} env
 */
export async function divided(env) {
  const ownerUrl = String(env.DATABASE_URL)
  const { url, why } = await appRole({ ownerUrl, appKey: String(env.APP_KEY) })
  if (why) throw new Refusal(`Web and worker would have no role of their own: ${why}.`)
  return { ...env, DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }
}

const OWNER = `
  select current_user as name, rolsuper as is_super, to_regprocedure('public.grant_app_rights(name)') is not null as is_ready,
    coalesce(pg_has_role((select relowner from pg_class where oid = to_regclass('public.consent_entries')), 'usage'), false) as owns
  from pg_roles where rolname = current_user`

/** @param {string} connectionString */
function connection(connectionString) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: GREETED_WITHIN_MS, query_timeout: 30_000 })
  client.on('error', () => {}) // a lost connection also rejects the question in hand: reported there
  return client
}

/** @param {string} url */
async function roleOf(url) {
  const client = connection(url)
  await client.connect()
  try {
    return { url, password: '', role: (await client.query('select current_user as name')).rows[0].name }
  } finally {
    await client.end()
  }
}

/**
 * One launcher at a time: two that grant at once would fail each other.
 * @param {pg.Client} owner
 * @param {() => Promise<void>} task
 */
async function inTransaction(owner, task) {
  await owner.query('begin')
  try {
    await owner.query(`set local lock_timeout = '10s'`)
    await owner.query(`select pg_advisory_xact_lock(hashtext('assent app role'))`)
    await task()
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => {})
    throw error
  }
}

/**
 * @param {pg.Client} owner
 * @param {{ role: string, password: string }} app
 */
async function make(owner, { role, password }) {
  const { rows } = await owner.query(
    `select shobj_description(oid, 'pg_authid') as remark from pg_roles where rolname = $1`,
    [role]
  )
  if (rows.length > 0 && rows[0].remark !== REMARK) throw new Error(`the role ${role} is somebody else's`)
  if (rows.length > 0) return
  await owner.query(`create role ${owner.escapeIdentifier(role)} login password ${verifier(owner, password)}`)
  await owner.query(`comment on role ${owner.escapeIdentifier(role)} is ${owner.escapeLiteral(REMARK)}`)
}

/**
 * Handing over a schema takes membership. It also lets a process that still signs in as the owner use what is handed over.
 * @param {pg.Client} owner
 * @param {string} role
 */
async function join(owner, role) {
  const { rows } = await owner.query(`select pg_has_role($1, 'set') and pg_has_role($1, 'usage') as is_in`, [role])
  if (!rows[0].is_in)
    await owner.query(`grant ${owner.escapeIdentifier(role)} to current_user with inherit true, set true`)
}

/**
 * Another APP_KEY makes another password: it is set anew, unless the role is in use with the one that it has.
 * @param {pg.Client} owner
 * @param {{ role: string, password: string, url: string }} app
 */
async function checkSignIn(owner, app) {
  try {
    await roleOf(app.url)
  } catch (error) {
    if (error.code !== '28P01') throw error
    const { rows } = await owner.query('select count(*)::int as n from pg_stat_activity where usename = $1', [app.role])
    if (rows[0].n > 0)
      throw new Error(`another Assent, with another APP_KEY, signs in as ${app.role}`, { cause: error })
    await owner.query(`alter role ${owner.escapeIdentifier(app.role)} password ${verifier(owner, app.password)}`)
    await roleOf(app.url)
  }
}

/**
 * What PostgreSQL keeps of a password (RFC 5803), so that the password itself gets into no log of statements.
 * @param {pg.Client} owner
 * @param {string} password
 */
function verifier(owner, password) {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const key = (/** @type {string} */ name) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return owner.escapeLiteral(
    `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
  )
}
