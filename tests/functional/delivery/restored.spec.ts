import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resumeShipment } from '#delivery'
import { theSystem } from '#identity'
import { holdAfterRestore } from '#app/delivery/shipments/hold_after_restore'
import { audience, freeze, progressOf } from '#tests/support/campaign'

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
