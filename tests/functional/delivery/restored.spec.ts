import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resumeShipment, serviceSender } from '#delivery'
import { acceptMessages } from '#app/delivery/service/accept_messages'
import { runLoop } from '#platform'
import { RECEIPT } from '#tests/support/service_mail'
import { theSystem } from '#identity'
import { holdAfterRestore } from '#app/delivery/shipments/hold_after_restore'
import { audience, freeze, progressOf } from '#tests/support/campaign'
import { until } from '#tests/support/processes'

/** Other tests' campaigns must not be stopped: everything that runs elsewhere is put aside for the time of this test. */
async function alone(cleanup: (undo: () => Promise<void>) => void) {
  const { rows } = await db.rawQuery(
    `update shipments set state = 'paused' where state = 'running' and finished_at is null returning workspace_id, id`
  )
  cleanup(async () => {
    for (const { id } of rows) await db.from('shipments').where({ id }).update({ state: 'running' })
    await db.rawQuery('delete from sending_watch')
  })
  await db.rawQuery('delete from sending_watch')
}

test.group('A worker that wakes up', () => {
  test('in the same database, a moment later, goes on', async ({ assert, cleanup }) => {
    await alone(cleanup)
    const { shipment } = await freeze(await audience())
    await holdAfterRestore()
    await holdAfterRestore()
    assert.equal((await progressOf(shipment)).state, 'running')
  })

  test('with tables that were made anew in its place, sends nothing until a person has looked', async ({
    assert,
    cleanup,
  }) => {
    await alone(cleanup)
    const { shipment } = await freeze(await audience())
    await holdAfterRestore()
    const [{ mark }] = (await db.rawQuery('select database_mark as mark from sending_watch')).rows
    const [{ oid }] = (await db.rawQuery(`select 'batches'::regclass::oid::text as oid`)).rows
    assert.include(mark.split('/'), oid)
    await db.rawQuery('update sending_watch set database_mark = ?', [mark.replace(oid, '1')])
    await holdAfterRestore()
    assert.equal((await progressOf(shipment)).state, 'stopped')
  })

  test('in another database leaves the service mail that waits there to who asked for it', async ({
    assert,
    cleanup,
  }) => {
    await alone(cleanup)
    const { workspace } = await audience()
    await acceptMessages(workspace, [RECEIPT])
    await holdAfterRestore()
    await db.rawQuery(`update sending_watch set database_mark = '1/2/3'`)
    const end = new AbortController()
    const running = runLoop(serviceSender, { signal: end.signal, processId: 'test' })
    const message = () => db.from('service_messages').where({ workspace_id: workspace.id }).first()
    try {
      await until('the loop has looked', async () => (await message()).state !== 'queued')
    } finally {
      end.abort()
      await running
    }
    assert.containsSubset(await message(), { state: 'unconfirmed', reason: 'restored' })
  })

  for (const [what, change] of [
    ['in another database than before', `update sending_watch set database_mark = '1/2/3'`],
    ['after a long sleep', `update sending_watch set seen_at = now() - interval '7 hours'`],
  ]) {
    test(`${what} sends nothing until a person has looked, and asks once`, async ({ assert, cleanup }) => {
      await alone(cleanup)
      const { workspace, ...story } = await audience()
      const { shipment } = await freeze({ workspace, ...story })
      await holdAfterRestore()
      await db.rawQuery(change)
      await holdAfterRestore()
      const held = await progressOf(shipment)
      assert.equal(held.state, 'stopped')
      assert.match(held.stop_reason!, /^restored: /)
      await db.transaction((trx) =>
        resumeShipment({ workspaceId: workspace.id, shipmentId: shipment.id, actor: theSystem, trx })
      )
      await holdAfterRestore()
      assert.equal((await progressOf(shipment)).state, 'running')
    })
  }
})
