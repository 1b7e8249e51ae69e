import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { suppress, addressHash } from '#consent'
import { sendAllOf, Shipment } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, progressOf, receiptOf } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { standIn } from '#tests/support/stand_in'
import { perPerson, waitingCampaign } from '#tests/support/waiting_campaign'

test.group('Sending', () => {
  test('everyone gets one mail of their own, and the campaign hears of the end', async ({ assert }) => {
    const story = await waitingCampaign()
    await story.send()
    const { rows: batches } = await db.rawQuery(
      `select b.*, s.state as campaign, s.not_before as from_when, clock_timestamp() as now from batches b
       join shipments s on s.workspace_id = b.workspace_id and s.id = b.shipment_id where b.workspace_id = ? order by b.no`,
      [story.workspace.id]
    )
    assert.deepEqual(
      batches.map((batch: any) => [batch.state, batch.last_error]),
      Array.from({ length: 3 }, () => ['done', null]),
      JSON.stringify(batches.map(({ contact_ids: _, sealed: __, ...batch }: any) => batch))
    )
    assert.lengthOf(Object.keys(story.ledger()), 250)
    assert.deepEqual(perPerson(story.ledger()), [1])
    const [mail] = await story.server.mails({ to: 'p7@people.test' })
    assert.equal(mail.subject, `Fresh bread, P${story.ids[7]}`)
    assert.include(mail.html, 'of Bristol')
    assert.match(mail.headers['List-Unsubscribe'], /^<http.*\/u\/[\w-]+>$/)
    assert.equal(mail.headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
    assert.deepEqual(mail.tags, { w: String(story.workspace.id), c: String(story.campaignId), m: String(story.ids[7]) })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 250, queued: 0, sending: 0 })
    assert.deepEqual(await story.announced('shipment.finished'), [
      { shipment_id: story.shipment.id, campaign_id: story.campaignId, problems: false },
    ])
  })

  test('only what the letter asks for is kept of a person', async ({ assert }) => {
    const story = await waitingCampaign({ people: 1 })
    await story.send()
    const message = await db.from('messages').where({ workspace_id: story.workspace.id }).first()
    const [{ sealed }] = await db.from('batches').where({ workspace_id: story.workspace.id })
    assert.deepEqual(sealed[0].merge, { contact: { first_name: `P${story.ids[0]}`, city: 'Bristol' } })
    assert.match(message.provider_id, /^[0-9a-f-]{36}$/)
  })

  test('who leaves between the freeze and the sending is withheld, with the reason', async ({ assert }) => {
    const story = await waitingCampaign({ people: 4 })
    const [ben, eve, gone] = story.ids
    await record(story.workspace, story.topic, [ben], { action: 'withdraw' })
    await db.transaction((trx) =>
      suppress({
        workspaceId: story.workspace.id,
        addresses: [{ hash: addressHash(story.workspace.id, story.emails[1]) }],
        reason: 'hard_bounce',
        source: 'test',
        actor: theSystem,
        trx,
      })
    )
    await db.from('contacts').where({ workspace_id: story.workspace.id, id: gone }).update({ deleted_at: new Date() })
    assert.equal(eve, story.ids[1])
    await story.send()
    assert.deepEqual(Object.keys(story.ledger()), ['p3@people.test'])
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 1 },
      withheld: { total: 3, reasons: { withdrawn: 1, suppressed_hard_bounce: 1, deleted: 1 } },
    })
  })

  test('a batch in which nobody may be written to any more does not hold up the end', async ({ assert }) => {
    const story = await waitingCampaign({ people: 2 })
    await record(story.workspace, story.topic, story.ids, { action: 'withdraw' })
    await story.send()
    assert.equal(story.server.stats().calls, 0)
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', withheld: 2 })
  })

  test('an audience of nobody ends at once', async ({ assert }) => {
    const story = await waitingCampaign({ people: 1 })
    await record(story.workspace, story.topic, story.ids, { action: 'withdraw' })
    const { shipment } = await freeze(story)
    await story.send()
    assert.containsSubset(await progressOf(shipment), { state: 'finished', candidates: 1, excluded: 1 })
  })

  test('a paused campaign sends nothing until it is resumed, as often as one likes', async ({ assert }) => {
    const story = await waitingCampaign()
    for (let time = 0; time < 3; time++) {
      await story.pause()
      await story.send()
      assert.lengthOf(Object.keys(story.ledger()), 0)
      await story.resume()
    }
    await story.send()
    assert.deepEqual(perPerson(story.ledger()), [1])
    assert.equal((await progressOf(story.shipment)).accepted, 250)
  })

  test('who still waits when a campaign is cancelled is accounted for', async ({ assert }) => {
    const story = await waitingCampaign()
    await story.cancel()
    await story.send()
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      cancelled: { total: 250, reasons: { cancelled: 250 } },
    })
    assert.equal((await progressOf(story.shipment)).state, 'cancelled')
    assert.isNotNull((await progressOf(story.shipment)).finished_at)
    await assert.rejects(() => story.resume(), /not possible/)
  })

  test('one refused address does not stop the rest, and is named', async ({ assert }) => {
    const addresses = Array.from({ length: 100 }, (_, no) => (no === 41 ? 'nobody@example.com' : `p${no}@people.test`))
    const story = await waitingCampaign({ addresses })
    await story.send()
    assert.lengthOf(Object.keys(story.ledger()), 99)
    assert.deepEqual(perPerson(story.ledger()), [1])
    const account = await receiptOf(story.shipment)
    assert.containsSubset(account, {
      closes: true,
      accepted: { total: 99 },
      failed: { total: 1, reasons: { refused_message: 1 } },
    })
    assert.containsSubset(await story.announced('shipment.finished'), [{ problems: true }])
  })

  test('trying the failed again sends to them only', async ({ assert }) => {
    const addresses = ['ada@people.test', 'nobody@example.com']
    const story = await waitingCampaign({ addresses })
    await story.send()
    await db
      .from('contacts')
      .where({ workspace_id: story.workspace.id, id: story.ids[1] })
      .update({ email: 'eve@people.test' })
    assert.deepEqual(await story.retry(), { retried: 1 })
    await story.send()
    assert.deepEqual(story.ledger(), { 'ada@people.test': 1, 'eve@people.test': 1 })
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 2 },
      failed: { total: 0 },
    })
  })

  test('refused one by one without a single success, it stops and asks', async ({ assert }) => {
    const addresses = Array.from({ length: 64 }, (_, no) => `p${no}@example.com`)
    const story = await waitingCampaign({ addresses })
    await story.send()
    const progress = await progressOf(story.shipment)
    assert.equal(progress.state, 'stopped')
    assert.match(progress.stop_reason!, /everyone_refused/)
    assert.isBelow(progress.failed, 30)
  })

  test('a text that breaks on one person fails for that person', async ({ assert }) => {
    const server = await standIn()
    process.env.RESEND_BASE_URL = server.url
    const story = await audience({ people: 3 })
    await connect(story.workspace)
    await db.rawQuery(
      `update contacts set attributes = jsonb_build_object('many', (select jsonb_agg(n) from generate_series(1, 3000) n))
       where workspace_id = ? and id = ?`,
      [story.workspace.id, story.ids[1]]
    )
    const content =
      '{% for a in contact.many %}{% for b in contact.many %}{% for c in contact.many %}x{% endfor %}{% endfor %}{% endfor %}Hello'
    const { shipment } = await freeze({ ...story, content })
    await sendAllOf({ workspaceId: story.workspace.id })
    assert.containsSubset(await receiptOf(shipment), {
      closes: true,
      accepted: { total: 2 },
      failed: { total: 1, reasons: { cannot_be_rendered: 1 } },
    })
    delete process.env.RESEND_BASE_URL
  })
})

test.group('Taking turns', () => {
  test('two campaigns are served alternately', async ({ assert }) => {
    const story = await waitingCampaign({ people: 300 })
    const second = await freeze(story)
    await story.send()
    const { rows } = await db.rawQuery(`select shipment_id from batches where workspace_id = ? order by sealed_at`, [
      story.workspace.id,
    ])
    assert.notEqual(rows.length, 0)
    assert.lengthOf(await Shipment.of(story.workspace), 2)
    assert.equal((await progressOf(second.shipment)).accepted, 300)
  })
})
