import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { divided } from './app_role.js'
import { migrate } from './build.js'
import { run } from './children.js'
import { isolatedEnvironment, root } from './environment.js'
import { Refusal, launch } from './refusal.js'
import { holdSignals } from './signals.js'
import { throwawayPostgres } from './throwaway.js'

/**
 * `npm run bench [names]`: each bench/<name>.ts is a script, run on a migrated, durable PostgreSQL of its own. A script that
 * ends with an error fails the run.
 */
const isStopping = holdSignals()

launch(async () => {
  const known = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
  const names = process.argv.length > 2 ? process.argv.slice(2) : known
  const stranger = names.find((name) => !known.includes(name))
  if (stranger) throw new Refusal(`There is no benchmark "${stranger}". There are: ${known.join(', ')}.`)

  let worst = 0
  for (const name of names) {
    if (isStopping()) return 130
    console.log(`# ${name}`)
    worst = Math.max(worst, await measure(name))
  }
  return worst
})

/** @param {string} name */
async function measure(name) {
  const database = await throwawayPostgres(root, { isDurable: true })
  try {
    const env = await isolatedEnvironment({ mode: 'production', dataDir: database.dataDir, databaseUrl: database.url })
    await migrate('ace.js', { root, env, dataDir: database.dataDir })
    return await run(['--import=./bin/sources.js', `bench/${name}.ts`], { root, env: await divided(env) })
  } finally {
    await database.release()
  }
}
