import { test } from '@japa/runner'
import { setTimeout } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { bakery } from '#tests/support/workspace'

test.group('The settings of a workspace', () => {
  test('of two who save at once, neither takes back what the other did', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const row = { id: workspace.id }
    const trx = await db.transaction()
    await trx
      .from('workspaces')
      .where(row)
      .update({ settings: db.raw(`settings || '{"retention": {"service_mail": 7}}'`) })
    const saving = (async () =>
      await client.patch('/api/v1/workspace').bearerToken(token).json({ import_rejects_days: 9 }))()
    for (let tries = 0; tries < 100; tries++) {
      const { rows } = await db.rawQuery(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      )
      if (rows.length > 0) break
      await setTimeout(20)
    }
    await trx.commit()
    ;(await saving).assertStatus(200)
    const { settings } = await db.from('workspaces').where(row).firstOrFail()
    assert.containsSubset(settings, { retention: { service_mail: 7, import_rejects: 9 } })
  })
})
