import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resumeShipment, retryFailed, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, letTimePass, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'

/** A campaign to 250 people, of whom the first hundred have it. */
async function halfway({ isConnected }: { isConnected: boolean }) {
  await theProvider()
  const story = await audience({ people: 250 })
  const { workspace } = story
  const workspaceId = workspace.id
  if (isConnected) await connect(workspace)
  const frozen = await freeze(story)
  const rest = () => db.from('batches').where({ workspace_id: workspaceId }).where('no', '>', 0)
  await rest().update({ not_before: new Date(Date.now() + 3_600_000) })
  await sendAllOf({ workspaceId })
  const change = { workspaceId, shipmentId: frozen.shipment.id, actor: theSystem }
  return {
    ...story,
    workspaceId,
    progress: () => progressOf(frozen.shipment),
    async goOn() {
      await letTimePass(frozen.shipment)
      await sendAllOf({ workspaceId })
    },
    resume: () => db.transaction((trx) => resumeShipment({ ...change, trx })),
    retry: () => db.transaction((trx) => retryFailed({ ...change, trx })),
    disconnect: () => db.from('provider_accounts').where({ workspace_id: workspaceId }).delete(),
    inOutbox: async () =>
      (await db.from('captured_messages').where({ workspace_id: workspaceId }).whereNotNull('contact_id')).length,
    refuseOne: () =>
      db.rawQuery(
        `update messages set state = 'failed', reason = 'refused_message' where ctid = (
           select ctid from messages where workspace_id = ? and state = 'accepted' limit 1)`,
        [workspaceId]
      ),
  }
}

test.group('A campaign on its way', () => {
  test('stops and asks when its last account is removed: nobody is put into the Outbox and called accepted', async ({
    assert,
  }) => {
    const story = await halfway({ isConnected: true })
    assert.equal((await story.progress()).accepted, 100)
    await story.disconnect()
    await story.goOn()
    const stopped = await story.progress()
    assert.containsSubset(stopped, { state: 'stopped', accepted: 100, queued: 150 })
    assert.match(stopped.stop_reason!, /^no_provider: /)
    assert.equal(await story.inOutbox(), 0)
    await assert.rejects(story.resume, /No mail provider is connected/)
    await story.refuseOne()
    assert.deepEqual(await story.retry(), { retried: 1 })
    assert.containsSubset(await story.progress(), { state: 'stopped', queued: 151 })
    await connect(story.workspace)
    await story.resume()
    await story.goOn()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 250, failed: 0 })
    await story.disconnect()
    await story.refuseOne()
    await assert.rejects(story.retry, /No mail provider is connected/)
    assert.equal(await story.inOutbox(), 0)
  })

  test('stops and asks when it began in the Outbox and a provider comes: nobody gets by surprise what was tried out', async ({
    assert,
  }) => {
    const story = await halfway({ isConnected: false })
    assert.equal(await story.inOutbox(), 100)
    await connect(story.workspace)
    await story.goOn()
    const stopped = await story.progress()
    assert.containsSubset(stopped, { state: 'stopped', accepted: 100, queued: 150 })
    assert.match(stopped.stop_reason!, /^connected: /)
    await story.resume()
    await story.goOn()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 250 })
    assert.equal(await story.inOutbox(), 100)
  })

  test('that is in the Outbox to its end is asked about nothing', async ({ assert }) => {
    const story = await halfway({ isConnected: false })
    await story.goOn()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 250, in_outbox: true })
    assert.equal(await story.inOutbox(), 250)
  })
})
