import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { recipientUrls } from '#tracking'
import { audience, freeze, receiptOf } from '#tests/support/campaign'
import { startWorker, until } from '#tests/support/processes'

/** Three batches by the Outbox; a worker sends the first, and the others may leave from `goOn` on. */
async function halfSent() {
  await db.rawQuery(`update shipments set not_before = 'infinity' where finished_at is null`)
  const story = await audience({ people: 300 })
  const frozen = await freeze(story)
  const batches = () => db.from('batches').where({ shipment_id: frozen.shipment.id }).orderBy('no')
  await batches()
    .clone()
    .where('no', '>', 0)
    .update({ not_before: new Date(Date.now() + 3_600_000) })
  startWorker()
  await until('the first batch has left', async () => (await batches())[0].state === 'done')
  return {
    ...story,
    ...frozen,
    door: (contactId: number) =>
      recipientUrls({
        workspaceId: story.workspace.id,
        campaignId: frozen.campaignId,
        contactId,
        baseUrl: '',
        tracking: { opens: false, clicks: false },
      }),
    goOn: async () => {
      await db
        .from('batches')
        .where({ shipment_id: frozen.shipment.id, state: 'queued' })
        .update({ not_before: new Date() })
      await db.rawQuery(`select pg_notify('assent_delivery', '')`)
      await until('the campaign ends', async () => (await batches()).every(({ state }: any) => state === 'done'))
    },
    waiting: (await batches())[1].contact_ids as number[],
  }
}

test.group('While a campaign is sending', () => {
  test('who leaves, pauses or wants fewer mails gets nothing from the next batch on', async ({ client, assert }) => {
    const { workspace, topic, shipment, waiting, door, goOn } = await halfSent()
    const [leaves, pauses, everything, fewer, stays] = waiting
    ;(await client.post(door(leaves).unsubscribe)).assertStatus(200)
    const day = DateTime.utc().plus({ days: 9 }).toISODate()!
    await client.post(door(pauses).preferences).form({ do: 'pause', about: String(topic.id), until: day })
    await client.post(door(everything).preferences).form({ do: 'leave' })
    await client.post(door(fewer).preferences).form({ do: 'often', about: '0', pace: 'weekly' })
    const another = await freeze({ workspace, topic, delaySeconds: 86_400 })
    await goOn()

    const stateOf = async (contactId: number) => {
      const row = await db.from('messages').where({ workspace_id: workspace.id, contact_id: contactId }).first()
      return [row.state, row.reason]
    }
    assert.deepEqual(await stateOf(leaves), ['withheld', 'withdrawn'])
    assert.deepEqual(await stateOf(pauses), ['withheld', 'paused_by_reader'])
    assert.deepEqual(await stateOf(everything), ['withheld', 'suppressed_unsubscribed_all'])
    assert.deepEqual(await stateOf(fewer), ['accepted', null], 'their first mail in a week')
    assert.deepEqual(await stateOf(stays), ['accepted', null])
    const account = await receiptOf(shipment)
    assert.isTrue(account.closes)
    assert.equal(account.withheld.total, 3)

    await db.from('shipments').where('id', another.shipment.id).update({ not_before: new Date() })
    await db.rawQuery(`select pg_notify('assent_delivery', '')`)
    await ended(another.shipment)
    const second = await receiptOf(another.shipment)
    assert.equal(second.withheld.reasons.frequency, 1, 'who wants one mail a week had it')
    assert.isTrue(second.closes)
  })
})

const ended = ({ id }: { id: number }) =>
  until(
    'the second campaign ends',
    async () => (await db.from('shipments').where('id', id).first()).finished_at !== null
  )
