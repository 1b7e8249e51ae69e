import { build, isBuildFresh, isMigrated, migrate } from './build.js'
import { WORKER_FLAGS, ended, isRunning, kill, startService, stop } from './children.js'
import { readEnvironment, root } from './environment.js'
import { isLive } from './health.js'
import { keepRunning } from './keep_running.js'
import { logFile, tail } from './logs.js'
import { checkPort } from './ports.js'
import { refuseTwin } from './postgres.js'
import { prepare } from './prepare.js'
import { claimDirectory } from './private_files.js'
import { eventually } from './processes.js'
import { Refusal, launch, orEnd } from './refusal.js'
import { onStop } from './signals.js'

/**
 * `npm start`: the database, a build when the sources changed, migrations, then web and worker until someone stops it.
 * `npm start -- --web-only` leaves the worker to another process (`npm run -s ace -- worker`).
 *
 * Stopping goes the other way round: web and worker finish what they have in hand, the database goes last.
 */
const DRAIN_SECONDS = 30

/** @typedef {import('./children.js').ChildProcess} ChildProcess */

const environment = orEnd(() => readEnvironment())
const { dataDir, address, host, port } = environment
const stopping = new AbortController()
/** @type {Set<ChildProcess>} */
const services = new Set()
let isHurried = false

launch(async () => {
  onStop(
    () => stopping.abort(),
    () => {
      isHurried = true
      services.forEach(kill)
    }
  )
  claimDirectory(dataDir)
  refuseTwin(dataDir)
  await checkPort(port, host)

  console.log(`Starting Assent. Its data are in ${dataDir}`)
  const { env, appEnv, release } = await prepare(environment, { mode: 'production', address })
  try {
    await bringUpToDate(env)
    if (!stopping.signal.aborted) await serve(await appEnv())
  } catch (error) {
    if (!stopping.signal.aborted) throw error // a step that Ctrl-C cut off has not failed
  } finally {
    stopping.abort()
    await Promise.all([...services].map((service) => stop(service, DRAIN_SECONDS)))
    await release()
  }
  return isHurried ? 130 : 0
})

/** @param {NodeJS.ProcessEnv} env */
async function bringUpToDate(env) {
  if (!isBuildFresh(root)) {
    console.log('Building, because the sources are new or have changed …')
    await build(root, { env, dataDir })
  }
  if (stopping.signal.aborted || (await isMigrated(root, String(env.DATABASE_URL)))) return
  await migrate('build/ace.js', { root, env, dataDir })
}

/**
 * Until we are asked to stop; throws when the web process ends by itself.
 * @param {import('./prepare.js').AppEnvironment} environment
 */
async function serve({ env, why }) {
  if (why)
    console.log(`Web and worker sign in as the owner of the database: ${why}. \`npm run ace -- doctor\` says more.`)
  const web = service('web', ['build/bin/server.js'], env)
  if (!process.argv.includes('--web-only')) {
    const worker = () => service('worker', [...WORKER_FLAGS, 'build/ace.js', 'worker'], env)
    void keepRunning('The worker', worker, stopping.signal)
  }
  const asked = new Promise((resolve) => stopping.signal.addEventListener('abort', resolve))
  const isUp = await eventually(() => stopping.signal.aborted || !isRunning(web) || isLive(host, port), 60)
  if (!isUp) throw new Refusal(`No answer at ${address} within a minute. Its log: ${serviceLog('web') ?? 'above'}`)
  if (isRunning(web) && !stopping.signal.aborted) announce()

  await Promise.race([asked, ended(web)])
  if (stopping.signal.aborted) return console.log('Stopping …')
  const log = serviceLog('web')
  throw new Refusal(`${log ? `${tail(log, 25)}\n` : ''}The web process ended (exit code ${await ended(web)}).`)
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function service(name, args, env) {
  const child = startService(args, { root, env, log: serviceLog(name) })
  services.add(child)
  child.once('exit', () => services.delete(child))
  return child
}

/**
 * A person at a terminal wants quiet and finds the logs in a file; a supervisor (systemd, Docker) wants them on our output.
 * @param {string} name
 */
function serviceLog(name) {
  return process.stdout.isTTY ? logFile(dataDir, name) : undefined
}

function announce() {
  console.log(`Ready at ${address}`)
  if (process.stdout.isTTY) console.log(`Ctrl-C stops it. Logs are in ${dataDir}/logs`)
}
