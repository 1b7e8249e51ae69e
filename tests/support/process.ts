import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { launcher } from '#tests/support/launchers'

const { unusedPort } = await launcher('ports')

/** A process of the product beside the test's own. Kill what you start: `child`. */
export async function startProcess(file: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import=./bin/sources.js', file, ...args], {
    cwd: app.makePath('.'),
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return { child, output: () => output }
}

/** A web process on a port of its own, answering. */
export async function startWeb(env: Record<string, string> = {}) {
  const port = await freePort()
  const web = await startProcess('bin/server.ts', [], { PORT: String(port), ...env })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/health/live`)).ok)
  return { ...web, url }
}

/** A port that nobody uses, nor will be given meanwhile. */
export const freePort = (): Promise<number> => unusedPort('127.0.0.1')

export async function until<T>(look: () => Promise<T | false | undefined>, ms = 20_000): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found) return found
    if (Date.now() > end) throw new Error('waited in vain')
    await sleep(50)
  }
}

export async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}
