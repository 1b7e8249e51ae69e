import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { forgetMessages, markUnsubscribed, messages, sendAllOf } from '#delivery'
import { openSecret } from '#app/delivery/providers/secrets'
import { after, type Happening, type Standing } from '#app/delivery/feedback/message_states'
import { freeze, progressOf, receiptOf } from '#tests/support/campaign'
import { standing } from '#tests/support/consent'
import { sent, told } from '#tests/support/told_by_provider'

const hard = {
  bounce: { type: 'Permanent', subType: 'NoEmail', message: 'No such user', diagnosticCode: ['smtp; 550 5.1.1'] },
}
const soft = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'Full' } }

test.group('The door for the provider', () => {
  test('keeps a signed event once, however often it comes', async ({ client, assert }) => {
    const story = await sent({ client })
    const event = told(story, 0, 'email.delivered')
    assert.equal((await story.post(event, { id: 'msg_1' })).status, 200)
    assert.equal((await story.post(event, { id: 'msg_1' })).status, 200)
    assert.lengthOf(await story.events(), 1)
  })

  test('nothing unsigned comes in', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const event = told(story, 0, 'email.complained')
    assert.equal((await story.post(event, { signature: 'v1,AAAA' })).status, 401)
    assert.equal((await story.post(event, { key: 'somebody' })).status, 401)
    assert.equal((await story.post(event, { at: new Date(Date.now() - 6 * 60_000) })).status, 401)
    assert.equal((await story.post(event, { at: new Date(Date.now() + 6 * 60_000) })).status, 401)
    assert.equal(
      (await fetch(`${appUrl}/webhooks/resend/${story.account.webhook_key}`, { method: 'POST', body: '{}' })).status,
      400
    )
    assert.lengthOf(await story.events(), 0)
  })

  test('the signature covers the bytes: odd spacing and accents pass, a changed byte does not', async ({
    client,
    assert,
  }) => {
    const story = await sent({ client, people: 1 })
    const body = JSON.stringify(told(story, 0, 'email.sent', { subject: 'Crêpes — ☕' }), null, 3)
    assert.equal((await story.post(body)).status, 200)
    const id = 'msg_tampered'
    const signature = new Webhook(openSecret('webhook_secret', story.account.webhook_secret)).sign(id, new Date(), body)
    assert.equal((await story.post(body.replace('Crêpes', 'Crepes'), { id, signature })).status, 401)
  })

  test('what is signed and not an event is a 400, what is huge a 413', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    assert.equal((await story.post('not json')).status, 400)
    assert.equal((await story.post('{"type": 7}')).status, 400)
    assert.equal((await story.post('x'.repeat(1024 * 1024 + 1))).status, 413)
    assert.equal((await story.post(told(story, 0, 'email.sent', { subject: 'nul \u0000 byte' }))).status, 200)
    assert.equal(
      (await story.post(told(story, 0, 'email.sent', { 'subject': 'half \ud83d', 'a \u0000 \udcee': 1 }))).status,
      200
    )
  })

  test('an event of another workspace of the same team is acknowledged and not kept', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const event = told(story, 0, 'email.delivered', { tags: { w: '1', c: '2', m: '3' } })
    assert.equal((await story.post(event)).status, 200)
    assert.lengthOf(await story.events(), 0)
  })

  test('the way out of a subscription is not kept', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const headers = [{ name: 'List-Unsubscribe', value: '<https://bakery.test/u/token-of-ada>' }]
    await story.post(told(story, 0, 'email.sent', { headers }))
    assert.notInclude(JSON.stringify(await story.events()), 'token-of-ada')
  })
})

