import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { refreshQuotas, resumeShipment, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, letTimePass, progressOf } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'
import { campaign, door } from '#tests/support/written_campaign'

/** The bakery's account at a stand-in with such quotas. */
async function account(options: Record<string, unknown>) {
  const server = await theProvider(options)
  return server
}

/** What the review of a campaign to three people says of the quota. */
async function reviewed(client: any, options: Record<string, unknown>, connection = {}) {
  const server = await account(options)
  const made = await campaign(client)
  await connect(made.workspace, connection)
  const check = async () =>
    (await made.api.get(`/${made.id}/preflight`)).body().checks.find(({ id }: any) => id === 'quota')
  return { ...made, server, check }
}

/** A campaign on its way, by an account with such quotas. */
async function sent(options: Record<string, unknown>, people = 250) {
  const server = await account(options)
  const story = await audience({ people })
  const { account: name } = await connect(story.workspace)
  const { shipment } = await freeze(story)
  const workspaceId = story.workspace.id
  return {
    ...story,
    server,
    shipment,
    account: name,
    send: () => sendAllOf({ workspaceId }),
    progress: () => progressOf(shipment),
    resume: () =>
      db.transaction((trx) => resumeShipment({ workspaceId, shipmentId: shipment.id, actor: theSystem, trx })),
    /** As if the last question to the provider lay some minutes back. */
    async askAgain() {
      await db
        .from('quotas')
        .where({ account: name })
        .update({ asked_at: new Date(0) })
      await refreshQuotas({ workspaceId })
    },
  }
}

test.group('The quota, before', () => {
  test('is part of the review, with its numbers', async ({ client, assert }) => {
    const { check } = await reviewed(client, { monthlyQuota: 1_200 })
    const found = await check()
    assert.equal(found.level, 'ok')
    assert.match(found.message, /^You may send 1,200 more until 1 \w+; this campaign needs 3\.$/)
    assert.containsSubset(found.evidence, { needed: 3, waiting: 0, told: true, monthly: { used: 0, limit: 1_200 } })
  })

  test('too small for a month: the review says how many are too many', async ({ client, assert }) => {
    const { check } = await reviewed(client, { monthlyQuota: 2, dailyQuota: 100 })
    const found = await check()
    assert.equal(found.level, 'warn', 'nothing reaches people by way of a stand-in, so it is advice')
    assert.match(found.message, /^You may send 2 more until 1 \w+; this campaign needs 3\.$/)
    assert.equal(found.fix, 'Choose fewer people, or a larger plan at the provider.')
  })

  test('too small for today: the others get it later', async ({ client, assert }) => {
    const { check } = await reviewed(client, { dailyQuota: 1 })
    const found = await check()
    assert.equal(found.level, 'warn')
    assert.match(found.message, /^You may send 1 more until \d+ \w+, 00:00 \S+; this campaign needs 3\.$/)
    assert.match(found.fix, /^2 get it later/)
  })

  test('what waits already is counted, also that of others who use the same key', async ({ client, assert }) => {
    const apiKey = `re_shared_${Date.now()}`
    const { check } = await reviewed(client, { monthlyQuota: 12 }, { apiKey })
    const other = await audience({ people: 10 })
    await connect(other.workspace, { apiKey })
    await freeze(other)
    const found = await check()
    assert.equal(found.level, 'warn')
    assert.match(found.message, /this campaign needs 3\. 10 that wait already go first\.$/)
    await db.from('shipments').where({ workspace_id: other.workspace.id }).update({ finished_at: new Date() })
  })

  test('a key that may only send is told by the way only, and the review says so', async ({ client, assert }) => {
    const { check, workspace, token, id } = await reviewed(client, {}, { apiKey: `re_restricted_${Date.now()}` })
    assert.match((await check()).message, /not told to a key that may only send\. Should/)
    await door(client, token).post(`/${id}/send`)
    await db
      .from('shipments')
      .where({ workspace_id: workspace.id })
      .update({ not_before: new Date(0) })
    await sendAllOf({ workspaceId: workspace.id })
    const found = await check()
    assert.equal(found.level, 'ok')
    assert.match(found.message, /only send\. 3 have left this month\./)
  })

  test('is asked for once a minute, not for each look', async ({ client, assert }) => {
    const { check, server } = await reviewed(client, {})
    await check()
    const { requests } = server.stats()
    await check()
    assert.equal(server.stats().requests, requests)
  })

  test('nobody answers: the review goes without it', async ({ client, assert }) => {
    const { check, server } = await reviewed(client, {})
    server.chaos([{ match: { path: '/usage' }, effect: 'status', status: 503 }])
    assert.isUndefined(await check())
    const { requests } = server.stats()
    assert.isUndefined(await check())
    assert.equal(server.stats().requests, requests, 'and the next does not wait for it')
  })
})

test.group('The quota, on the way', () => {
  test('where it will end is told before, with when and what then', async ({ assert }) => {
    const story = await sent({ dailyQuota: 130 })
    await refreshQuotas({ workspaceId: story.workspace.id })
    const began = Date.now()
    const { quota } = await story.progress()
    assert.containsSubset(quota, { period: 'day', left: 130, short: 120, asks: false })
    assert.isAtLeast(Date.parse(quota!.reached_at), began)
    assert.match(quota!.resets_at!, /T00:00:00/)
  })

  test('what it has room for leaves to the last mail, the others wait and follow by themselves', async ({ assert }) => {
    const story = await sent({ dailyQuota: 130 })
    await story.send()
    const waiting = await story.progress()
    assert.containsSubset(waiting, { state: 'running', accepted: 130, queued: 120, quota: null })
    assert.match(waiting.waiting_for!.reason, /^quota: /)
    const calls = story.server.stats().calls
    await story.send()
    assert.equal(story.server.stats().calls, calls, 'nobody calls before it begins anew')
    story.server.set({ dailyQuota: 0 })
    await story.askAgain()
    assert.isNull((await story.progress()).waiting_for, 'there is room again')
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 250 })
    assert.equal(story.server.stats().duplicates, 0)
  })

  test('as small as a batch, or smaller, it still gets everybody through', async ({ assert }) => {
    const story = await sent({ dailyQuota: 99 }, 120)
    await story.send()
    assert.equal((await story.progress()).accepted, 99)
    story.server.advance(86_400_000)
    story.server.set({ dailyQuota: 198 })
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 120 })
  })

  test('a wait of more than a day asks first; told to go on, it waits and goes on by itself', async ({ assert }) => {
    const fortnight = 14 * 86_400_000
    const story = await sent({ monthlyQuota: 150, quotaResetsIn: fortnight })
    await refreshQuotas({ workspaceId: story.workspace.id })
    assert.containsSubset((await story.progress()).quota, { period: 'month', left: 150, short: 100, asks: true })
    await story.send()
    const stopped = await story.progress()
    assert.containsSubset(stopped, { state: 'stopped', accepted: 150, queued: 100 })
    assert.match(stopped.stop_reason!, /^quota: The provider takes no more mails from this account until \d+ \w+ \d{4}/)
    await story.resume()
    await story.send()
    const waiting = await story.progress()
    assert.containsSubset(waiting, { state: 'running', accepted: 150, queued: 100 })
    assert.isAbove(Date.parse(waiting.waiting_for!.until), Date.now() + fortnight - 600_000)
    story.server.set({ monthlyQuota: 10_000 })
    await story.askAgain()
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await story.progress(), { state: 'finished', accepted: 250 })
  })
})
