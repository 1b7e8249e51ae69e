import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, messages, readDueList } from '#delivery'
import { goOn, takeReading } from '#app/delivery/reconciling/list_reading'
import { keepSighting } from '#app/delivery/reconciling/keep_sighting'
import { takeSpareCall, takeServiceCall } from '#app/delivery/sender/rate_budget'
import { connect, progressOf, receiptOf } from '#tests/support/campaign'
import { inDoubt, reading } from '#tests/support/in_doubt'
import { shop } from '#tests/support/service_mail'

const paths = (story: { server: any }) => story.server.stats().requests

test.group('The list of the provider', () => {
  test('clears up who was taken though the answer was lost: accepted, found, with its steps', async ({ assert }) => {
    const story = await inDoubt({ people: 3 })
    assert.containsSubset(await receiptOf(story.shipment), { unconfirmed: { total: 3, reasons: { unconfirmed: 3 } } })
    story.server.emit([
      { type: 'email.delivered', to: story.emails[0] },
      { type: 'email.sent', to: story.emails[1] },
    ])
    await story.letListBeDue()
    await story.readOn()
    const [delivered, sent, queued] = [await story.person(0), await story.person(1), await story.person(2)]
    assert.deepEqual([delivered.state, sent.state, queued.state], ['delivered', 'sent', 'accepted'])
    for (const one of [delivered, sent, queued]) {
      const [mail] = await story.server.mails({ to: one.email })
      assert.equal(one.provider_id, mail.id)
      assert.equal(one.accepted_at.toISOString(), mail.created_at)
      assert.isNotNull(one.found_at)
      assert.isNull(one.reason)
      assert.isNull(one.ended_at)
    }
    assert.containsSubset(await progressOf(story.shipment), { accepted: 3, delivered: 1, unconfirmed: 0 })
    const { data } = await messages({ workspaceId: story.workspace.id, campaignId: story.campaignId, limit: 10 })
    assert.deepEqual(
      data[2].history.map(({ what }) => what),
      ['accepted', 'prepared', 'found_in_list'].toSorted((a, b) => order(data[2], a) - order(data[2], b))
    )
    assert.lengthOf(await story.readings(), 0, 'there is nothing left to ask')
    assert.lengthOf(await story.doubts(), 0)
    assert.lengthOf(Object.keys(story.ledger()), 3)
  })

  const order = ({ history }: any, what: string) => history.findIndex((step: any) => step.what === what)

  test('of whom it has nothing they stay in doubt, with that as the reason, and nobody is sent anything', async ({
    assert,
  }) => {
    const story = await inDoubt({ people: 2, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.letListBeDue()
    await story.readOn()
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      unconfirmed: { total: 2, reasons: { not_in_providers_list: 2 } },
    })
    assert.match((await story.person(0)).note, /safe\. It is not in the provider’s own list of mails\.$/)
    assert.deepEqual(story.ledger(), {})
    const [again] = await story.readings()
    assert.isAbove(again.next_at.getTime(), Date.now() + 14 * 60_000)
    assert.containsSubset(again, { cursor: null, began_at: null, rounds: 1 })
  })

  test('a mail that turns up there later is found all the same', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.letListBeDue()
    await story.readOn()
    assert.equal((await story.person(0)).reason, 'not_in_providers_list')
    await mailBy(story, { to: story.emails[0], tags: tagsOf(story, 0) })
    await story.letListBeDue()
    await story.readOn()
    assert.containsSubset(await story.person(0), { state: 'accepted', reason: null })
  })

  test('is only sure once it was read well after they were given up', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.letListBeDue({ minutes: 5 })
    await story.readOn()
    assert.equal((await story.person(0)).reason, 'unconfirmed')
    assert.lengthOf(await story.readings(), 1)
  })

  test('another mail to the same address is not taken for it', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    const to = story.emails[0]
    const { w, c, m } = tagsOf(story, 0)
    await mailBy(story, { to, tags: { w, c: String(Number(c) + 1), m } })
    await mailBy(story, { to, tags: { w: String(Number(w) + 1), c, m } })
    await mailBy(story, { to, tags: { w, c, m: String(Number(m) + 1) } })
    await mailBy(story, { to })
    await story.letListBeDue()
    await story.readOn()
    assert.containsSubset(await story.person(0), { state: 'unconfirmed', reason: 'not_in_providers_list' })
    await mailBy(story, { to: `P <${to.toUpperCase()}>`, tags: { w, c, m } })
    await story.letListBeDue()
    await story.readOn()
    assert.equal((await story.person(0)).state, 'accepted')
  })

  test('a bounce for good suppresses the address, one of another kind does not, a complaint does', async ({
    assert,
  }) => {
    const story = await inDoubt({ people: 4 })
    const soft = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'Full' } }
    story.server.emit([
      { type: 'email.bounced', to: story.emails[0] },
      { type: 'email.bounced', to: story.emails[1], details: soft },
      { type: 'email.complained', to: story.emails[2] },
      { type: 'email.failed', to: story.emails[3] },
    ])
    await story.letListBeDue()
    await story.readOn()
    const people = await Promise.all([0, 1, 2, 3].map(story.person))
    assert.deepEqual(
      people.map(({ state, reason }) => [state, reason]),
      [
        ['bounced', 'bounce_hard'],
        ['bounced', 'bounce_unknown'],
        ['complained', 'complaint'],
        ['failed', 'failed_at_provider'],
      ]
    )
    const suppressed = await db.from('suppressions').where({ workspace_id: story.workspace.id }).orderBy('address')
    assert.deepEqual(
      suppressed.map(({ address, reason }) => [address, reason]),
      [
        [story.emails[0], 'hard_bounce'],
        [story.emails[2], 'complaint'],
      ]
    )
    const bounces = await db.from('bounces').where({ workspace_id: story.workspace.id })
    assert.deepEqual([...new Set(bounces.map(({ source }) => source))], ['list'])
  })

  test('a webhook that comes after all changes nothing that is known, and adds what is new', async ({ assert }) => {
    const story = await inDoubt({ people: 1 })
    await story.letListBeDue()
    await story.readOn()
    const { provider_id: id } = await story.person(0)
    await db.table('provider_events').insert({
      workspace_id: story.workspace.id,
      event_id: 'msg_late',
      type: 'email.delivered',
      body: JSON.stringify({ data: { email_id: id, tags: tagsOf(story, 0) } }),
      occurred_at: new Date(),
    })
    await applyEvents({ workspaceId: story.workspace.id })
    const message = await story.person(0)
    assert.equal(message.state, 'delivered')
    assert.isNotNull(message.found_at)
  })
})

