import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './children.js'
import { ask } from './database.js'
import { logFile, tail } from './logs.js'
import { Refusal } from './refusal.js'

/**
 * Is what was built still what the sources say? Decided by content, not by time: a fresh clone has new times.
 */

const SERVER_SOURCES = [
  'app',
  'bin/console.ts',
  'bin/server.ts',
  'commands',
  'config',
  'database',
  'hooks',
  'providers',
  'start',
  'ace.js',
  'adonisrc.ts',
  'modules.js',
  'tsconfig.json',
]
const WEB_SOURCES = ['resources', '.adonisjs', 'vite.config.ts', 'package.json', 'package-lock.json']

/**
 * A fingerprint of everything below these paths.
 * @param {string} root
 * @param {string[]} paths those that do not exist are empty
 */
export function stampOf(root, paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, root, path)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addTo(hash, root, path) {
  const file = join(root, path)
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) addTo(hash, root, join(path, name))
  } else {
    const content = readFileSync(file)
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
}

/** @param {string} root */
export function isBuildFresh(root) {
  return isFresh(root, join('build', '.stamp'), [...SERVER_SOURCES, ...WEB_SOURCES])
}

/**
 * @param {string} root
 * @param {string} stampFile
 * @param {string[]} sources
 */
function isFresh(root, stampFile, sources) {
  const file = join(root, stampFile)
  return existsSync(file) && readFileSync(file, 'utf8') === stampOf(root, sources)
}

/**
 * Builds server and web app into build/.
 * @param {string} root
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string }} options
 */
export async function build(root, { env, dataDir }) {
  const log = logFile(dataDir, 'build')
  // types are for `npm run check`: a wrong one in a test must not keep anybody from starting
  await step('The build', ['ace.js', 'build', '--ignore-ts-errors'], { root, env, log })
  // taken afterwards: the build may have brought generated code up to date
  writeFileSync(join(root, 'build', '.stamp'), stampOf(root, [...SERVER_SOURCES, ...WEB_SOURCES]))
}

/**
 * Builds the web app alone, as the tests serve it, into public/assets.
 * @param {string} root
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string }} options
 */
export async function buildWebApp(root, { env, dataDir }) {
  const stampFile = join('tmp', 'web_app.stamp')
  if (existsSync(join(root, 'public', 'assets', '.vite', 'manifest.json')) && isFresh(root, stampFile, WEB_SOURCES))
    return
  const vite = join('node_modules', 'vite', 'bin', 'vite.js')
  // Vite takes React's development version unless it is told
  await step('The build of the web app', [vite, 'build'], {
    root,
    env: { ...env, NODE_ENV: 'production' },
    log: logFile(dataDir, 'web_app'),
  })
  mkdirSync(dirname(join(root, stampFile)), { recursive: true })
  writeFileSync(join(root, stampFile), stampOf(root, WEB_SOURCES))
}

/**
 * Brings the database up to date; in development, also the classes that are generated from it.
 * @param {string} ace the path of ace.js, of the sources or of the build
 * @param {{ root: string, env: NodeJS.ProcessEnv, dataDir: string, writesSchema?: boolean }} options
 */
export async function migrate(ace, { root, env, dataDir, writesSchema = false }) {
  const [{ role, may }] = await ask(
    String(env.DATABASE_URL),
    `select current_user as role, has_schema_privilege('public', 'create') as may`
  )
  if (!may)
    throw new Refusal(
      `The database is not up to date, and its role ${role} may not change that. Set DATABASE_OWNER_URL to the address of its owner, too.`
    )
  const args = [ace, 'migration:run', '--force', ...(writesSchema ? [] : ['--no-schema-generate'])]
  return step('The migration', args, { root, env, log: logFile(dataDir, 'migration') })
}

/**
 * Has the database seen every migration of the build? Asking takes milliseconds, the migration itself a whole start of the app.
 * @param {string} root
 * @param {string} databaseUrl
 */
export async function isMigrated(root, databaseUrl) {
  const wanted = readdirSync(join(root, 'build', 'database', 'migrations'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => `database/migrations/${file.slice(0, -3)}`)
  const [{ has }] = await ask(databaseUrl, `select to_regclass('adonis_schema') is not null as has`)
  if (!has) return false
  const done = new Set((await ask(databaseUrl, 'select name from adonis_schema')).map(({ name }) => name))
  return wanted.every((name) => done.has(name))
}

/**
 * A quiet step: its output goes to a file, of which a failure shows the end.
 * @param {string} name
 * @param {string[]} args
 * @param {{ root: string, env: NodeJS.ProcessEnv, log: string }} setting
 */
async function step(name, args, setting) {
  const begin = existsSync(setting.log) ? statSync(setting.log).size : 0
  const code = await run(args, setting)
  if (code !== 0)
    throw new Refusal(`${tail(setting.log, 25, begin)}\n${name} failed (exit code ${code}). All of it: ${setting.log}`)
}
