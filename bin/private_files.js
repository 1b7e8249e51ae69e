import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeProcess } from './processes.js'
import { Refusal } from './refusal.js'

/**
 * Files of DATA_DIR that only its owner may read: secrets, passwords, who is running.
 */

/**
 * @param {string} file
 * @returns {any} its JSON, or undefined when there is no such file
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    if (error.code === 'EACCES')
      throw new Refusal(`${file} belongs to another user. Start Assent as the user who started it first.`)
    if (error instanceof SyntaxError) throw new Refusal(`${file} is damaged. Restore it from a backup.`)
    throw error
  }
}

/**
 * Written aside and renamed, so that a crash leaves the old or the new content. It belongs to the owner of its directory
 * even when root writes it: `sudo npm run ace` must not lock the owner out.
 * @param {string} file
 * @param {unknown} content
 */
export function writeJson(file, content) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dirname(file))
    chownSync(draft, uid, gid)
  }
  renameSync(draft, file)
}

/**
 * Makes DATA_DIR, and proves that it can be written.
 * @param {string} dataDir
 */
export function claimDirectory(dataDir) {
  const probe = join(dataDir, `.probe-${process.pid}`)
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new Refusal(
      `Cannot write to ${dataDir} (${error.code}). Make it writable, or set DATA_DIR to another directory.`
    )
  }
}

/**
 * Runs `task` while no other process holds the lock. A lock whose holder died is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(file, task) {
  while (!take(file)) {
    const holder = readHolder(file)
    if (holder && !isAlive(holder)) rmSync(file, { force: true })
    else await sleep(20)
  }
  try {
    return await task()
  } finally {
    rmSync(file)
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, JSON.stringify(me()), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined // just released
    if (error instanceof SyntaxError && Date.now() - statSync(file).mtimeMs < 5000) return undefined // being written
    if (error instanceof SyntaxError) return { pid: 0 } // its writer died between creating and writing
    throw error
  }
}

/** This process, such that a later reader can tell it from another one with the same id. */
export function me() {
  return { pid: process.pid, description: describeProcess(process.pid) }
}

/** @param {{ pid: number, description?: string }} process as `me()` wrote it down */
export function isAlive({ pid, description }) {
  return description !== undefined && describeProcess(pid) === description
}