test.group('Service mail in doubt', () => {
  test('is found in the list, or is not there', async ({ client, assert }) => {
    const story = await shop({ client })
    const list = reading(story.workspace.id)
    const taken = (await story.ask()).body().id
    story.server.chaos([{ effect: 'drop_after_accept', times: 1 }])
    await story.send()
    const never = (await story.ask({ to: 'ben@people.test' })).body().id
    story.server.chaos([{ effect: 'drop_before', times: 1 }])
    await story.send()
    await db
      .from('service_messages')
      .where({ workspace_id: story.workspace.id })
      .update({
        sealed_at: new Date(Date.now() - 24 * 3_600_000),
      })
    await story.letTimePass()
    await story.send()
    assert.deepEqual(
      [(await story.look(taken)).status, (await story.look(never)).status],
      ['unconfirmed', 'unconfirmed']
    )
    story.server.chaos()
    await list.letListBeDue()
    await list.readOn()
    const found = await story.look(taken)
    assert.containsSubset(found, { status: 'accepted', reason: null })
    assert.includeMembers(
      found.history.map(({ what }: { what: string }) => what),
      ['accepted', 'found_in_list']
    )
    assert.containsSubset(await story.look(never), { status: 'unconfirmed', reason: 'not_in_providers_list' })
    assert.lengthOf(Object.keys(story.server.ledger('w', String(story.workspace.id))), 1)
  })
})

