import pg from 'pg'
import { isBuildFresh, migrate } from './build.js'
import { run, ended, startService, stop } from './children.js'
import { readEnvironment, root } from './environment.js'
import { prepare } from './prepare.js'
import { launch } from './refusal.js'
import { onStop } from './signals.js'

/**
 * `npm run -s ace -- <command>`: a command of the app on the same data as `npm start`, whether that runs or not.
 * Standard output is the command's own.
 */
launch(async () => {
  const [command = 'list', ...args] = process.argv.slice(2)
  const isBuilt = isAppCommand(command) && isBuildFresh(root)
  const ace = isBuilt ? 'build/ace.js' : 'ace.js'
  const environment = readEnvironment()
  const { env, release } = await prepare(environment, { mode: isBuilt ? 'production' : 'development' })
  try {
    const setting = { root, env, dataDir: environment.dataDir }
    if (isAppCommand(command) && (await isEmpty(env.DATABASE_URL))) await migrate(ace, setting)
    return command === 'worker'
      ? await serve([ace, command, ...args], setting)
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
 * @param {string | undefined} connectionString
 */
async function isEmpty(connectionString) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query(`select to_regclass('adonis_schema') as migrations`)
    return rows[0].migrations === null
  } finally {
    await client.end()
  }
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
