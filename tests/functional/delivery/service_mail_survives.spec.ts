import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { randomUUID } from 'node:crypto'
import { channelFor } from '#delivery'
import { RECEIPT, shop } from '#tests/support/service_mail'
import { sealServiceCall } from '#app/delivery/service/service_call'
import { quotaIsSpent } from '#app/delivery/quota/quota_is_spent'
import { takeCall, takeServiceCall } from '#app/delivery/sender/rate_budget'
import { holdAfterRestore } from '#app/delivery/shipments/hold_after_restore'

const perPerson = (ledger: Record<string, number>) => [...new Set(Object.values(ledger))]

test.group('Service mail, when something goes wrong', () => {
  for (const [trouble, rules] of [
    ['an answer that is lost', [{ effect: 'drop_after_accept', times: 1 }]],
    ['an error of the provider', [{ effect: 'status', status: 500, times: 1 }]],
    ['too many calls', [{ effect: 'rate_limit', times: 1 }]],
  ] as const) {
    test(`${trouble}: everyone has one mail in the end`, async ({ assert, client }) => {
      const story = await shop({ client })
      await story.askMany(Array.from({ length: 120 }, (_, no) => ({ ...RECEIPT, to: `p${no}@people.test` })))
      story.server.chaos(rules as any)
      for (let round = 0; round < 4; round++) {
        await story.send()
        await story.letTimePass()
      }
      const ledger = story.server.ledger('w', String(story.workspace.id))
      assert.lengthOf(Object.keys(ledger), 120)
      assert.deepEqual(perPerson(ledger), [1])
      assert.deepEqual([...new Set((await story.rows()).map(({ state }) => state))], ['accepted'])
    })
  }

  test('an address that the provider refuses fails alone; the others get theirs', async ({ assert, client }) => {
    const story = await shop({ client })
    const to = (no: number) => (no === 13 ? 'p13@example.com' : `p${no}@people.test`)
    await story.askMany(Array.from({ length: 20 }, (_, no) => ({ ...RECEIPT, to: to(no) })))
    await story.send()
    const failed = (await story.rows()).filter(({ state }) => state !== 'accepted')
    assert.lengthOf(failed, 1)
    assert.containsSubset(failed[0], {
      email: 'p13@example.com',
      state: 'failed',
      reason: 'refused_message',
      mail: null,
    })
    assert.lengthOf(Object.keys(story.server.ledger('w', String(story.workspace.id))), 19)
  })

  test('a worker that died after the seal: the next asks with the same key, and nobody gets two', async ({
    assert,
    client,
  }) => {
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    const channel = await channelFor(story.workspace.id)
    const call = (await sealServiceCall(story.workspace.id, channel))!
    await channel.send(call.mails, { idempotencyKey: call.key })
    assert.equal((await story.look(id)).status, 'sending')
    await story.send()
    assert.equal((await story.look(id)).status, 'sending')
    await story.letTimePass()
    await story.send()
    assert.equal((await story.look(id)).status, 'accepted')
    assert.deepEqual(perPerson(story.server.ledger('w', String(story.workspace.id))), [1])
  })

  test('a call is asked again with all of its mails, though some leases end a moment before the others', async ({
    assert,
    client,
  }) => {
    const story = await shop({ client })
    await story.askMany(Array.from({ length: 20 }, (_, no) => ({ ...RECEIPT, to: `p${no}@people.test` })))
    const channel = await channelFor(story.workspace.id)
    const call = (await sealServiceCall(story.workspace.id, channel))!
    await channel.send(call.mails, { idempotencyKey: call.key })
    await db
      .from('service_messages')
      .whereIn('id', call.ids.slice(0, 7))
      .update({ lease_until: new Date(0) })
    await story.send()
    assert.deepEqual([...new Set((await story.rows()).map(({ state }) => state))], ['accepted'])
    assert.equal(story.server.stats().conflicts, 0)
    assert.deepEqual(perPerson(story.server.ledger('w', String(story.workspace.id))), [1])
  })

  test('who is in doubt does not wait for the quota, who still waits does', async ({ assert, client }) => {
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    const channel = await channelFor(story.workspace.id)
    const call = (await sealServiceCall(story.workspace.id, channel))!
    await channel.send(call.mails, { idempotencyKey: call.key })
    const { id: later } = (await story.ask({ to: 'ben@people.test' })).body()
    await story.letTimePass()
    await db.table('rate_budgets').insert({ account: story.account, per_second: 2, remaining: 2 })
    await quotaIsSpent(story.account, { note: 'monthly' })
    await story.send()
    assert.equal((await story.look(id)).status, 'accepted')
    assert.equal((await story.look(later)).status, 'queued')
    assert.containsSubset(story.server.stats(), { accepted: 1, replays: 1 })
  })

  test('waiting for a call of the account takes nothing from the patience with its doubts', async ({
    assert,
    client,
  }) => {
    const story = await shop({ client })
    await story.ask()
    await sealServiceCall(story.workspace.id, await channelFor(story.workspace.id))
    const { account } = story
    for (let round = 0; round < 3; round++) {
      await story.letTimePass()
      await takeServiceCall(account, { isReplay: true })
      const spent = { remaining: 0, kept_remaining: 0, window_ends_at: '2999-01-01' }
      await db.from('rate_budgets').where({ account }).update(spent)
      await story.send()
    }
    const [{ state, attempts }] = await story.rows()
    assert.deepEqual({ state, attempts }, { state: 'sealed', attempts: 0 })
  })

  test('nobody is asked again once the provider may have forgotten the key', async ({ assert, client }) => {
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    await sealServiceCall(story.workspace.id, await channelFor(story.workspace.id))
    await story.letTimePass()
    await db.rawQuery(`update service_messages set sealed_at = now() - interval '24 hours' where id = ?`, [id])
    await story.send()
    assert.containsSubset(await story.look(id), { status: 'unconfirmed', reason: 'unconfirmed' })
    assert.equal(story.server.stats().calls, 0)
  })

  test('what could not be sent for a day is not sent any more', async ({ assert, client }) => {
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    await db.rawQuery(`update service_messages set created_at = now() - interval '25 hours' where id = ?`, [id])
    await story.send()
    assert.containsSubset(await story.look(id), { status: 'failed', reason: 'too_late' })
  })

  test('a From that is not verified fails that mail only', async ({ assert, client }) => {
    const story = await shop({ client })
    await fetch(`${story.server.url}/domains`, {
      method: 'POST',
      headers: { 'authorization': 'Bearer re_any', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'unverified.test' }),
    })
    await story.askMany([RECEIPT, { ...RECEIPT, from: { email: 'shop@unverified.test' } }])
    await story.send()
    assert.deepEqual(
      (await story.rows()).map(({ state, reason }) => [state, reason]),
      [
        ['accepted', null],
        ['failed', 'refused_domain'],
      ]
    )
  })

  test('a restored backup does not send again what waited in it', async ({ assert, client, cleanup }) => {
    cleanup(() => db.from('sending_watch').delete() as any) // who asks later whether there was a restore is told of none
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    await db.from('sending_watch').delete()
    await db.table('sending_watch').insert({ database_mark: 'another database' })
    await holdAfterRestore()
    await story.send()
    assert.containsSubset(await story.look(id), { status: 'unconfirmed', reason: 'restored' })
    assert.equal(story.server.stats().calls, 0)
  })
})

