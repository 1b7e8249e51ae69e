import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { projectNode } from './node.js'
import { eventually } from './processes.js'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ root: string, env: NodeJS.ProcessEnv, log?: string }} Setting `log`: a file for its output, else ours */

/**
 * A worker streams: what it reads is soon done with. Left alone, V8 would let a quarter of a gigabyte of that pile up before
 * it looks; these make it look earlier, at no measured cost (`npm run bench -- import`).
 */
export const WORKER_FLAGS = ['--max-semi-space-size=16', '--initial-old-space-size=64', '--heap-growing-percent=30']

/**
 * Runs a program under the project's Node to its end. Ctrl-C reaches it by the terminal, other signals are passed on.
 * @param {string[]} args
 * @param {Setting} setting
 * @returns {Promise<number>} its exit code
 */
export function run(args, setting) {
  const child = start(args, setting)
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => void child.kill(signal)
  const ignore = () => {}
  process.on('SIGTERM', passOn).on('SIGHUP', passOn).on('SIGINT', ignore)
  return ended(child).finally(() => process.off('SIGTERM', passOn).off('SIGHUP', passOn).off('SIGINT', ignore))
}

/**
 * Starts a long-running process. It has its own process group, so that Ctrl-C reaches only the launcher, who stops the
 * processes in the right order; the leash ends it when the launcher is killed.
 * @param {string[]} args
 * @param {Setting} setting
 */
export function startService(args, setting) {
  const leash = `--import=${new URL('./leash.js', import.meta.url).href}`
  return start([leash, ...args], setting, true)
}

/**
 * @param {string[]} args
 * @param {Setting} setting
 * @param {boolean} [isService]
 * @returns {ChildProcess}
 */
function start(args, { root, env, log }, isService = false) {
  const output = log ? openSync(log, 'a') : 'inherit'
  try {
    return spawn(projectNode(root), args, {
      cwd: root,
      env,
      detached: isService,
      stdio: [
        isService ? 'ignore' : 'inherit',
        output,
        log ? output : 'inherit',
        ...(isService ? [/** @type {const} */ ('ipc')] : []),
      ],
    })
  } finally {
    if (typeof output === 'number') closeSync(output)
  }
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<number>} its exit code; 128 + n after signal n, as in a shell
 */
export function ended(child) {
  const toCode = (/** @type {NodeJS.Signals | null} */ signal) => 128 + (signal ? constants.signals[signal] : 0)
  if (child.exitCode !== null || child.signalCode) return Promise.resolve(child.exitCode ?? toCode(child.signalCode))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? toCode(signal)))
  })
}

/** @param {ChildProcess} child */
export function isRunning(child) {
  return child.exitCode === null && child.signalCode === null
}

/**
 * Asks a service to end, and ends it when it has not after `seconds`.
 * @param {ChildProcess} child
 * @param {number} seconds
 */
export async function stop(child, seconds) {
  if (!isRunning(child)) return
  child.kill('SIGTERM')
  if (!(await eventually(() => !isRunning(child), seconds))) kill(child)
  await ended(child)
}

/**
 * At once, with everything it started.
 * @param {ChildProcess} child a service
 */
export function kill(child) {
  if (isRunning(child) && child.pid) process.kill(-child.pid, 'SIGKILL')
}
