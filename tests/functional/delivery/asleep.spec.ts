import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { claimBatch } from '#app/delivery/sender/claim_batch'
import { sendBatch } from '#app/delivery/sender/send_batch'
import { audience, connect, freeze, letTimePass } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { type ChaosRule, theProvider } from '#tests/support/stand_in'

const HOUR = 3_600_000

async function campaign({ rules = [] }: { rules?: ChaosRule[] } = {}) {
  const server = await theProvider()
  const story = await audience({ people: 2 })
  await connect(story.workspace)
  const frozen = await freeze(story)
  server.chaos(rules)
  return {
    ...story,
    ...frozen,
    server,
    claim: async () => (await claimBatch({ worker: 'test', workspaceId: story.workspace.id }))!,
    batch: () => db.from('batches').where('workspace_id', story.workspace.id).firstOrFail(),
  }
}

test.group('A worker that slept with a batch in its hand', () => {
  for (const [name, slept] of [
    ['and its clock went on', { wall: HOUR, steady: 0 }],
    ['and its clock was set back meanwhile', { wall: -HOUR, steady: HOUR }],
  ] as const) {
    test(`does not call: the key may be too old by now (${name})`, async ({ assert }) => {
      const story = await campaign({ rules: [{ effect: 'drop_after_accept', times: 1 }] })
      await sendBatch(await story.claim())
      await letTimePass(story.shipment)
      const batch = await story.claim()
      batch.takenAt = { wall: batch.takenAt.wall - slept.wall, steady: batch.takenAt.steady - slept.steady }
      await sendBatch(batch)
      assert.equal(story.server.stats().calls, 1)
      assert.containsSubset(await story.batch(), { state: 'sealed', doubtful: true })
      await sendBatch(await story.claim())
      assert.equal((await story.batch()).state, 'done')
      assert.equal(story.server.stats().replays, 1)
    })
  }

  test('does not seal what it asked about so long ago: whoever left meanwhile gets nothing', async ({ assert }) => {
    const story = await campaign()
    const batch = await story.claim()
    await db.rawQuery(`update batches set lease_until = lease_until - interval '31 seconds' where id = ?`, [batch.id])
    await sendBatch(batch)
    assert.equal(story.server.stats().calls, 0)
    assert.equal((await story.batch()).state, 'queued')
    await record(story.workspace, story.topic, [story.ids[0]], { action: 'withdraw' })
    await sendBatch(await story.claim())
    assert.deepEqual(Object.keys(story.server.ledger('c', String(story.campaignId))), [story.emails[1]])
  })
})
