import { divided } from './app_role.js'
import { migrate } from './build.js'
import { run } from './children.js'
import { isolatedEnvironment, root } from './environment.js'
import { launch } from './refusal.js'
import { holdSignals } from './signals.js'
import { throwawayPostgres } from './throwaway.js'

/**
 * `npm run test:chaos -- --runs N --seed S`: campaigns under seeded faults (tests/integrity/README.md), on a durable PostgreSQL
 * of their own: it is restarted as after a power cut, and must not forget.
 */
const isStopping = holdSignals()

launch(async () => {
  const database = await throwawayPostgres(root, { isDurable: true })
  try {
    const env = await isolatedEnvironment({ mode: 'test', dataDir: database.dataDir, databaseUrl: database.url })
    await migrate('ace.js', { root, env, dataDir: database.dataDir })
    if (isStopping()) return 130
    const args = ['--import=./bin/sources.js', 'tests/integrity/chaos/main.ts', ...process.argv.slice(2)]
    return await run(args, { root, env: await divided(env) })
  } finally {
    await database.release()
  }
})
