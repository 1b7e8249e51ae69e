import { migrate } from './build.js'
import { ended, isRunning, kill, startService, stop } from './children.js'
import { readEnvironment, root } from './environment.js'
import { keepRunning } from './keep_running.js'
import { checkPort } from './ports.js'
import { refuseTwin } from './postgres.js'
import { prepare } from './prepare.js'
import { claimDirectory } from './private_files.js'
import { eventually } from './processes.js'
import { launch, orEnd } from './refusal.js'
import { onStop } from './signals.js'

/**
 * `npm run dev`: database, migrations, then web with hot reload and a worker that starts again when a file it uses changes.
 */
const environment = orEnd(() => readEnvironment())
const stopping = new AbortController()
/** @type {Set<import('./children.js').ChildProcess>} */
const services = new Set()

launch(async () => {
  onStop(
    () => stopping.abort(),
    () => services.forEach(kill)
  )
  claimDirectory(environment.dataDir)
  refuseTwin(environment.dataDir)
  await checkPort(environment.port, environment.host)
  const { env, appEnv, release } = await prepare(environment, { mode: 'development', address: environment.address })
  try {
    await migrate('ace.js', { root, env, dataDir: environment.dataDir, writesSchema: true })
    if (!stopping.signal.aborted) await serve((await appEnv()).env)
  } finally {
    stopping.abort()
    await Promise.all([...services].map(end))
    await release()
  }
})

/** @param {NodeJS.ProcessEnv} env */
async function serve(env) {
  const web = service(['ace.js', 'serve', '--hmr', '--no-clear'], env)
  void keepRunning(
    'The worker',
    () => service(['--watch', '--watch-preserve-output', 'ace.js', 'worker'], env),
    stopping.signal
  )
  await Promise.race([ended(web), new Promise((resolve) => stopping.signal.addEventListener('abort', resolve))])
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function service(args, env) {
  const child = startService(args, { root, env })
  services.add(child)
  child.once('exit', () => services.delete(child))
  return child
}

/**
 * The development server ignores SIGTERM.
 * @param {import('./children.js').ChildProcess} child
 */
async function end(child) {
  if (child.pid && isRunning(child)) process.kill(-child.pid, 'SIGINT')
  await eventually(() => !isRunning(child), 5)
  await stop(child, 5)
}
