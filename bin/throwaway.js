import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stopPostgres, usePostgres } from './postgres.js'
import { removeCluster } from './postgres_files.js'
import { isAlive, me, readJson, writeJson } from './private_files.js'

/**
 * A PostgreSQL of one run (tests, benchmarks, checks) below tmp/: dropped with all its data at the end.
 * @param {string} root of the project
 * @param {{ isDurable?: boolean }} [options] benchmarks must pay for every fsync, tests need not
 */
export async function throwawayPostgres(root, { isDurable = false } = {}) {
  const place = join(root, 'tmp', 'clusters')
  mkdirSync(place, { recursive: true })
  await sweep(place)
  const dataDir = mkdtempSync(join(place, 'run-'))
  writeJson(join(dataDir, 'owner.json'), me())
  const postgres = await usePostgres(dataDir, { isDurable })
  return { ...postgres, dataDir, release: () => drop(dataDir) }
}

/**
 * Drops what killed runs left behind.
 * @param {string} place
 */
async function sweep(place) {
  for (const name of readdirSync(place)) {
    const owner = readJson(join(place, name, 'owner.json'))
    if (owner && !isAlive(owner)) await drop(join(place, name))
  }
}

/** @param {string} dataDir */
async function drop(dataDir) {
  await stopPostgres(dataDir)
  removeCluster(dataDir)
}