test.group('Reading a list', () => {
  test('goes through all pages down to the batch, and no further', async ({ assert }) => {
    const story = await inDoubt({ people: 250 })
    assert.containsSubset(await progressOf(story.shipment), { accepted: 150, unconfirmed: 100 })
    await db.from('doubts').where({ workspace_id: story.workspace.id }).update({ handed_over_at: new Date() })
    await story.letListBeDue()
    const before = paths(story)
    await story.readOn()
    assert.containsSubset(await progressOf(story.shipment), { accepted: 250, unconfirmed: 0 })
    assert.equal(
      paths(story) - before,
      3 + 101,
      'three pages, and a look at each mail of the batch and at one that we know'
    )
  })

  test('that does not show what we know it has says nothing about others', async ({ assert }) => {
    const story = await inDoubt({ people: 103, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.letListBeDue()
    await story.readOn()
    const reasons = async () => (await receiptOf(story.shipment)).unconfirmed.reasons
    assert.deepEqual(await reasons(), { not_in_providers_list: 100 })
    const known = await db.from('messages').where({ workspace_id: story.workspace.id, state: 'accepted' })
    assert.isTrue(
      known.every(({ found_at: at }) => at === null),
      'who was known is not called found'
    )
    await db
      .from('messages')
      .where({ workspace_id: story.workspace.id, state: 'unconfirmed' })
      .update({ reason: 'unconfirmed' })
    await story.server.reset()
    await story.letListBeDue()
    await story.readOn()
    assert.deepEqual(await reasons(), { unconfirmed: 100 })
    assert.containsSubset((await story.readings())[0], {
      rounds: 2,
      witnessed: false,
      last_error: 'The list lacks a mail that it took.',
    })
  })

  test('stops at what is older than the batch', async ({ assert }) => {
    const story = await inDoubt({ people: 150 })
    story.server.advance(3_600_000)
    await mailBy(story, { to: 'new@people.test' })
    await db
      .from('doubts')
      .where({ workspace_id: story.workspace.id })
      .update({ handed_over_at: new Date(Date.now() + 1_800_000) })
    await story.letListBeDue()
    const before = paths(story)
    await story.readOn()
    assert.equal(paths(story) - before, 1)
    assert.equal((await progressOf(story.shipment)).unconfirmed, 100)
  })

  for (const [trouble, rule] of [
    ['too many requests', { effect: 'rate_limit', times: 1 }],
    ['an error of the provider', { effect: 'status', status: 500, times: 1 }],
    ['an answer that is cut off', { effect: 'truncate', times: 1 }],
    ['an answer of nothing', { effect: 'null_body', times: 1 }],
    ['a connection that ends', { effect: 'drop_before', times: 1 }],
    ['no answer within ten seconds', { effect: 'hang', times: 1 }],
  ] as const) {
    for (const path of ['/emails', '/emails/*']) {
      test(`${trouble} at ${path}: it goes on where it stopped`, async ({ assert }) => {
        const story = await inDoubt({ people: 12 })
        await story.letListBeDue()
        await stopAfter(story, 5)
        story.server.chaos([{ ...rule, match: { path, method: 'GET' } } as any])
        await story.letListBeDue()
        await inAHurry(() => readDueList({ workspaceId: story.workspace.id }))
        const [stopped] = await story.readings()
        assert.isNotNull(stopped.cursor)
        assert.isNull(stopped.lease_until)
        assert.isAbove(stopped.next_at.getTime(), Date.now())
        await story.letListBeDue()
        await story.readOn()
        assert.containsSubset(await progressOf(story.shipment), { accepted: 12, unconfirmed: 0 })
        assert.lengthOf(await story.doubts(), 0)
      })
    }
  }

  /** Nobody waits ten seconds here. */
  async function inAHurry(work: () => Promise<unknown>) {
    const { timeout } = AbortSignal
    AbortSignal.timeout = () => timeout.call(AbortSignal, 300)
    try {
      await work()
    } finally {
      AbortSignal.timeout = timeout
    }
  }

  /** A worker that is asked to end after so many steps. */
  async function stopAfter(story: { workspace: { id: number } }, steps: number) {
    const end = new AbortController()
    const signal = Object.defineProperty(end.signal, 'aborted', { get: () => --steps < 0 })
    await readDueList({ workspaceId: story.workspace.id, signal })
  }

  test('one is never read by two; who was thought dead changes nothing', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    await story.letListBeDue()
    const workspaceId = story.workspace.id
    const slow = (await takeReading({ workspaceId }))!
    assert.isFalse(await readDueList({ workspaceId }))
    await db.from('list_readings').where({ workspace_id: workspaceId }).update({ lease_until: new Date() })
    const other = (await takeReading({ workspaceId }))!
    const found = { id: 'a-mail', tags: tagsOf(story, 0), takenAt: new Date(), events: [] }
    assert.isFalse(await keepSighting(slow, { cursor: 'a-mail', found }))
    assert.lengthOf(await db.from('provider_events').where({ workspace_id: workspaceId }), 0)
    assert.isTrue(await db.transaction((trx) => goOn(other, 'another', trx)))
    assert.equal((await story.readings())[0].cursor, 'another')
  })

  test('a place that the provider does not know any more: from the beginning', async ({ assert }) => {
    const story = await inDoubt({ people: 1 })
    await story.letListBeDue()
    await db
      .from('list_readings')
      .where({ workspace_id: story.workspace.id })
      .update({ cursor: 'forgotten', began_at: new Date(0), reaches_to: new Date(0) })
    await readDueList({ workspaceId: story.workspace.id })
    assert.containsSubset((await story.readings())[0], { cursor: null, began_at: null, failures: 1 })
    await story.letListBeDue()
    await story.readOn()
    assert.equal((await story.person(0)).state, 'accepted')
  })

  test('another account is not asked about what it was not handed', async ({ assert }) => {
    const story = await inDoubt({ people: 1 })
    const { apiKey } = await connect(story.workspace)
    await story.letListBeDue()
    const before = paths(story)
    await story.readOn()
    assert.equal(paths(story), before)
    assert.containsSubset(await story.person(0), { state: 'unconfirmed', reason: 'unconfirmed' })
    assert.containsSubset((await story.readings())[0], { rounds: 1, account: story.account })
    assert.isString(apiKey)
  })

  test('a key that may only send is asked no more than a few times, and says nothing about anybody', async ({
    assert,
  }) => {
    const story = await inDoubt({ people: 1 })
    const rule = {
      effect: 'status',
      status: 401,
      name: 'restricted_api_key',
      match: { path: '/emails', method: 'GET' },
    }
    story.server.chaos([rule as any])
    for (let round = 0; round < 5; round++) {
      await story.letListBeDue()
      await story.readOn()
    }
    assert.lengthOf(await story.readings(), 0)
    assert.containsSubset(await story.person(0), { state: 'unconfirmed', reason: 'unconfirmed' })
  })

  test('ends after five readings, and after a day', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    const waits: number[] = []
    for (let round = 0; round < 5; round++) {
      await story.letListBeDue()
      await story.readOn()
      for (const { next_at: at } of await story.readings()) waits.push(Math.round((at.getTime() - Date.now()) / 60_000))
    }
    assert.deepEqual(waits, [15, 60, 240, 720])
    assert.lengthOf(await story.doubts(), 0)
    const late = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    await db
      .from('doubts')
      .where({ workspace_id: late.workspace.id })
      .update({ since: new Date(Date.now() - 25 * 3_600_000) })
    await late.letListBeDue()
    await late.readOn()
    assert.lengthOf(await late.readings(), 0)
  })

  test('who was erased is neither looked for nor called missing', async ({ assert }) => {
    const story = await inDoubt({ people: 1, rules: [{ effect: 'drop_before', times: 1 }] })
    await db.from('messages').where({ workspace_id: story.workspace.id }).update({ email: null })
    await story.letListBeDue()
    const before = paths(story)
    await story.readOn()
    assert.equal(paths(story), before)
    assert.equal((await story.person(0)).reason, 'unconfirmed')
    assert.lengthOf(await story.readings(), 0)
  })

  test('takes calls that are kept for service mail, and never those of campaigns', async ({ assert }) => {
    const account = `resend:spare-${Date.now()}`
    await db.table('rate_budgets').insert({
      account,
      per_second: 8,
      remaining: 8,
      kept_remaining: 2,
      window_ends_at: new Date(Date.now() + 60_000),
    })
    assert.equal(await takeSpareCall(account), 1)
    assert.equal(await takeSpareCall(account), 0)
    assert.isNull(await takeSpareCall(account))
    assert.equal((await db.from('rate_budgets').where({ account }).first()).remaining, 8)
    assert.isNotNull(await takeServiceCall(account, { isReplay: false }), 'service mail goes on')
    await db
      .from('rate_budgets')
      .where({ account })
      .update({ kept_remaining: 2, paused_until: new Date(Date.now() + 60_000) })
    assert.isNull(await takeSpareCall(account), 'not while the provider is given a rest')
  })
})

/** Somebody else's call, or one that was on its way for long. */
async function mailBy(
  story: Awaited<ReturnType<typeof inDoubt>>,
  { to, tags = {} }: { to: string; tags?: Record<string, string> }
) {
  const answer = await fetch(`${story.server.url}/emails`, {
    method: 'POST',
    headers: { 'authorization': 'Bearer re_other', 'content-type': 'application/json', 'user-agent': 'test' },
    body: JSON.stringify({
      from: 'news@bakery.test',
      to,
      subject: 'Hello',
      text: 'Hello',
      tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const tagsOf = (story: Awaited<ReturnType<typeof inDoubt>>, no: number) => ({
  w: String(story.workspace.id),
  c: String(story.campaignId),
  m: String(story.ids[no]),
})
