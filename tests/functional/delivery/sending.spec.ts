import { getActiveTestOrFail, test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { suppress, addressHash } from '#consent'
import { cancelShipment, pauseShipment, resumeShipment, retryFailed, sendAllOf, Shipment } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { standIn, type ChaosRule } from '#tests/support/stand_in'

/** A campaign to so many people through a stand-in, not sent yet. */
async function campaign({
  people = 250,
  addresses,
  rules = [],
  ...options
}: { people?: number; addresses?: string[]; rules?: ChaosRule[]; [option: string]: any } = {}) {
  const server = await standIn(options)
  process.env.RESEND_BASE_URL = server.url
  getActiveTestOrFail().cleanup(() => {
    delete process.env.RESEND_BASE_URL
  })
  const story = await audience({ people, addresses })
  const { account } = await connect(story.workspace)
  const frozen = await freeze(story)
  server.chaos(rules)
  const change = { workspaceId: story.workspace.id, shipmentId: frozen.shipment.id, actor: theSystem }
  return {
    ...story,
    ...frozen,
    server,
    account,
    /** Sends what is due now, again and again, until the campaign has ended or `rounds` are over. */
    async send({ rounds = 1 } = {}) {
      for (let round = 0; round < rounds; round++) {
        await sendAllOf({ workspaceId: story.workspace.id })
        if ((await progressOf(frozen.shipment)).finished_at) return
        if (round + 1 < rounds) await letTimePass(frozen.shipment)
      }
    },
    pause: () => db.transaction((trx) => pauseShipment({ ...change, trx })),
    resume: () => db.transaction((trx) => resumeShipment({ ...change, trx })),
    cancel: () => db.transaction((trx) => cancelShipment({ ...change, trx })),
    retry: () => db.transaction((trx) => retryFailed({ ...change, trx })),
    ledger: () => server.ledger('c', String(frozen.campaignId)),
    announced: async (name: string) =>
      (await db.from('domain_events').where({ workspace_id: story.workspace.id, name })).map((event) => event.payload),
  }
}

const perPerson = (ledger: Record<string, number>) => [...new Set(Object.values(ledger))]

test.group('Sending', () => {
  test('everyone gets one mail of their own, and the campaign hears of the end', async ({ assert }) => {
    const story = await campaign()
    await story.send()
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
    const story = await campaign({ people: 1 })
    await story.send()
    const message = await db.from('messages').where({ workspace_id: story.workspace.id }).first()
    const [{ sealed }] = await db.from('batches').where({ workspace_id: story.workspace.id })
    assert.deepEqual(sealed[0].merge, { contact: { first_name: `P${story.ids[0]}`, city: 'Bristol' } })
    assert.match(message.provider_id, /^[0-9a-f-]{36}$/)
  })

  test('who leaves between the freeze and the sending is withheld, with the reason', async ({ assert }) => {
    const story = await campaign({ people: 4 })
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
    const story = await campaign({ people: 2 })
    await record(story.workspace, story.topic, story.ids, { action: 'withdraw' })
    await story.send()
    assert.equal(story.server.stats().calls, 0)
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', withheld: 2 })
  })

  test('an audience of nobody ends at once', async ({ assert }) => {
    const story = await campaign({ people: 1 })
    await record(story.workspace, story.topic, story.ids, { action: 'withdraw' })
    const { shipment } = await freeze(story)
    await story.send()
    assert.containsSubset(await progressOf(shipment), { state: 'finished', candidates: 1, excluded: 1 })
  })

  test('a paused campaign sends nothing until it is resumed, as often as one likes', async ({ assert }) => {
    const story = await campaign()
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
    const story = await campaign()
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
    const story = await campaign({ addresses })
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
    const story = await campaign({ addresses })
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
    const story = await campaign({ addresses })
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
      const story = await campaign({ rules })
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
    const story = await campaign({ addresses, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.send({ rounds: 6 })
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 19 },
      failed: { total: 1 },
    })
    assert.deepEqual(perPerson(story.ledger()), [1])
  })

  test('an exhausted quota waits for its reset, says so, and goes on', async ({ assert }) => {
    const story = await campaign({ dailyQuota: 100 })
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
    const story = await campaign({ dailyQuota: 100, rules: [{ effect: 'drop_after_accept', times: 1 }] })
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
    const story = await campaign({ people: 1, rules: [{ effect: 'drop_after_accept', times: 1 }] })
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
      const story = await campaign({ rules: [rule] })
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
    const story = await campaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
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
    const story = await campaign({ people: 2, rules: [{ effect: 'rate_limit', times: 1 }] })
    await story.send()
    await db.rawQuery(`update batches set sealed_at = now() - interval '2 days' where workspace_id = ?`, [
      story.workspace.id,
    ])
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 2, unconfirmed: 0 })
  })

  test('who leaves while the provider takes nothing gets nothing when it does again', async ({ assert }) => {
    const story = await campaign({ people: 3, rules: [{ effect: 'rate_limit', times: 1 }] })
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
    const story = await campaign({
      people: 2,
      rules: [{ effect: 'status', status: 409, name: 'invalid_idempotent_request', times: 1 }],
    })
    await story.send({ rounds: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, unconfirmed: { total: 2 } })
    assert.deepEqual(story.ledger(), {})
  })

  test('bytes that cannot be made again are not sent a second time', async ({ assert }) => {
    const story = await campaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
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
    const story = await campaign({ people: 2, rules: [{ effect: 'drop_after_accept', times: 1 }] })
    await story.send()
    await connect(story.workspace)
    await story.send({ rounds: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { closes: true, unconfirmed: { total: 2 } })
    assert.deepEqual(perPerson(story.ledger()), [1])
  })

  test('the third failure of the provider in a row gives it a rest', async ({ assert }) => {
    const story = await campaign({ people: 1, rules: [{ effect: 'status', status: 503, name: 'service_unavailable' }] })
    for (let round = 0; round < 3; round++) {
      await story.send()
      await db.rawQuery('update batches set not_before = now() where workspace_id = ?', [story.workspace.id])
    }
    const budget = await db.from('rate_budgets').where({ account: story.account }).first()
    assert.equal(budget.failures, 3)
    assert.isAbove(budget.paused_until.getTime(), Date.now())
    story.server.chaos()
    await story.send({ rounds: 3 })
    assert.equal((await db.from('rate_budgets').where({ account: story.account }).first()).failures, 0)
    assert.equal((await progressOf(story.shipment)).accepted, 1)
  })

  test('the pace is learnt from the answers, a fifth is left for other mail', async ({ assert }) => {
    const story = await campaign({ people: 150, rps: 10 })
    await story.send({ rounds: 3 })
    assert.equal((await db.from('rate_budgets').where({ account: story.account }).first()).per_second, 8)
  })
})

test.group('Taking turns', () => {
  test('two campaigns are served alternately', async ({ assert }) => {
    const story = await campaign({ people: 300 })
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
