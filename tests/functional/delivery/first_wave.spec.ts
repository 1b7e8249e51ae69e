import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { judgePilots, markUnsubscribed, resumeShipment, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, letTimePass, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'

/** A campaign to 3,000 people whose first wave, 1 of 30 batches, has left. */
async function waved() {
  const server = await theProvider()
  const story = await audience({ people: 3_000 })
  await connect(story.workspace)
  const frozen = await freeze({ ...story, pilotMinutes: () => 15 })
  const workspaceId = story.workspace.id
  const messages = () => db.from('messages').where({ workspace_id: workspaceId })
  await sendAllOf({ workspaceId })
  return {
    ...story,
    ...frozen,
    server,
    workspaceId,
    messages,
    /** As if so many of the first wave had come to this end. */
    /** One person of it waits, as these facts say. */
    async waits(facts: Record<string, unknown>) {
      const [first] = await db.from('batches').where({ workspace_id: workspaceId, no: 0 })
      await db.table('batches').insert({
        workspace_id: workspaceId,
        shipment_id: first.shipment_id,
        campaign_id: first.campaign_id,
        month: first.month,
        no: 0,
        contact_ids: [1],
        idempotency_key: `waits-${workspaceId}`,
        not_before: new Date(Date.now() + 3_600_000),
        ...facts,
      })
    },
    async became(state: string, people: number) {
      const those = await messages().orderBy('contact_id').limit(people)
      await messages()
        .whereIn(
          'contact_id',
          those.map((row) => row.contact_id)
        )
        .update({ state })
    },
    async judge() {
      await judgePilots({ workspaceId })
      await db
        .from('shipments')
        .where({ workspace_id: workspaceId })
        .whereNotNull('judged_at')
        .update({ judged_at: new Date(0) })
      await judgePilots({ workspaceId })
    },
    async sendRest() {
      for (let round = 0; round < 50 && !(await progressOf(frozen.shipment)).finished_at; round++) {
        await letTimePass(frozen.shipment)
        await sendAllOf({ workspaceId })
      }
    },
  }
}

test.group('A first wave', () => {
  test('is judged without those whom a mailbox took not now, and not without those who just wait', async ({
    assert,
  }) => {
    const story = await waved()
    await story.waits({ deferrals: 1 })
    await story.judge()
    assert.isNull((await db.from('shipments').where({ workspace_id: story.workspaceId }).first()).released)
    const other = await waved()
    await other.waits({ deferrals: 0 })
    await other.judge()
    assert.isNotNull((await db.from('shipments').where({ workspace_id: other.workspaceId }).first()).released)
  })

  test('goes alone, to people drawn by lot, and is given time for answers', async ({ assert }) => {
    const story = await waved()
    const first = await story.messages().orderBy('contact_id')
    assert.lengthOf(first, 100)
    const places = first.map(({ contact_id: id }) => story.ids.indexOf(id))
    assert.isAbove(places.filter((place) => place > 1_500).length, 10)
    assert.containsSubset(await progressOf(story.shipment), {
      queued: 2_900,
      first_wave: { mails: 100, judged_at: null },
    })
    await judgePilots({ workspaceId: story.workspaceId })
    const { first_wave: wave } = await progressOf(story.shipment)
    const wait = new Date(wave!.judged_at!).getTime() - Date.now()
    assert.isTrue(wait > 14 * 60_000 && wait <= 15 * 60_000)
    await story.sendRest()
    assert.lengthOf(await story.messages(), 100)
  })

  test('that was received well lets the rest go', async ({ assert }) => {
    const story = await waved()
    await story.became('bounced', 4)
    await story.judge()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', first_wave: null })
    await story.sendRest()
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3_000 })
  })

  for (const [state, people] of [
    ['bounced', 5],
    ['complained', 2],
  ] as const) {
    test(`of which too many ${state} stops the rest, until a person says that it may go`, async ({ assert }) => {
      const story = await waved()
      await story.became(state, people)
      await story.judge()
      const stopped = await progressOf(story.shipment)
      assert.equal(stopped.state, 'stopped')
      assert.match(stopped.stop_reason!, new RegExp(`^first_wave: ${people} of the first 100 mails `))
      await sendAllOf({ workspaceId: story.workspaceId })
      assert.lengthOf(await story.messages(), 100)
      const { workspaceId, shipment } = story
      await db.transaction((trx) => resumeShipment({ workspaceId, shipmentId: shipment.id, actor: theSystem, trx }))
      await story.sendRest()
      assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3_000 })
    })
  }

  test('whose readers leave stops it, too', async ({ assert }) => {
    const story = await waved()
    const leaving = (await story.messages().limit(3)).map((row) => row.contact_id)
    for (const contactId of leaving) {
      const { workspaceId, campaignId } = story
      await db.transaction((trx) => markUnsubscribed({ workspaceId, campaignId, contactId, trx }))
    }
    await story.judge()
    assert.match((await progressOf(story.shipment)).stop_reason!, /made their readers leave/)
  })
})
