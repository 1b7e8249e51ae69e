/** Runs the suites of adonisrc.ts with Japa. */
process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { configure, processCLIArgs, run } from '@japa/runner'
import { launcher } from '../tests/support/launchers.ts'
import { shareOf } from '../tests/support/share.ts'

const APP_ROOT = new URL('../', import.meta.url)

// As under `npm start`: what is tested signs in as a role that owns nothing (bootstrap.ts makes it)
const { appAddress } = await launcher('app_role')
process.env.DATABASE_OWNER_URL ||= process.env.DATABASE_URL
process.env.DATABASE_URL = appAddress(process.env.DATABASE_OWNER_URL, process.env.APP_KEY).url

const IMPORTER = (filePath: string) => {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, APP_ROOT).href)
  }
  return import(filePath)
}

new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
  })
  .testRunner()
  .configure(async (app) => {
    const { runnerHooks, ...config } = await import('../tests/bootstrap.ts')
    processCLIArgs(process.argv.splice(2))
    configure({
      ...app.rcFile.tests,
      suites: app.rcFile.tests.suites.map((suite) => shareOf(suite)),
      ...config,
      ...{
        setup: runnerHooks.setup,
        teardown: runnerHooks.teardown.concat([() => app.terminate()]),
      },
    })
  })
  .run(() => run())
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
