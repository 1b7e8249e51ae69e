import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, cancelShipment, cleanPaces, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { knownPaces } from '#app/delivery/domain_pace/paces'
import { letParkedGo } from '#app/delivery/domain_pace/let_parked_go'
import { audience, connect, freeze, progressOf, receiptOf } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { theProvider } from '#tests/support/stand_in'

/** So many readers at gmail.com and so many elsewhere, by an account of their own; one campaign has left to them. */
async function bakery({ gmail = 40, elsewhere = 60 } = {}) {
  const server = await theProvider()
  const addresses = [
    ...Array.from({ length: gmail }, (_, no) => `g${no}@${no % 2 ? 'gmail.com' : 'googlemail.com'}`),
    ...Array.from({ length: elsewhere }, (_, no) => `p${no}@people.test`),
  ]
  const story = await audience({ addresses })
  const { account, apiKey } = await connect(story.workspace)
  const workspaceId = story.workspace.id
  const pace = () => db.from('domain_paces').where({ account, domain: 'gmail.com' }).first()
  let events = 0
  return {
    ...story,
    server,
    account,
    apiKey,
    pace,
    freeze: () => freeze(story),
    send: async () => {
      await knownPaces({ fresh: true })
      return sendAllOf({ workspaceId })
    },
    /** The pace has had so many seconds to fill up. */
    async after(seconds: number) {
      await db.rawQuery(
        `update domain_paces set refilled_at = refilled_at - make_interval(secs => ?), grown_at = grown_at - make_interval(secs => ?),
           cut_at = cut_at - make_interval(secs => ?), last_deferral_at = last_deferral_at - make_interval(secs => ?),
           used_at = used_at - make_interval(secs => ?), since = since - make_interval(secs => ?) where account = ?`,
        [...Array(6).fill(seconds), account]
      )
      await knownPaces({ fresh: true })
    },
    /** The provider tells of so many readers of a campaign. */
    async tell(type: string, campaignId: number, people: number[], data: object = {}, at = new Date()) {
      const rows = await db
        .from('messages')
        .where({ workspace_id: workspaceId, campaign_id: campaignId })
        .whereIn('contact_id', people)
      await db.table('provider_events').multiInsert(
        rows.map((row) => ({
          workspace_id: workspaceId,
          event_id: `e-${workspaceId}-${++events}`,
          type: `email.${type}`,
          body: JSON.stringify({
            data: {
              email_id: row.provider_id,
              tags: { w: String(workspaceId), c: String(campaignId), m: String(row.contact_id) },
              ...data,
            },
          }),
          occurred_at: at,
        }))
      )
      await knownPaces({ fresh: true })
      await applyEvents({ workspaceId })
    },
  }
}

type Bakery = Awaited<ReturnType<typeof bakery>>

/** A campaign after which gmail.com asked for patience: what is sent from here on is limited. */
async function slowed(sizes?: { gmail?: number; elsewhere?: number }): Promise<Bakery> {
  const story = await bakery(sizes)
  const { campaignId } = await story.freeze()
  await story.send()
  await story.tell('delivery_delayed', campaignId, story.ids.slice(0, 6))
  return story
}

/** Lets seconds pass and what may go leave, until the campaign is out. */
async function untilSent(story: Bakery, shipment: any, seconds = 10): Promise<number[]> {
  const counts: number[] = []
  for (let round = 0; round < 60; round++) {
    await letParkedGo({ account: story.account })
    await story.send()
    const progress = await progressOf(shipment)
    counts.push(progress.accepted)
    if (progress.finished_at) return counts
    await story.after(seconds)
  }
  throw new Error(`It was not sent in 60 rounds: ${counts}`)
}

const RATE = {
  bounce: {
    type: 'Transient',
    subType: 'General',
    message: '421 4.7.28 Unusual rate of mail',
    diagnosticCode: ['smtp; 421-4.7.28 rate'],
  },
}

