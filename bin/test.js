import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWebApp } from './build.js'
import { run } from './children.js'
import { isolatedEnvironment, root } from './environment.js'
import { launch } from './refusal.js'
import { holdSignals } from './signals.js'
import { throwawayPostgres } from './throwaway.js'

/**
 * `npm test`: the suites, in lanes beside each other, each on a PostgreSQL and a port of its own, which are dropped
 * afterwards. With arguments, which go to Japa, there is one lane: `npm test -- unit --files=segments`.
 */
const isStopping = holdSignals()

/** Each waits at times (for the database, a browser, processes that die): together they fill two cores until the end. */
const LANES = [
  { args: ['unit', 'functional'], share: '1/2' },
  { args: ['unit', 'functional'], share: '2/2' },
  { args: ['integrity'] },
  { args: ['journeys'], share: '1/2' },
  { args: ['journeys'], share: '2/2' },
]

launch(async () => {
  const asked = process.argv.slice(2)
  const lanes = await Promise.all((asked.length > 0 ? [{ args: asked }] : LANES).map(prepare))
  try {
    const [{ env, dataDir }] = lanes
    await buildWebApp(root, { env, dataDir })
    if (isStopping()) return 130
    const ends = await Promise.all(lanes.map(runLane))
    printSummary(lanes)
    return Math.max(...ends)
  } finally {
    for (const { database } of lanes) await database.release()
  }
})

/** @typedef {{ args: string[], database: { release: () => Promise<void> }, env: NodeJS.ProcessEnv, dataDir: string, log?: string }} Lane */

/**
 * @param {{ args: string[], share?: string }} what `share`: which part of it (tests/support/share.ts)
 * @param {number} no the first one is seen as it goes, the others when they have ended
 * @returns {Promise<Lane>}
 */
async function prepare({ args, share }, no) {
  const database = await throwawayPostgres(root)
  const { dataDir, url } = database
  const env = await isolatedEnvironment({ mode: 'test', dataDir, databaseUrl: url })
  env.TEST_SHARE = share ?? ''
  return { args, database, env, dataDir, ...(no > 0 && { log: join(dataDir, 'tests.log') }) }
}

/** @param {Lane} lane */
async function runLane({ args, env, dataDir, log }) {
  const setting = { root, env: { ...env, TEST_SUMMARY: summaryFile(dataDir) }, log }
  return run(['--import=./bin/sources.js', 'bin/test.ts', ...args], setting)
}

/** @param {string} dataDir */
const summaryFile = (dataDir) => join(dataDir, 'summary.json')

/**
 * What the later lanes had to say, those where something failed after the others, what failed once more, and the line that other
 * programs read.
 * @param {Lane[]} lanes
 */
function printSummary(lanes) {
  const ended = lanes.map((lane) => ({ ...lane, ...countedIn(lane) })).sort((a, b) => a.failed - b.failed)
  for (const { log } of ended) if (log) process.stdout.write(readFileSync(log))
  const failures = ended.flatMap((lane) => lane.failures)
  for (const { where, message } of failures) console.log(`Failed: ${where}\n${message.trim().replace(/^/gm, '    ')}\n`)
  const sum = (/** @type {'passed' | 'failed'} */ what) => ended.reduce((total, lane) => total + lane[what], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
}

/**
 * @param {Lane} lane
 * @returns {{ passed: number, failed: number, failures: { where: string, message: string }[] }}
 */
function countedIn({ args, dataDir }) {
  const file = summaryFile(dataDir)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  return { passed: 0, failed: 1, failures: [{ where: args.join(', '), message: 'They broke off: see their log.' }] }
}
