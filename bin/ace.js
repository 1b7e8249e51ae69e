import { isBuildFresh, migrate } from './build.js'
import { WORKER_FLAGS, ended, run, startService, stop } from './children.js'
import { ask } from './database.js'
import { readEnvironment, root } from './environment.js'
import { refuseTwin } from './postgres.js'
import { prepare } from './prepare.js'
import { launch } from './refusal.js'
import { holdSignals, onStop } from './signals.js'

/**
 * `npm run -s ace -- <command>`: a command of the app on the same data as `npm start`, whether that runs or not.
 * Standard output is the command's own.
 */
const isStopping = holdSignals()

/** Brings rows into the ledgers, which only their owner may make room for. */
const OWNERS = 'restore'

launch(async () => {
  const [command = 'list', ...args] = process.argv.slice(2)
  const isBuilt = isAppCommand(command) && isBuildFresh(root)
  const ace = isBuilt ? 'build/ace.js' : 'ace.js'
  const environment = readEnvironment()
  if (command === OWNERS) refuseTwin(environment.dataDir)
  const { env, appEnv, release } = await prepare(environment, { mode: isBuilt ? 'production' : 'development' })
  try {
    const dataDir = environment.dataDir
    if (isAppCommand(command) && (await isEmpty(env))) await migrate(ace, { root, env, dataDir })
    if (isStopping()) return 130
    const setting = { root, env: isAppCommand(command) && command !== OWNERS ? (await appEnv()).env : env }
    return command === 'worker'
      ? await serve([...WORKER_FLAGS, ace, command, ...args], setting)
      : await run([ace, command, ...args], setting)
  } finally {
    await release()
  }
})

/**
 * Everything but the commands of the framework, which work on the sources, not on the data.
 * @param {string} command
 */
function isAppCommand(command) {
  return !/^(-.*|add|build|codegen|configure|eject|list|repl|serve|test|(db|env|generate|inspect|list|make|migration|schema):.*)$/.test(
    command
  )
}

/**
 * Has the database never been migrated?
 * @param {NodeJS.ProcessEnv} env
 */
async function isEmpty({ DATABASE_URL = '' }) {
  const [row] = await ask(DATABASE_URL, `select to_regclass('adonis_schema') as migrations`)
  return row.migrations === null
}

/**
 * A worker finishes the batch in hand when it is asked to stop.
 * @param {string[]} args
 * @param {{ root: string, env: NodeJS.ProcessEnv }} setting
 */
async function serve(args, setting) {
  const worker = startService(args, setting)
  let isStopping = false
  onStop(
    () => {
      isStopping = true
      void stop(worker, 30)
    },
    () => worker.kill('SIGKILL')
  )
  const code = await ended(worker)
  return isStopping ? 0 : code
}