test.group('The lane of service mail', () => {
  test('has calls that campaigns cannot take, and takes theirs when they leave any', async ({ assert }) => {
    const account = `test-${randomUUID()}`
    /** The second in which all of this happens does not end, however busy the machine is. */
    const aLongSecond = () =>
      db
        .from('rate_budgets')
        .where({ account })
        .update({ window_ends_at: new Date(Date.now() + 3_600_000) })
    await db.table('rate_budgets').insert({ account, per_second: 4, remaining: 4, window_ends_at: new Date(0) })
    const campaignCalls = [await takeCall(account, { isReplay: false })]
    await aLongSecond()
    for (let call = 1; call < 6; call++) campaignCalls.push(await takeCall(account, { isReplay: false }))
    assert.lengthOf(campaignCalls.filter(Boolean), 4)
    assert.isNotNull(await takeServiceCall(account, { isReplay: false }))
    assert.isNull(await takeServiceCall(account, { isReplay: false }))
    await db
      .from('rate_budgets')
      .where({ account })
      .update({ window_ends_at: new Date(0) })
    const service = [await takeServiceCall(account, { isReplay: false })]
    await aLongSecond()
    for (let call = 1; call < 7; call++) service.push(await takeServiceCall(account, { isReplay: false }))
    assert.lengthOf(service.filter(Boolean), 5)
    assert.isNull(await takeCall(account, { isReplay: false }))
  })
})
