import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { pauseShipment, resumeShipment, sendAllOf } from '#delivery'
import { claimBatch } from '#app/delivery/sender/claim_batch'
import { sendBatch } from '#app/delivery/sender/send_batch'
import { theSystem } from '#identity'
import { capOf } from '#app/delivery/warm_up/curves'
import { audience, connect, freeze, letTimePass, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'
import { bakery, memberOf } from '#tests/support/workspace'

/** 400 people of a bakery whose domain is on its first day: 150 mails. */
async function firstDay(client: any, rules: any[] = []) {
  const server = await theProvider()
  const story = await audience({ people: 400 })
  await connect(story.workspace)
  const started = await client.put('/api/v1/warm-ups/Bakery.test').bearerToken(story.token).json({ curve: 'new' })
  started.assertStatus(200)
  const { shipment } = await freeze(story)
  server.chaos(rules)
  const workspaceId = story.workspace.id
  return {
    ...story,
    server,
    shipment,
    warmUp: async () => (await client.get('/api/v1/warm-ups').bearerToken(story.token)).body().data[0],
    async sendAll() {
      for (let round = 0; round < 8; round++) {
        await letTimePass(shipment)
        await sendAllOf({ workspaceId })
      }
    },
    /** As if a night had passed. */
    async night() {
      await db.rawQuery(
        `update warm_ups set started_on = started_on - 1, day = day - 1 where workspace_id = ? and day > '-infinity'`,
        [workspaceId]
      )
      await db
        .from('shipments')
        .where({ workspace_id: workspaceId })
        .whereNotNull('waits_until')
        .update({ waits_until: new Date() })
    },
  }
}

test.group('The warm-up of a domain', () => {
  test('lets so many leave a day, and tells what waits for tomorrow', async ({ client, assert }) => {
    const story = await firstDay(client)
    await story.sendAll()
    assert.equal(story.server.stats().accepted, 150)
    const progress = await progressOf(story.shipment)
    assert.containsSubset(progress, { accepted: 150, queued: 250, waiting_for: { reason: 'warm_up' } })
    assert.match(progress.waiting_for!.until, /T00:00:00.000Z$/)
    assert.containsSubset(await story.warmUp(), { domain: 'bakery.test', day: 1, today: { cap: 150, taken: 150 } })
    await story.night()
    await story.sendAll()
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 400, waiting_for: null })
    assert.containsSubset(await story.warmUp(), { day: 2, today: { cap: 250, taken: 250 } })
    assert.equal(story.server.stats().duplicates, 0)
  })

  test('counts nothing that did not leave', async ({ client, assert }) => {
    const story = await firstDay(client, [{ effect: 'rate_limit', times: 3 }])
    await story.sendAll()
    assert.equal(story.server.stats().accepted, 150)
    assert.containsSubset(await story.warmUp(), { today: { taken: 150 } })
  })

  test('what was paused before it could be sealed counts for nothing', async ({ client, assert }) => {
    const story = await firstDay(client)
    const batch = (await claimBatch({ worker: 'test', workspaceId: story.workspace.id }))!
    const of = { workspaceId: story.workspace.id, shipmentId: story.shipment.id, actor: theSystem }
    await db.transaction((trx) => pauseShipment({ ...of, trx }))
    await sendBatch(batch)
    assert.containsSubset(await story.warmUp(), { today: { taken: 0 } })
    await db.transaction((trx) => resumeShipment({ ...of, trx }))
    await story.sendAll()
    assert.equal(story.server.stats().accepted, 150)
  })

  test('ended, nothing waits for it any more', async ({ client, assert }) => {
    const story = await firstDay(client)
    await story.sendAll()
    ;(await client.delete('/api/v1/warm-ups/bakery.test').bearerToken(story.token)).assertStatus(204)
    await new Promise((resolve) => setTimeout(resolve, 10))
    await story.sendAll()
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 400 })
    assert.isUndefined(await story.warmUp())
  })

  test('grows by half a day after the first week and ends after thirty', ({ assert }) => {
    assert.deepEqual(
      [1, 7, 8, 9, 30, 31].map((day) => capOf('new', day)),
      [150, 2_000, 3_000, 4_500, 22_445_483, null]
    )
  })

  test('is for whoever may change settings; a name is a name', async ({ client }) => {
    const { workspace, token } = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const put = (domain: string, who: string, body: object = { curve: 'new' }) =>
      client.put(`/api/v1/warm-ups/${domain}`).bearerToken(who).json(body)
    ;(await put('bakery.test', viewer.token)).assertStatus(403)
    ;(await put('no_name', token)).assertStatus(422)
    ;(await put('bakery.test', token, { curve: 'steep' })).assertStatus(422)
  })
})

test.group('An audience while the domain is warmed up', () => {
  test('has those first who reacted last', async ({ assert }) => {
    const story = await audience({ people: 250 })
    const month = `${new Date().toISOString().slice(0, 7)}-01`
    await db.rawQuery('select ensure_month_partitions(?)', [month])
    const [early, late] = [story.ids[240], story.ids[245]]
    for (const [contactId, minutes] of [
      [early, 60],
      [late, 5],
    ]) {
      await db.table('engagements').insert({
        workspace_id: story.workspace.id,
        month,
        campaign_id: 1,
        contact_id: contactId,
        kind: 'click',
        verdict: 'human',
        rule: 'test',
        occurred_at: new Date(Date.now() - minutes * 60_000),
      })
    }
    await freeze({ ...story, timing: { isEngagedFirst: true } })
    const [first] = await db.from('batches').where({ workspace_id: story.workspace.id, no: 0 })
    assert.includeMembers(first.contact_ids, [early, late])
    assert.lengthOf(first.contact_ids, 100)
  })
})