test.group('What the provider tells', () => {
  test('moves messages on and is counted', async ({ client, assert }) => {
    const story = await sent({ client })
    const [a, b, c] = story.emails
    await story.happen([
      { type: 'email.delivered', to: a },
      { type: 'email.bounced', to: b, details: hard },
      { type: 'email.delivery_delayed', to: c },
    ])
    assert.containsSubset(await progressOf(story.shipment), { accepted: 4, delivered: 1, bounced: 1, complained: 0 })
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { reasons: { delivered: 1, bounce_hard: 1, delayed: 1, accepted: 1 } },
    })
    assert.containsSubset(await story.message(1), { state: 'bounced', reason: 'bounce_hard' })
    const { data } = await messages({
      workspaceId: story.workspace.id,
      campaignId: story.campaignId,
      state: 'delivered',
      limit: 50,
    })
    assert.deepEqual(data[0].history.map(({ what }) => what).slice(-2), ['accepted', 'delivered'])
  })

  test('a permanent bounce suppresses the address, a full mailbox does not', async ({ client, assert }) => {
    const story = await sent({ client })
    await story.happen([
      { type: 'email.bounced', to: story.emails[0], details: hard },
      { type: 'email.bounced', to: story.emails[1], details: soft },
    ])
    const suppressed = await db.from('suppressions').where({ workspace_id: story.workspace.id })
    assert.deepEqual(
      suppressed.map(({ address, reason }) => [address, reason]),
      [[story.emails[0], 'hard_bounce']]
    )
  })

  test('three full mailboxes in thirty days do', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: soft }])
    for (let time = 0; time < 2; time++) {
      assert.lengthOf(await db.from('suppressions').where({ workspace_id: story.workspace.id }), 0)
      await freeze(story)
      await sendAllOf({ workspaceId: story.workspace.id })
      await story.happen([{ type: 'email.bounced', to: story.emails[0], details: soft }])
    }
    assert.lengthOf(await db.from('suppressions').where({ workspace_id: story.workspace.id }), 1)
  })

  test('who complains is suppressed and has withdrawn', async ({ client, assert }) => {
    const story = await sent({ client })
    await story.happen([
      { type: 'email.delivered', to: story.emails[0] },
      { type: 'email.complained', to: story.emails[0] },
    ])
    assert.equal(await standing(story.workspace, story.ids[0], story.topic), 'withdrawn')
    assert.containsSubset(await progressOf(story.shipment), { delivered: 1, complained: 1 })
    assert.isNotNull((await story.message(0)).unsubscribed_at)
    const { shipment } = await freeze(story)
    assert.deepEqual(shipment.excluded, { suppressed_complaint: 1 })
  })

  test('an event before our own commit waits for it', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await db.from('messages').where({ workspace_id: story.workspace.id }).delete()
    await story.post(told(story, 0, 'email.delivered'))
    await story.apply()
    assert.containsSubset((await story.events())[0], { outcome: 'waiting', applied_at: null, attempts: 1 })
    await db.rawQuery(
      `insert into messages (workspace_id, month, campaign_id, contact_id, batch_id, position, state, email)
       select workspace_id, month, campaign_id, ?, id, 0, 'accepted', 'p0@people.test' from batches where workspace_id = ?`,
      [story.ids[0], story.workspace.id]
    )
    await db
      .from('provider_events')
      .where({ workspace_id: story.workspace.id })
      .update({ not_before: new Date(0) })
    await story.apply()
    assert.equal((await story.message(0)).state, 'delivered')
    assert.equal((await story.events())[0].outcome, 'applied')
  })

  test('an event about a message that never was is kept and set aside', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.post(
      told(story, 0, 'email.bounced', { tags: { w: String(story.workspace.id), c: '999999999', m: '1' }, ...hard })
    )
    for (let time = 0; time < 8; time++) {
      await db
        .from('provider_events')
        .where({ workspace_id: story.workspace.id })
        .update({ not_before: new Date(0) })
      await story.apply()
    }
    const [event] = await story.events()
    assert.equal(event.outcome, 'unknown_message')
    assert.isNotNull(event.applied_at)
  })

  test('an event about an earlier mail to the same person changes nothing', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.post(told(story, 0, 'email.bounced', { email_id: 'an-earlier-one', ...hard }))
    await story.apply()
    assert.equal((await story.message(0)).state, 'accepted')
    assert.equal((await story.events())[0].outcome, 'other_mail')
  })

  test('an event clears up what was unconfirmed', async ({ client, assert }) => {
    const story = await sent({ client, people: 2 })
    await db
      .from('messages')
      .where({ workspace_id: story.workspace.id })
      .update({ state: 'unconfirmed', provider_id: null, accepted_at: null })
    await story.happen([{ type: 'email.delivered', to: story.emails[0] }])
    assert.containsSubset(await progressOf(story.shipment), { accepted: 1, delivered: 1, unconfirmed: 1 })
    assert.isTrue((await receiptOf(story.shipment)).closes)
  })

  test('a whole journey, shuffled and doubled, comes to the same end', async ({ client, assert }) => {
    const story = await sent({ client, people: 20, shuffle: 30, duplicate: 0.5 })
    await story.happen(
      story.emails.flatMap((to, no) => [
        { type: 'email.sent', to },
        { type: 'email.delivered', to },
        ...(no < 5 ? [{ type: 'email.bounced', to, details: hard }] : []),
        ...(no >= 15 ? [{ type: 'email.complained', to }] : []),
      ])
    )
    assert.containsSubset(await progressOf(story.shipment), { accepted: 20, bounced: 5, complained: 5, delivered: 15 })
  })

  test('an event about somebody who was erased meanwhile is counted, and stops nobody', async ({ client, assert }) => {
    const story = await sent({ client, people: 2 })
    await forgetMessages({ workspaceId: story.workspace.id, payload: { contact_id: story.ids[0] } })
    await story.happen(story.emails.map((to) => ({ type: 'email.bounced', to, details: hard })))
    assert.containsSubset(await progressOf(story.shipment), { bounced: 2 })
  })

  test('an event that cannot be worked out is set aside, the others go on', async ({ client, assert }) => {
    const story = await sent({ client, people: 2 })
    await db.from('messages').where({ contact_id: story.ids[0] }).update({ email: 'no address' })
    await story.happen(story.emails.map((to) => ({ type: 'email.bounced', to, details: hard })))
    const outcomes = async () =>
      (await story.events())
        .filter(({ type }) => type === 'email.bounced')
        .map(({ outcome }) => outcome)
        .sort()
    assert.deepEqual(await outcomes(), ['applied', 'waiting'])
    for (let time = 0; time < 8; time++) {
      await db
        .from('provider_events')
        .where({ workspace_id: story.workspace.id })
        .update({ not_before: new Date(0) })
      await story.apply()
    }
    assert.deepEqual(await outcomes(), ['applied', 'failed'])
  })

  test('any order of the same events gives the same standing', ({ assert }) => {
    const at = (second: number) => new Date(1_700_000_000_000 + second * 1_000)
    const happening = (state: Happening['state'], second: number): Happening => ({
      state,
      at: at(second),
      reason: state,
      note: null,
      providerId: 'x',
    })
    const events = [
      happening('sent', 1),
      happening('delayed', 2),
      happening('delivered', 3),
      happening('bounced', 9),
      happening('failed', 8),
    ]
    const start: Standing = {
      state: 'unconfirmed',
      stateAt: at(0),
      reason: null,
      note: null,
      providerId: null,
      acceptedAt: null,
      sentAt: null,
      delayedAt: null,
      deliveredAt: null,
      endedAt: null,
      foundAt: null,
    }
    const ends = permutations(events).map((order) => JSON.stringify(order.reduce(after, start)))
    assert.lengthOf([...new Set(ends)], 1)
    assert.containsSubset(JSON.parse(ends[0]), {
      state: 'failed',
      sentAt: at(1).toISOString(),
      delayedAt: at(2).toISOString(),
      deliveredAt: at(3).toISOString(),
    })
  })

  test('leaving through a mail is remembered with it, the first time', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const leave = () =>
      db.transaction((trx) =>
        markUnsubscribed({
          workspaceId: story.workspace.id,
          campaignId: story.campaignId,
          contactId: story.ids[0],
          trx,
        })
      )
    await leave()
    const { unsubscribed_at: first } = await story.message(0)
    await leave()
    assert.deepEqual((await story.message(0)).unsubscribed_at, first)
  })
})

function permutations<T>(items: T[]): T[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((item, no) => permutations(items.toSpliced(no, 1)).map((rest) => [item, ...rest]))
}
