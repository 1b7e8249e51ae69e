import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, forgetMessages, markUnsubscribed, sendAllOf } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { audience, connect, freeze, letTimePass, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'

/** Two people whose mails the provider took, while its answer to us was lost. */
async function lostAnswer() {
  const server = await theProvider()
  const story = await audience({ people: 2 })
  await connect(story.workspace)
  const frozen = await freeze(story)
  server.chaos([{ effect: 'drop_after_accept', times: 1 }])
  const workspaceId = story.workspace.id
  await sendAllOf({ workspaceId })
  return {
    ...story,
    ...frozen,
    workspaceId,
    server,
    async arrives() {
      await letTimePass(frozen.shipment)
      await sendAllOf({ workspaceId })
    },
    message: (no: number) =>
      db.from('messages').where({ workspace_id: workspaceId, contact_id: story.ids[no] }).first(),
  }
}

/** Whatever waits for its time is due now. */
const due = (table: 'domain_events' | 'provider_events', workspaceId: number) =>
  db
    .from(table)
    .where({ workspace_id: workspaceId })
    .update({ not_before: new Date(0) })

test.group('Who was erased', () => {
  test('is in no word that the provider said of their batch', async ({ assert }) => {
    const server = await theProvider()
    const story = await audience({ addresses: ['ada@people.test'] })
    await connect(story.workspace)
    await freeze(story)
    const message = 'Invalid `to` field: ada@people.test'
    server.chaos([{ effect: 'status', status: 422, name: 'validation_error', message, times: 1 }])
    const workspaceId = story.workspace.id
    await sendAllOf({ workspaceId })
    const written = async () =>
      JSON.stringify([
        await db.from('batches').where({ workspace_id: workspaceId }),
        await db.from('messages').where({ workspace_id: workspaceId }),
      ])
    assert.include(await written(), 'ada@people.test')
    await forgetMessages({ workspaceId, payload: { contact_id: story.ids[0] } })
    assert.notInclude(await written(), 'ada@people.test')
  })
})

test.group('While a mail is on the way', () => {
  test('its people are counted as being sent, and have no message yet', async ({ assert }) => {
    const story = await lostAnswer()
    assert.containsSubset(await progressOf(story.shipment), { sending: 2, queued: 0, accepted: 0 })
    assert.isNull(await story.message(0))
    await story.arrives()
    assert.containsSubset(await progressOf(story.shipment), { sending: 0, accepted: 2, state: 'finished' })
    assert.equal(story.server.stats().accepted, 2)
  })

  test('what the provider tells waits for as long as that takes', async ({ assert }) => {
    const story = await lostAnswer()
    const { workspaceId } = story
    const tags = { w: String(workspaceId), c: String(story.campaignId), m: String(story.ids[0]) }
    const [{ id }] = await story.server.mails({ to: story.emails[0] })
    await db.table('provider_events').insert({
      workspace_id: workspaceId,
      event_id: 'msg_early',
      type: 'email.delivered',
      body: JSON.stringify({ type: 'email.delivered', data: { email_id: id, to: [story.emails[0]], tags } }),
      occurred_at: new Date(),
    })
    for (let round = 0; round < 10; round++) {
      await due('provider_events', workspaceId)
      await applyEvents({ workspaceId })
    }
    const event = () => db.from('provider_events').where({ workspace_id: workspaceId }).first()
    assert.containsSubset(await event(), { outcome: 'waiting', applied_at: null })
    await story.arrives()
    await due('provider_events', workspaceId)
    await applyEvents({ workspaceId })
    assert.equal((await event()).outcome, 'applied')
    assert.equal((await story.message(0)).state, 'delivered')
  })

  test('who leaves through it is counted when it has arrived, with the moment', async ({ assert }) => {
    const story = await lostAnswer()
    const { workspaceId, campaignId } = story
    const before = Date.now()
    await db.transaction((trx) => markUnsubscribed({ workspaceId, campaignId, contactId: story.ids[1], trx }))
    await dispatchDueEvents(listeners, { workspaceId })
    await story.arrives()
    assert.isNull((await story.message(1)).unsubscribed_at)
    const arrived = Date.now()
    await due('domain_events', workspaceId)
    await dispatchDueEvents(listeners, { workspaceId })
    const at = (await story.message(1)).unsubscribed_at.getTime()
    assert.isTrue(at >= before && at <= arrived)
    assert.isNull((await story.message(0)).unsubscribed_at)
  })

  test('an erased person whom a worker may be about to seal is not forgotten too early', async ({ assert }) => {
    const story = await audience({ people: 1 })
    await freeze(story)
    const erased = { workspaceId: story.workspace.id, payload: { contact_id: String(story.ids[0]) } }
    await db.from('batches').where({ workspace_id: story.workspace.id }).update({ state: 'leased' })
    await assert.rejects(() => forgetMessages(erased), /on its way/)
    await db.from('batches').where({ workspace_id: story.workspace.id }).update({ state: 'queued' })
    await forgetMessages(erased)
  })

  test('an erased person is forgotten as soon as the same call need not be made again', async ({ assert }) => {
    const story = await lostAnswer()
    const erased = { workspaceId: story.workspaceId, payload: { contact_id: String(story.ids[0]) } }
    await assert.rejects(() => forgetMessages(erased), /on its way/)
    await story.arrives()
    await forgetMessages(erased)
    assert.isNull((await story.message(0)).email)
    const [{ sealed }] = await db.from('batches').where({ workspace_id: story.workspaceId })
    assert.deepEqual(sealed[0], { id: story.ids[0] })
    assert.equal(sealed[1].email, story.emails[1])
  })
})
