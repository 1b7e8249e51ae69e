import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { connect, letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { type ChaosRule } from '#tests/support/stand_in'
import { perPerson, waitingCampaign } from '#tests/support/waiting_campaign'

test.group('Sending through trouble', () => {
  const passing: [string, ChaosRule[]][] = [
    [
      'answers lost after the mails were accepted',
      [{ effect: 'drop_after_accept', times: 2, match: { path: '/emails/batch' } }],
    ],
    ['truncated answers', [{ effect: 'truncate', times: 2 }]],
    ['answers of null', [{ effect: 'null_body', times: 2 }]],
    [
      'errors of the provider, before and after accepting',
      [
        { effect: 'status', status: 500, times: 2 },
        { effect: 'html', status: 502, accept: true, times: 1 },
      ],
    ],
    ['too many requests', [{ effect: 'rate_limit', times: 3 }]],
    [
      'the same key still being worked on',
      [{ effect: 'status', status: 409, name: 'concurrent_idempotent_requests', times: 2 }],
    ],
    [
      'a lost answer, then a 429, then a 500',
      [
        { effect: 'drop_after_accept', times: 1 },
        { effect: 'rate_limit', times: 1 },
        { effect: 'status', status: 500, times: 1 },
      ],
    ],
  ]
  for (const [what, rules] of passing) {
    test(`${what}: everyone gets one mail`, async ({ assert }) => {
      const story = await waitingCampaign({ rules })
      await story.send({ rounds: 12 })
      assert.lengthOf(Object.keys(story.ledger()), 250)
      assert.deepEqual(perPerson(story.ledger()), [1])
      assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 250 })
    })
  }

  test('a lost answer and then a refusal of one address: the doubt is cleared, the culprit found', async ({
    assert,
  }) => {
    const addresses = Array.from({ length: 20 }, (_, no) => (no === 3 ? 'nobody@example.com' : `p${no}@people.test`))
    const story = await waitingCampaign({ addresses, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.send({ rounds: 6 })
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 19 },
      failed: { total: 1 },
    })
    assert.deepEqual(perPerson(story.ledger()), [1])
  })

  test('an exhausted quota waits for its reset, says so, and goes on', async ({ assert }) => {
    const story = await waitingCampaign({ dailyQuota: 100 })
    await story.send()
    const waiting = await progressOf(story.shipment)
    assert.containsSubset(waiting, { state: 'running', accepted: 100, queued: 150, sending: 0 })
    assert.match(waiting.waiting_for!.reason, /quota/)
    assert.isAbove(Date.parse(waiting.waiting_for!.until), Date.now())
    const calls = story.server.stats().calls
    await story.send()
    assert.equal(story.server.stats().calls, calls, 'nobody calls before the reset')
    story.server.set({ dailyQuota: 0 })
    await letTimePass(story.shipment)
    await story.send()
    assert.deepEqual(perPerson(story.ledger()), [1])
    assert.equal((await progressOf(story.shipment)).accepted, 250)
  })

  test('who is in doubt does not wait for the quota: the same key is answered as before', async ({ assert }) => {
    const story = await waitingCampaign({ dailyQuota: 100, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { accepted: 0, sending: 100, queued: 150 })
    await db.rawQuery(
      `update batches set lease_until = least(lease_until, now()), not_before = now() where workspace_id = ?`,
      [story.workspace.id]
    )
    await db.from('rate_budgets').where({ account: story.account }).update({ window_ends_at: new Date() })
    await story.send()
    const waiting = await progressOf(story.shipment)
    assert.containsSubset(waiting, { accepted: 100, sending: 0, queued: 150, unconfirmed: 0 })
    assert.match(waiting.waiting_for!.reason, /quota/)
    assert.containsSubset(story.server.stats(), { accepted: 100, replays: 1 })
  })

  test('who is in doubt waits while the provider is given a rest, as everybody does', async ({ assert }) => {
    const story = await waitingCampaign({ people: 1, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    await db
      .from('rate_budgets')
      .where({ account: story.account })
      .update({ paused_until: new Date(Date.now() + 60_000) })
    await db.rawQuery(`update batches set lease_until = now(), not_before = now() where workspace_id = ?`, [
      story.workspace.id,
    ])
    await story.send()
    assert.equal(story.server.stats().calls, 1)
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 1 })
  })

  const stopping: [string, ChaosRule, RegExp][] = [
    ['a refused key', { effect: 'status', status: 401, name: 'restricted_api_key', times: 1 }, /credentials/],
    [
      'a domain that is not verified',
      {
        effect: 'status',
        status: 403,
        name: 'validation_error',
        message: 'The bakery.test domain is not verified.',
        times: 1,
      },
      /domain/,
    ],
  ]
  for (const [what, rule, reason] of stopping) {
    test(`${what} stops the campaign, tells it once, and it goes on when put right`, async ({ assert }) => {
      const story = await waitingCampaign({ rules: [rule] })
      await story.send()
      const stopped = await progressOf(story.shipment)
      assert.containsSubset(stopped, { state: 'stopped', queued: 250, sending: 0, accepted: 0 })
      assert.match(stopped.stop_reason!, reason)
      assert.lengthOf(await story.announced('shipment.stopped'), 1)
      await story.resume()
      await story.send()
      assert.deepEqual(perPerson(story.ledger()), [1])
      assert.equal((await progressOf(story.shipment)).accepted, 250)
    })
  }

  test('what stays unknown for 23 hours is unconfirmed, never sent again, and said', async ({ assert }) => {
    const story = await waitingCampaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    assert.equal((await progressOf(story.shipment)).sending, 2)
    await db.rawQuery(`update batches set sealed_at = now() - interval '23 hours 1 minute' where workspace_id = ?`, [
      story.workspace.id,
    ])
    await letTimePass(story.shipment)
    const calls = story.server.stats().calls
    await story.send()
    assert.equal(story.server.stats().calls, calls)
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      unconfirmed: { total: 2, reasons: { unconfirmed: 2 } },
    })
    assert.containsSubset(await story.announced('shipment.finished'), [{ problems: true }])
  })

  test('a day without quota makes nobody unconfirmed, for nothing was sent', async ({ assert }) => {
    const story = await waitingCampaign({ people: 2, rules: [{ effect: 'rate_limit', times: 1 }] })
    await story.send()
    await db.rawQuery(`update batches set sealed_at = now() - interval '2 days' where workspace_id = ?`, [
      story.workspace.id,
    ])
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 2, unconfirmed: 0 })
  })

  test('who leaves while the provider takes nothing gets nothing when it does again', async ({ assert }) => {
    const story = await waitingCampaign({ people: 3, rules: [{ effect: 'rate_limit', times: 1 }] })
    await story.send()
    await record(story.workspace, story.topic, [story.ids[0]], { action: 'withdraw' })
    await letTimePass(story.shipment)
    await story.send({ rounds: 3 })
    assert.sameMembers(Object.keys(story.ledger()), ['p1@people.test', 'p2@people.test'])
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 2 },
      withheld: { total: 1, reasons: { withdrawn: 1 } },
    })
  })

  test('a key that is known with other contents is never sent again', async ({ assert }) => {
    const story = await waitingCampaign({
      people: 2,
      rules: [{ effect: 'status', status: 409, name: 'invalid_idempotent_request', times: 1 }],
    })
    await story.send({ rounds: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, unconfirmed: { total: 2 } })
    assert.deepEqual(story.ledger(), {})
  })

  test('bytes that cannot be made again are not sent a second time', async ({ assert }) => {
    const story = await waitingCampaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    await db.rawQuery(
      `update batches set sealed = jsonb_set(sealed, '{0,merge,contact,first_name}', '"Somebody else"') where workspace_id = ?`,
      [story.workspace.id]
    )
    await story.send({ rounds: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, unconfirmed: { total: 2 } })
    assert.deepEqual(perPerson(story.ledger()), [1])
  })

  test('another account is never asked about a key it does not know', async ({ assert }) => {
    const story = await waitingCampaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    await connect(story.workspace)
    await story.send({ rounds: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, unconfirmed: { total: 2 } })
    assert.deepEqual(perPerson(story.ledger()), [1])
  })

  test('the third failure of the provider in a row gives it a rest', async ({ assert }) => {
    const story = await waitingCampaign({
      people: 1,
      rules: [{ effect: 'status', status: 503, name: 'service_unavailable' }],
    })
    for (let round = 0; round < 3; round++) {
      await story.send()
      await db.rawQuery('update batches set not_before = now() where workspace_id = ?', [story.workspace.id])
    }
    const budget = await db.from('rate_budgets').where({ account: story.account }).first()
    assert.equal(budget.failures, 3)
    assert.isAtLeast(budget.paused_until - budget.updated_at, 1_000)
    story.server.chaos()
    await story.send({ rounds: 3 })
    assert.equal((await db.from('rate_budgets').where({ account: story.account }).first()).failures, 0)
    assert.equal((await progressOf(story.shipment)).accepted, 1)
  })

  test('the pace is learnt from the answers, a fifth is left for other mail', async ({ assert }) => {
    const story = await waitingCampaign({ people: 150, rps: 10 })
    await story.send({ rounds: 3 })
    assert.equal((await db.from('rate_budgets').where({ account: story.account }).first()).per_second, 8)
  })
})
