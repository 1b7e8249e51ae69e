import { existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LARGE = 10 * 1024 * 1024

/**
 * DATA_DIR/logs/<name>.log; a large one is put aside first, and one such is kept.
 * @param {string} dataDir
 * @param {string} name
 */
export function logFile(dataDir, name) {
  const directory = join(dataDir, 'logs')
  const file = join(directory, `${name}.log`)
  mkdirSync(directory, { recursive: true })
  if (existsSync(file) && statSync(file).size > LARGE) renameSync(file, `${file}.1`)
  return file
}

/**
 * @param {string} file
 * @param {number} lines
 * @param {number} [begin] the byte to begin at
 */
export function tail(file, lines, begin = 0) {
  return readFileSync(file).subarray(begin).toString().trimEnd().split('\n').slice(-lines).join('\n')
}
