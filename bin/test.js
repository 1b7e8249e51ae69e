import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWebApp } from './build.js'
import { run } from './children.js'
import { isolatedEnvironment, root } from './environment.js'
import { launch } from './refusal.js'
import { holdSignals } from './signals.js'
import { throwawayPostgres } from './throwaway.js'

/**
 * `npm test`: the suites on a PostgreSQL of their own, which is dropped afterwards. Arguments go to Japa:
 * `npm test -- unit --files=segments`.
 */
const isStopping = holdSignals()

launch(async () => {
  const database = await throwawayPostgres(root)
  try {
    const env = await isolatedEnvironment({ mode: 'test', dataDir: database.dataDir, databaseUrl: database.url })
    const summaryFile = join(database.dataDir, 'summary.json')
    await buildWebApp(root, { env, dataDir: database.dataDir })
    if (isStopping()) return 130
    const args = ['--import=@poppinss/ts-exec', 'bin/test.ts', ...process.argv.slice(2)]
    const code = await run(args, { root, env: { ...env, TEST_SUMMARY: summaryFile } })
    printSummary(summaryFile)
    return code
  } finally {
    await database.release()
  }
})

/**
 * The line that other programs read, whatever the reporter prints.
 * @param {string} file
 */
function printSummary(file) {
  if (!existsSync(file)) return
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'))
  console.log(`${passed} passed, ${failed} failed`)
}
