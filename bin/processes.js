import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * When a process started and with which command, or undefined when it is not running. A process id alone proves nothing:
 * after a crash or a reboot it may belong to another program.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function describeProcess(pid) {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** @param {number} pid */
function fromProc(pid) {
  try {
    // proc(5): the second field, the name, is in brackets and may hold anything; state is field 3, start time is field 22
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return fields[0] === 'Z' ? undefined : `${fields[19]} ${command}`
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined
    throw error
  }
}

/** @param {number} pid */
function fromPs(pid) {
  try {
    const options = { encoding: /** @type {const} */ ('utf8'), env: { ...process.env, LC_ALL: 'C' } }
    return execFileSync('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)], options).trim() || undefined
  } catch (error) {
    if (error.status === 1) return undefined
    throw error
  }
}

/**
 * Asks again and again until the answer is truthy; false when it is still not after `seconds`.
 * @param {() => unknown} question
 * @param {number} seconds
 */
export async function eventually(question, seconds) {
  const end = performance.now() + seconds * 1000
  while (!(await question())) {
    if (performance.now() > end) return false
    await sleep(20)
  }
  return true
}