test.group('The pace of a mailbox provider', () => {
  test('nobody is limited, and nobody asked for, until one defers', async ({ assert }) => {
    const story = await bakery()
    const { shipment } = await story.freeze()
    await story.send()
    assert.containsSubset(await progressOf(shipment), { accepted: 100, slowed: [] })
    assert.lengthOf(await db.from('batches').where({ workspace_id: story.workspace.id }), 1)
    assert.isNull(await story.pace())
  })

  test('its people wait in batches of their own while the others leave; screens say why', async ({ assert }) => {
    const story = await slowed()
    assert.equal((await story.pace()).per_minute, 600)
    const { shipment } = await story.freeze()
    await story.send()
    const progress = await progressOf(shipment)
    assert.containsSubset(progress, {
      accepted: 60,
      queued: 40,
      slowed: [{ domain: 'gmail.com', per_hour: 36_000, people: 40 }],
    })
    assert.equal(progress.waiting_for!.reason, 'slow_domain')
    assert.deepEqual(progress.plan, [])
    const counts = await untilSent(story, shipment, 5)
    assert.equal(counts.at(-1), 100)
    assert.containsSubset(await receiptOf(shipment), { closes: true, accepted: { total: 100 } })
    assert.equal(story.server.stats().duplicates, 0)
  })

  test('a few delays among many arrivals are full mailboxes, no reason to be slow', async ({ assert }) => {
    const story = await bakery({ gmail: 200, elsewhere: 0 })
    const { campaignId } = await story.freeze()
    await story.send()
    await story.tell('delivery_delayed', campaignId, story.ids.slice(0, 2))
    await story.tell('delivered', campaignId, story.ids.slice(10, 190))
    await story.tell('delivery_delayed', campaignId, story.ids.slice(2, 7))
    assert.containsSubset(await story.pace(), { per_minute: null, deferred: 7, arrived: 180 })
    await story.tell('delivery_delayed', campaignId, story.ids.slice(190, 200))
    assert.equal((await story.pace()).per_minute, 600)
  })

  test('a server that says it is about the rate is believed at once', async ({ assert }) => {
    const story = await bakery()
    const { campaignId } = await story.freeze()
    await story.send()
    await story.tell('bounced', campaignId, [story.ids[0]], RATE)
    assert.equal((await story.pace()).per_minute, 600)
  })

  test('old news that come late say nothing about now', async ({ assert }) => {
    const story = await bakery()
    const { campaignId } = await story.freeze()
    await story.send()
    await story.tell('bounced', campaignId, [story.ids[0]], RATE, new Date(Date.now() - 3_600_000))
    assert.isNull(await story.pace())
  })

  test('a full mailbox that sends back is not', async ({ assert }) => {
    const story = await bakery()
    const { campaignId } = await story.freeze()
    await story.send()
    const bounce = {
      type: 'Transient',
      subType: 'MailboxFull',
      message: 'full',
      diagnosticCode: ['smtp; 452 4.2.2 mailbox full'],
    }
    await story.tell('bounced', campaignId, story.ids.slice(0, 10), { bounce })
    assert.isNull(await story.pace())
  })

  test('a storm of deferrals halves it once in two minutes, never below six a minute', async ({ assert }) => {
    const story = await slowed({ gmail: 80, elsewhere: 0 })
    const { campaignId, shipment } = await story.freeze()
    await untilSent(story, shipment)
    const storm = (from: number) => story.tell('delivery_delayed', campaignId, story.ids.slice(from, from + 8))
    await story.after(130)
    for (const from of [0, 8, 16]) await storm(from)
    assert.equal((await story.pace()).per_minute, 300)
    const paces = []
    for (let from = 24; from < 80; from += 8) {
      await story.after(130)
      await storm(from)
      paces.push((await story.pace()).per_minute)
    }
    assert.deepEqual(paces, [150, 75, 37, 18, 9, 6, 6])
  })

  test('used for a minute without a deferral it grows; calm for days it is forgotten, and who waited is free', async ({
    assert,
  }) => {
    const story = await slowed()
    const { shipment } = await story.freeze()
    await story.send()
    await story.after(130)
    await letParkedGo({ account: story.account })
    await story.after(61)
    await letParkedGo({ account: story.account })
    await story.send()
    assert.equal((await progressOf(shipment)).accepted, 100)
    const { shipment: next } = await story.freeze()
    await story.send()
    await letParkedGo({ account: story.account })
    assert.equal((await story.pace()).per_minute, 630)
    const { shipment: last } = await story.freeze()
    await story.send()
    assert.equal((await progressOf(last)).queued, 40)
    await story.after(3 * 86_400)
    await letParkedGo({ account: story.account })
    assert.isNull(await story.pace())
    await story.send()
    assert.containsSubset(await progressOf(last), { state: 'finished', accepted: 100 })
    assert.containsSubset(await progressOf(next), { state: 'finished', accepted: 100 })
  })

  test('two campaigns share it by turns: a small one does not wait for a large one', async ({ assert }) => {
    const story = await slowed({ gmail: 300, elsewhere: 0 })
    await db.from('domain_paces').where({ account: story.account }).update({ per_minute: 60 })
    const { shipment: large } = await story.freeze()
    const other = await audience({ addresses: Array.from({ length: 20 }, (_, no) => `n${no}@gmail.com`) })
    await connect(other.workspace, { apiKey: story.apiKey })
    const { shipment: small } = await freeze(other)
    await story.send()
    await sendAllOf({ workspaceId: other.workspace.id })
    assert.equal((await progressOf(small)).queued, 20)
    for (let round = 0; round < 20; round++) {
      await story.after(10)
      await letParkedGo({ account: story.account })
      await story.send()
      await sendAllOf({ workspaceId: other.workspace.id })
    }
    assert.equal((await progressOf(small)).accepted, 20)
    const { accepted } = await progressOf(large)
    assert.isTrue(accepted >= 120 && accepted < 300, `${accepted} of the large one`)
    assert.equal(story.server.stats().duplicates, 0)
  })

  test('two workers at once keep to one pace', async ({ assert }) => {
    const story = await slowed({ gmail: 300, elsewhere: 0 })
    await db
      .from('domain_paces')
      .where({ account: story.account })
      .update({ per_minute: 120, tokens: 0, refilled_at: new Date() })
    const began = Date.now()
    const { shipment } = await story.freeze()
    await story.send()
    const worker = async () => {
      for (let round = 0; round < 5; round++) {
        await letParkedGo({ account: story.account })
        await sendAllOf({ workspaceId: story.workspace.id })
      }
    }
    for (let minute = 0; minute < 2; minute++) {
      await Promise.all([worker(), worker(), worker()])
      await story.after(10)
    }
    await Promise.all([worker(), worker(), worker()])
    const { accepted } = await progressOf(shipment)
    const seconds = 20 + (Date.now() - began) / 1_000
    assert.isAtMost(accepted, 2 * seconds + 100, 'two a second, and at most one piece beyond')
    assert.equal(story.server.stats().duplicates, 0)
  })

  test('each person is put aside once, however often the batches are looked at', async ({ assert }) => {
    const story = await slowed({ gmail: 250, elsewhere: 250 })
    const { shipment } = await story.freeze()
    await untilSent(story, shipment)
    const batches = await db.from('batches').where({ workspace_id: story.workspace.id, shipment_id: shipment.id })
    const places = batches.flatMap(({ contact_ids: ids }) => ids).filter((id: number) => story.ids.includes(id))
    assert.isAtMost(places.length, 2 * 500)
    assert.equal((await progressOf(shipment)).accepted, 500)
  })

  test('who leaves while they wait gets nothing, and a cancelled campaign accounts for them', async ({ assert }) => {
    const story = await slowed()
    const { shipment } = await story.freeze()
    const { shipment: second } = await story.freeze()
    await story.send()
    await record(story.workspace, story.topic, [story.ids[0]], { action: 'withdraw' })
    await db.transaction((trx) =>
      cancelShipment({ workspaceId: story.workspace.id, shipmentId: second.id, actor: theSystem, trx })
    )
    await untilSent(story, shipment, 5)
    assert.containsSubset(await receiptOf(shipment), { closes: true, accepted: { total: 99 }, withheld: { total: 1 } })
    assert.containsSubset(await receiptOf(second), { closes: true, accepted: { total: 60 }, cancelled: { total: 40 } })
  })

  test('a domain that deferred a little is no longer counted after an hour', async ({ assert }) => {
    const story = await bakery()
    const { campaignId } = await story.freeze()
    await story.send()
    await story.tell('delivery_delayed', campaignId, story.ids.slice(0, 2))
    assert.equal((await story.pace()).deferred, 2)
    await story.after(3_700)
    await cleanPaces()
    assert.isNull(await story.pace())
  })
})
