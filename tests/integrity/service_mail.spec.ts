import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { audience, connect, freeze, progressOf } from '#tests/support/campaign'
import { startWorker, until } from '#tests/support/processes'
import { RECEIPT } from '#tests/support/service_mail'
import { theProvider } from '#tests/support/stand_in'

async function shop({ people = 1, ...options }: { people?: number; [option: string]: unknown } = {}) {
  const server = await theProvider(options)
  const story = await audience({ people })
  await connect(story.workspace)
  const states = async () => {
    const rows = await db.from('service_messages').where({ workspace_id: story.workspace.id })
    return rows.map(({ state }) => state as string)
  }
  return { ...story, server, states, areAccepted: async () => (await states()).every((state) => state === 'accepted') }
}

test.group('A worker killed while it sends service mail', () => {
  test('at every step: everyone gets one, and what was accepted is asked about with its key', async ({
    assert,
    client,
  }) => {
    const story = await shop()
    const messages = Array.from({ length: 250 }, (_, no) => ({ ...RECEIPT, to: `s${no}@people.test` }))
    await client.post('/api/v1/messages/batch').bearerToken(story.token).json({ messages })
    for (const crashAt of ['service_sealed', 'service_answered']) {
      assert.equal(await startWorker({ crashAt }).ended, 'SIGKILL')
    }
    startWorker()
    await until('all are accepted', story.areAccepted)
    const ledger: Record<string, number> = story.server.ledger('w', String(story.workspace.id))
    assert.lengthOf(Object.keys(ledger), 250)
    assert.deepEqual([...new Set(Object.values(ledger))], [1])
    assert.isAbove(story.server.stats().replays, 0)
  })
})

test.group('Service mail beside a campaign', () => {
  test('of four thousand, with a provider that takes two calls a second, does not wait for it', async ({
    assert,
    client,
  }) => {
    const story = await shop({ people: 4_000, rps: 2 })
    const { shipment } = await freeze(story)
    startWorker()
    await until('the campaign is on its way', async () => (await progressOf(shipment)).accepted > 100)
    for (let round = 0; round < 3; round++) {
      await client.post('/api/v1/messages').bearerToken(story.token).json(RECEIPT)
      const { calls } = story.server.stats()
      await until('it is accepted', story.areAccepted)
      assert.isBelow(story.server.stats().calls - calls, 10, 'the campaign needs forty')
    }
    assert.isAbove((await progressOf(shipment)).queued, 500, 'the campaign still waits')
  })
})
