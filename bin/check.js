import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { divided } from './app_role.js'
import { build, isBuildFresh, migrate, stampOf } from './build.js'
import { isRunning, run, startService, stop } from './children.js'
import { isolatedEnvironment, root } from './environment.js'
import { isLive } from './health.js'
import { logFile, tail } from './logs.js'
import { eventually } from './processes.js'
import { Refusal, launch } from './refusal.js'
import { holdSignals } from './signals.js'
import { throwawayPostgres } from './throwaway.js'

/**
 * `npm run check`: everything that can be said without running the app. Every step runs; the failures are listed at the end.
 */
const GENERATED = ['.adonisjs', 'database/schema.ts']
const isStopping = holdSignals()

launch(async () => {
  const logs = join(root, 'tmp', 'check')
  rmSync(logs, { recursive: true, force: true })
  mkdirSync(logs, { recursive: true })
  const failed = []
  for (const [name, step] of Object.entries(steps(join(logs, 'step.log')))) {
    if (isStopping()) return 130
    const begin = performance.now()
    rmSync(join(logs, 'step.log'), { force: true })
    const isGood = await succeeds(step)
    console.log(`${isGood ? '✔' : '✘'} ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`)
    if (isGood) continue
    failed.push(name)
    if (existsSync(join(logs, 'step.log'))) console.log(readFileSync(join(logs, 'step.log'), 'utf8'))
  }
  console.log(failed.length ? `Failed: ${failed.join(', ')}` : 'All good.')
  return failed.length ? 1 : 0
})

/** @param {() => Promise<boolean>} step a refusal (a build that fails) is a step that failed, not the end of the check */
async function succeeds(step) {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.log(error.message)
    return false
  }
}

/**
 * @param {string} log
 * @returns {Record<string, () => Promise<boolean>>}
 */
function steps(log) {
  const tool = async (/** @type {string} */ path, /** @type {string[]} */ ...args) =>
    (await run([join('node_modules', path), ...args], { root, env: process.env, log })) === 0
  const tsc = (/** @type {string[]} */ ...args) => tool('typescript/bin/tsc', '--noEmit', ...args)
  const launchers = readdirSync(join(root, 'bin'))
    .filter((file) => file.endsWith('.js'))
    .map((file) => join('bin', file))
  const webApp = ['resources/tsconfig.json', 'resources/app/tsconfig.json'].find((file) => existsSync(join(root, file)))
  return {
    'generated code is fresh': isGeneratedFresh,
    'types': () => tsc('--project', 'tsconfig.json'),
    ...(webApp && { 'types of the web app': () => tsc('--project', webApp) }),
    'types of the launchers': () => tsc(...LAUNCHER_TYPES, ...launchers),
    'lint': () => tool('eslint/bin/eslint.js', '.'),
    'format': () => tool('prettier/bin/prettier.cjs', '--check', '.'),
    'the build starts': isBuildStarting,
  }
}

/** They run before anything is compiled, under whichever Node is there: plain JavaScript, its types in comments. */
const LAUNCHER_TYPES =
  '--ignoreConfig --allowJs --checkJs --strict --useUnknownInCatchVariables false --target es2023 --module nodenext --skipLibCheck --types node'.split(
    ' '
  )

/**
 * Generates again, on a database made by the migrations alone, and compares. What was stale is fresh afterwards: commit it.
 */
async function isGeneratedFresh() {
  const before = stampOf(root, GENERATED)
  const database = await throwawayPostgres(root)
  try {
    const { dataDir, url } = database
    const env = await isolatedEnvironment({ mode: 'development', dataDir, databaseUrl: url })
    await migrate('ace.js', { root, env, dataDir, writesSchema: true })
    const isGenerated = (await run(['ace.js', 'codegen'], { root, env, log: join(dataDir, 'codegen.log') })) === 0
    if (!isGenerated) console.log(readFileSync(join(dataDir, 'codegen.log'), 'utf8'))
    return isGenerated && stampOf(root, GENERATED) === before
  } finally {
    await database.release()
  }
}

/**
 * What `npm start` does: paths that only the sources know (`.ts`, files that nobody copies) show here first.
 */
async function isBuildStarting() {
  const database = await throwawayPostgres(root)
  const { dataDir, url } = database
  try {
    const env = await isolatedEnvironment({ mode: 'production', dataDir, databaseUrl: url })
    if (!isBuildFresh(root)) await build(root, { env, dataDir })
    await migrate('build/ace.js', { root, env, dataDir })
    const log = logFile(dataDir, 'web')
    const web = startService(['build/bin/server.js'], { root, env: await divided(env), log })
    const hasSettled = await eventually(async () => !isRunning(web) || (await isLive('127.0.0.1', env.PORT ?? '')), 60)
    const isUp = hasSettled && isRunning(web)
    await stop(web, 30)
    if (!isUp) console.log(tail(log, 25))
    return isUp
  } finally {
    await database.release()
  }
}
