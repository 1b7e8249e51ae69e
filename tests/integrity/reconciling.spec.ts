import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { progressOf, receiptOf } from '#tests/support/campaign'
import { inDoubt } from '#tests/support/in_doubt'
import { startWorker, until } from '#tests/support/processes'

test.group('A worker killed while it reads the list of the provider', () => {
  test('with a find in its hand: the next goes on there, nobody is found twice, nothing is sent', async ({
    assert,
  }) => {
    const story = await inDoubt({ people: 12 })
    const found = () => db.from('provider_events').where({ workspace_id: story.workspace.id, type: 'list.found' })
    const { calls } = story.server.stats()
    await story.letListBeDue()
    assert.equal(await startWorker({ crashAt: 'list_read:5' }).ended, 'SIGKILL')
    assert.lengthOf(await found(), 4, 'the one in its hand is lost')
    const [{ cursor }] = await story.readings()
    assert.isNotNull(cursor)
    await story.letListBeDue()
    startWorker()
    const isClear = async () => (await progressOf(story.shipment)).unconfirmed === 0
    await until('nobody is in doubt', isClear)
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, accepted: { total: 12 } })
    assert.lengthOf(await found(), 12)
    assert.equal(story.server.stats().calls, calls)
    assert.lengthOf(Object.keys(story.ledger()), 12)
  })
})
