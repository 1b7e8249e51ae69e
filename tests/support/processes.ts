import { getActiveTest } from '@japa/runner'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { launcher } from './launchers.ts'

const { unusedPort } = await launcher('ports')

export interface Running {
  /** Resolves with how it ended: an exit code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** What it wrote to its output, error output and log. */
  output(): string
  /** Its output alone, as a program reads it: what takes long also says on the error output how far it is. */
  answer(): string
}

const leash = new URL('../../bin/leash.js', import.meta.url).href

/**
 * A process of the product, as `npm start` would run it, from the sources. It never outlives its test, nor the run when that is
 * killed: a worker that nobody knows of would take the batches of the next one.
 */
export function start(args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [`--import=${leash}`, ...args], {
    cwd: app.makePath(),
    env: { ...process.env, LOG_LEVEL: 'error', NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let [written, answered] = ['', '']
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (bytes) => (written += bytes))
  child.stdout!.on('data', (bytes) => (answered += bytes))
  // not `exit`: its last words may still be on their way
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code)
  const running: Running = {
    ended,
    output: () => written,
    answer: () => answered,
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return ended
    },
  }
  getActiveTest()?.cleanup(async () => void (await running.kill()))
  return running
}

/** A command of the product. */
export const startCommand = (args: string[], env: Record<string, string> = {}) => start(['ace.js', ...args], env)

/** A worker with short leases. `crashAt` as platform's crash_point.ts tells. */
export const startWorker = ({ crashAt, ...env }: { crashAt?: string; [name: string]: string | undefined } = {}) =>
  startCommand(['worker'], {
    ASSENT_LEASE_SECONDS: '2',
    ...(crashAt ? { ASSENT_CRASH_AT: crashAt } : {}),
    ...(env as Record<string, string>),
  })

/** A web process. `startWeb` waits until it answers. */
export const startServer = (env: Record<string, string> = {}) =>
  start(['--import=./bin/sources.js', 'bin/server.ts'], env)

/** A web process on a port of its own, answering. */
export async function startWeb(env: Record<string, string> = {}) {
  const port = await freePort()
  const web = startServer({ PORT: String(port), ...env })
  const url = `http://127.0.0.1:${port}`
  await until('the web process answers', async () => (await fetch(`${url}/health/live`)).ok)
  return { ...web, url }
}

/** A port that nobody uses, nor will be given meanwhile. */
export const freePort = (): Promise<number> => unusedPort('127.0.0.1')

/**
 * Waits until something holds, and gives what was found. Who is not there yet may refuse to answer meanwhile; the last refusal
 * is the cause when it never holds.
 */
export async function until<T>(what: string, look: () => Promise<T | false>, { seconds = 90 } = {}): Promise<T> {
  const deadline = Date.now() + seconds * 1_000
  for (let cause: unknown; ; await sleep(50)) {
    try {
      const found = await look()
      if (found) return found
    } catch (error) {
      cause = error
    }
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}`, { cause })
  }
}
