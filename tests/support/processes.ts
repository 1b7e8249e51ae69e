import { getActiveTestOrFail } from '@japa/runner'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import app from '@adonisjs/core/services/app'

export interface Running {
  process: ChildProcess
  /** Resolves with how it ended: an exit code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** What it wrote to its error output and log. */
  output(): string
}

/** A process of the product, as `npm start` would run it, from the sources. It never outlives its test. */
export function start(args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, args, {
    cwd: app.makePath(),
    env: { ...process.env, LOG_LEVEL: 'error', NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (written += bytes))
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code)
  const running: Running = {
    process: child,
    ended,
    output: () => written,
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return ended
    },
  }
  getActiveTestOrFail().cleanup(async () => void (await running.kill()))
  return running
}

/** A worker with short leases. `crashAt` as platform's crash_point.ts tells. */
export const startWorker = ({ crashAt, ...env }: { crashAt?: string; [name: string]: string | undefined } = {}) =>
  start(['ace.js', 'worker'], {
    ASSENT_LEASE_SECONDS: '2',
    ...(crashAt ? { ASSENT_CRASH_AT: crashAt } : {}),
    ...(env as Record<string, string>),
  })

/** Waits until something holds; fails with what it was waiting for. */
export async function until(what: string, holds: () => Promise<boolean>, { seconds = 90 } = {}) {
  const deadline = Date.now() + seconds * 1_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
