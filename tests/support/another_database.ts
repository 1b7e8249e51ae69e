import { randomUUID } from 'node:crypto'
import { launcher } from './launchers.ts'
import { owner } from './owner.ts'
import { startCommand } from './processes.ts'

/**
 * A migrated database of its own, as the launchers would hand it to web and worker: `env`. `ownerUrl` is its owner's. It is not
 * dropped: all databases of a run go with their cluster (bin/throwaway.js), and dropping one waits for whoever vacuums it.
 */
export async function anotherDatabase(prefix: string) {
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`
  await owner().rawQuery(`create database ${name}`)
  const url = new URL(process.env.DATABASE_OWNER_URL!)
  url.pathname = `/${name}`
  const ownerUrl = url.href
  const migration = startCommand(['migration:run', '--force', '--no-schema-generate'], {
    DATABASE_URL: ownerUrl,
  })
  if ((await migration.ended) !== 0) throw new Error(migration.output())
  const { appRole } = await launcher('app_role')
  const app = await appRole({ ownerUrl, appKey: process.env.APP_KEY })
  if (app.why) throw new Error(app.why)
  return { env: { DATABASE_URL: app.url as string }, ownerUrl }
}
