import { apiClient } from '@japa/api-client'
import { assert } from '@japa/assert'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { launcher } from '#tests/support/launchers'
import { journeysBrowser } from '#tests/support/real_browser'
import { summary } from '#tests/support/summary'

export const plugins: Config['plugins'] = [assert(), apiClient(), pluginAdonisJS(app), journeysBrowser(), summary()]

/** One migrated database for the whole run; each test makes its own workspace, so tests need no cleaning and run beside workers. */
export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [
    async () => {
      await migrate()
      /** As the first freeze of a month would: tests that write history themselves must not fill the default partition. */
      await db.rawQuery('select ensure_month_partitions(now()::date)')
      /** All tests come from one address of the network; the wrong passwords of the run before are forgiven. */
      await db.from('rate_limits').delete()
    },
  ],
  teardown: [],
}

/** As the launchers do it: by the owner of the database, who then says what the role of all the rest may do. */
async function migrate() {
  const ownerUrl = process.env.DATABASE_OWNER_URL
  const { config } = db.manager.get('postgres')!
  db.manager.add('owner', { ...config, connection: { connectionString: ownerUrl } } as typeof config)
  await testUtils.db('owner').migrate()
  const { appRole } = await launcher('app_role')
  const { url, why } = await appRole({ ownerUrl, appKey: process.env.APP_KEY })
  if (url !== process.env.DATABASE_URL) throw new Error(`The tests have no role of their own: ${why}`)
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  if (suite.name === 'journeys') suite.setup(relayOfTheRun)
  if (['functional', 'journeys', 'integrity'].includes(suite.name)) {
    return suite.setup(() => testUtils.httpServer().start())
  }
}

/** What the web process does beside serving: what one browser changes, the others hear of. */
async function relayOfTheRun() {
  const { relayLive } = await import('#platform')
  const relay = relayLive()
  return async () => {
    relay.hangUp()
    await relay.stop()
  }
}
