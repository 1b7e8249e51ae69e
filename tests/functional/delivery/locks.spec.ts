import { test } from '@japa/runner'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { cancelShipment, refreshQuotas } from '#delivery'
import { finishShipments } from '#app/delivery/sender/finish_shipments'
import { letParkedGo } from '#app/delivery/domain_pace/let_parked_go'
import { knownPaces } from '#app/delivery/domain_pace/paces'
import { theSystem } from '#identity'
import { audience, connect, freeze, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'

/** Does the work while somebody else holds a batch, and tells whether it had to wait for that. */
async function whileHeld(batch: Record<string, unknown>, work: () => Promise<unknown>): Promise<'waited' | 'went on'> {
  const other = await db.transaction()
  await other.from('batches').where(batch).forUpdate()
  const [{ pid }] = (await other.rawQuery('select pg_backend_pid() as pid')).rows
  const isWaitedFor = async () =>
    (await db.rawQuery('select from pg_stat_activity where ? = any(pg_blocking_pids(pid))', [pid])).rows.length > 0
  let first: 'waited' | 'went on' | undefined
  const working = work().then(() => (first ??= 'went on'))
  while (!first) {
    if (await isWaitedFor()) first = 'waited'
    else await sleep(20)
  }
  await other.commit()
  await working
  return first
}

test.group('Who has many batches to change', () => {
  test('and cancels waits for nobody: what was in a hand is cancelled when it comes back', async ({ assert }) => {
    const story = await audience({ people: 300 })
    const { shipment } = await freeze(story)
    const workspaceId = story.workspace.id
    const cancel = () =>
      db.transaction((trx) => cancelShipment({ workspaceId, shipmentId: shipment.id, actor: theSystem, trx }))
    assert.equal(await whileHeld({ workspace_id: workspaceId, no: 1 }, cancel), 'went on')
    assert.containsSubset(await progressOf(shipment), { state: 'cancelled', cancelled: 200, queued: 100 })
    await finishShipments({ workspaceId })
    assert.containsSubset(await progressOf(shipment), { cancelled: 300, queued: 0 })
  })

  test('and lets parked people go waits for nobody either', async ({ assert }) => {
    const story = await audience({ people: 200 })
    const { account } = await connect(story.workspace)
    const { shipment } = await freeze(story)
    await db.table('domain_paces').insert({
      account,
      domain: 'people.test',
      per_minute: 300,
      last_deferral_at: new Date(),
      refilled_at: new Date(Date.now() - 60_000),
    })
    const of = { workspace_id: story.workspace.id, shipment_id: shipment.id }
    await db.from('batches').where(of).update({ domain: 'people.test', parked_for: account })
    await knownPaces({ fresh: true })
    assert.equal(await whileHeld({ ...of, no: 0 }, () => letParkedGo({ account })), 'went on')
    const parked = await db.from('batches').where(of).whereNotNull('parked_for')
    assert.deepEqual(
      parked.map(({ no }) => no),
      [0]
    )
    await db.from('domain_paces').where({ account }).delete()
  })
})

test.group('The quotas of all', () => {
  test('are asked for, though one account cannot be read', async ({ assert }) => {
    await theProvider({ dailyQuota: 130 })
    const broken = await audience()
    await connect(broken.workspace)
    await freeze(broken)
    await db.from('provider_accounts').where({ workspace_id: broken.workspace.id }).update({ credentials: 'rubbish' })
    const story = await audience()
    const { account } = await connect(story.workspace)
    await freeze(story)
    await refreshQuotas()
    assert.isOk(await db.from('quotas').where({ account }).first())
    await db.from('shipments').where({ workspace_id: broken.workspace.id }).update({ state: 'paused' })
  })
})
