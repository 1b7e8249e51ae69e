import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const ROOT = new URL('../../', import.meta.url)

/** The application without its doors, for a benchmark that plants and asks by the product's own verbs. */
export async function boot() {
  const app = new Ignitor(ROOT, { importer: (path) => import(path.startsWith('.') ? new URL(path, ROOT).href : path) })
    .tap((made) => made.booting(async () => void (await import('#start/env'))))
    .createApp('console')
  await app.init()
  await app.boot()
  await app.start(() => {})
  return app
}

/** What Linux says a process has used so far: CPU seconds and its memory in MB. */
export async function usage(pid: number): Promise<{ cpu: number; rss: number }> {
  const { readFile } = await import('node:fs/promises')
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ])
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / 100,
    rss: Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024),
  }
}
