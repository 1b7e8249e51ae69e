import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const root = new URL('../../', import.meta.url)

/** The application without its doors, on the database of DATABASE_URL. */
export async function boot() {
  const app = new Ignitor(root, {
    importer: (path) => import(path.startsWith('.') ? new URL(path, root).href : path),
  })
    .tap((one) => {
      one.booting(async () => {
        await import('#start/env')
      })
    })
    .createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { readNumbersAsNumbers } = await import('#platform')
  readNumbersAsNumbers()
  return app
}
