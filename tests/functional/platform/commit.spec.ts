import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { bakery } from '#tests/support/workspace'

test.group('A transaction that did not happen', () => {
  test('throws when the connection breaks before its commit', async ({ assert }) => {
    const { workspace } = await bakery()
    const act = db.transaction(async (trx) => {
      await trx.from('workspaces').where('id', workspace.id).update({ name: 'Red Door Bakery' })
      const { rows } = await trx.rawQuery('select pg_backend_pid() as pid')
      await db.rawQuery('select pg_terminate_backend(?, 5000)', [rows[0].pid])
    })
    await assert.rejects(() => act)
    await sleep(50) // the pool hears of its dead connection
    assert.equal((await db.from('workspaces').where('id', workspace.id).firstOrFail()).name, 'Blue Door Bakery')
  })

  test('throws what the database said when the commit itself is refused', async ({ assert }) => {
    const act = db.transaction(async (trx) => {
      await trx.rawQuery('create temp table once (id int unique deferrable initially deferred) on commit drop')
      await trx.rawQuery('insert into once values (1), (1)')
    })
    await assert.rejects(() => act, /once_id_key/)
  })

  test('throws when a statement failed and its author looked away: PostgreSQL answers such a commit with a rollback', async ({
    assert,
  }) => {
    const act = db.transaction(async (trx) => {
      await trx.rawQuery('select 1 / 0').catch(() => {})
    })
    await assert.rejects(() => act, /rolled back/)
  })

  test('throws also where somebody else commits it', async ({ assert }) => {
    const trx = await db.transaction()
    await trx.rawQuery('create temp table once (id int unique deferrable initially deferred) on commit drop')
    await trx.rawQuery('insert into once values (1), (1)')
    await assert.rejects(() => trx.commit(), /once_id_key/)
  })
})
