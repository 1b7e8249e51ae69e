import { test } from '@japa/runner'
import { mail, mails, receiver, standInWith, typesOf } from './support.js'

const ALL = [
  'email.sent',
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.suppressed',
  'email.delivery_delayed',
  'email.failed',
  'suppression.added',
] as any[]

/** A stand-in with an endpoint that the SDK has registered. */
async function told(options: Record<string, unknown> = {}, { refusals = 0, events = ALL } = {}) {
  const { standIn, resend } = await standInWith(options)
  const { posts, url } = await receiver({ refusals })
  const { data } = await resend.webhooks.create({ endpoint: url, events })
  return { standIn, resend, posts, webhook: data! }
}

test.group('Stand-in | webhooks', () => {
  test('a mail is sent and delivered, and the SDK verifies what is told', async ({ assert }) => {
    const { standIn, resend, posts, webhook } = await told()
    const tags = [{ name: 'd', value: 'm1' }]
    const { data } = await resend.emails.send(mail({ tags, headers: { 'X-Campaign': 'friday' } }))
    await standIn.flush()
    assert.sameMembers(typesOf(posts), ['email.sent', 'email.delivered'])
    const { payload, headers } = posts[0]
    const event: any = resend.webhooks.verify({
      payload,
      headers,
      webhookSecret: webhook.signing_secret,
    })
    assert.containSubset(event.data, {
      email_id: data!.id,
      to: ['ada@people.test'],
      tags: { d: 'm1' },
    })
    assert.deepEqual(event.data.headers, [{ name: 'X-Campaign', value: 'friday' }])
  })

  test('a tampered, an old or a foreign post does not verify', async ({ assert }) => {
    const { standIn, resend, posts, webhook } = await told()
    await resend.emails.send(mail())
    await standIn.flush()
    const { payload, headers } = posts[0]
    const webhookSecret = webhook.signing_secret
    const old = { ...headers, timestamp: String(Number(headers.timestamp) - 600) }
    assert.throws(() => resend.webhooks.verify({ payload: payload.replace('ada', 'ben'), headers, webhookSecret }))
    assert.throws(() => resend.webhooks.verify({ payload, headers: old, webhookSecret }))
    const foreign = `whsec_${Buffer.from('somebody else').toString('base64')}`
    assert.throws(() => resend.webhooks.verify({ payload, headers, webhookSecret: foreign }))
  })

  test('an event that was not taken comes again with the same id', async ({ assert }) => {
    const { standIn, resend, posts, webhook } = await told({}, { refusals: 2, events: ['email.sent'] })
    await resend.emails.send(mail())
    for (let round = 0; round < 3; round++) await standIn.flush()
    assert.lengthOf(posts, 3)
    assert.lengthOf(new Set(posts.map(({ headers }) => headers.id)), 1)
    const [id, eventId] = [webhook.id, posts[0].headers.id]
    const { data: attempts } = await resend.webhooks.events.attempts.list({
      webhookId: id,
      eventId,
    })
    assert.deepEqual(
      attempts!.data.map((attempt) => attempt.http_status_code),
      [200, 503, 503]
    )
  })

  test('the retry schedule runs by itself, scaled', async ({ assert }) => {
    const { resend, posts } = await told({}, { refusals: 1, events: ['email.sent'] })
    await resend.emails.send(mail())
    while (posts.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal(posts[0].headers.id, posts[1].headers.id)
  })

  test('an endpoint that keeps failing is disabled', async ({ assert }) => {
    const { standIn, resend, webhook } = await told({ retryScale: 0 }, { refusals: 1_000, events: ['email.sent'] })
    await resend.batch.send(mails(5))
    for (let round = 0; round < 8; round++) await standIn.flush()
    assert.equal((await resend.webhooks.get(webhook.id)).data!.status, 'disabled')
  })

  test('after a rotation both secrets verify for a day, then only the new one', async ({ assert }) => {
    const { standIn, resend, posts, webhook } = await told({}, { events: ['email.sent'] })
    const { data: rotated } = await resend.webhooks.rotateSigningSecret(webhook.id)
    const verifies = ({ payload, headers }: any, webhookSecret: string) => {
      assert.equal((resend.webhooks.verify({ payload, headers, webhookSecret }) as any).type, 'email.sent')
    }
    await resend.emails.send(mail())
    await standIn.flush()
    verifies(posts[0], webhook.signing_secret)
    verifies(posts[0], rotated!.signing_secret)
    standIn.advance(25 * 60 * 60 * 1_000)
    await resend.emails.send(mail())
    await standIn.flush()
    verifies(posts[1], rotated!.signing_secret)
    assert.throws(() => verifies(posts[1], webhook.signing_secret))
  })

  test('events are listed, shown and replayed', async ({ assert }) => {
    const { standIn, resend, posts, webhook } = await told({}, { events: ['email.delivered'] })
    await resend.emails.send(mail())
    await standIn.flush()
    const { data: events } = await resend.webhooks.events.list({ webhookId: webhook.id })
    const [{ id: eventId, status }] = events!.data
    assert.equal(status, 'success')
    const { data: event } = await resend.webhooks.events.get({ webhookId: webhook.id, eventId })
    assert.deepEqual(JSON.parse(JSON.stringify(event!.payload)), posts[0].event)
    await resend.webhooks.events.replay({ webhookId: webhook.id, eventId })
    await standIn.flush()
    assert.deepEqual([posts.length, posts[1].headers.id, posts[1].payload], [2, eventId, posts[0].payload])
  })

  test('webhooks are listed, changed and removed', async ({ assert }) => {
    const { resend, webhook } = await told()
    await resend.webhooks.update(webhook.id, { status: 'disabled' })
    assert.equal((await resend.webhooks.list()).data!.data[0].status, 'disabled')
    assert.isTrue((await resend.webhooks.remove(webhook.id)).data!.deleted)
    assert.equal((await resend.webhooks.get(webhook.id)).error!.statusCode, 404)
  })

  test('with duplication every event comes twice, with one id', async ({ assert }) => {
    const { standIn, resend, posts } = await told({ duplicate: 1 }, { events: ['email.sent'] })
    await resend.batch.send(mails(3))
    await standIn.flush()
    assert.lengthOf(posts, 6)
    assert.lengthOf(new Set(posts.map(({ headers }) => headers.id)), 3)
  })

  test('with shuffling the order is lost and nothing else', async ({ assert }) => {
    const { standIn, resend, posts } = await told({ shuffle: 5_000 }, { events: ['email.sent'] })
    await resend.batch.send(mails(20))
    await standIn.flush()
    const arrived = posts.map(({ event }) => event.data.to[0])
    const sent = mails(20).map(({ to }) => to)
    assert.sameMembers(arrived, sent)
    assert.notDeepEqual(arrived, sent)
  })

  test('an address has the fate that its name says: {to}')
    .with([
      { to: 'delivered@resend.dev', types: ['email.sent', 'email.delivered'] },
      { to: 'bounced+d123@resend.dev', types: ['email.sent', 'email.bounced'] },
      { to: 'complained@resend.dev', types: ['email.sent', 'email.delivered', 'email.complained'] },
      { to: 'suppressed@resend.dev', types: ['email.suppressed'] },
      { to: 'bounce+eve@people.test', types: ['email.sent', 'email.bounced', 'suppression.added'] },
      { to: 'soft+eve@people.test', types: ['email.sent', 'email.bounced'] },
      {
        to: 'delay+dev@people.test',
        types: ['email.sent', 'email.delivery_delayed', 'email.delivered'],
      },
      { to: 'fail+eve@people.test', types: ['email.failed'] },
    ])
    .run(async ({ assert }, { to, types }) => {
      const { standIn, resend, posts } = await told({ simulate: true })
      await resend.emails.send(mail({ to }))
      await standIn.flush()
      assert.sameMembers(typesOf(posts), types)
    })

  test('without --simulate a local part has no fate', async ({ assert }) => {
    const { standIn, resend, posts } = await told()
    await resend.emails.send(mail({ to: 'bounce+eve@people.test' }))
    await standIn.flush()
    assert.sameMembers(typesOf(posts), ['email.sent', 'email.delivered'])
  })

  test('who complained is suppressed the next time', async ({ assert }) => {
    const { standIn, resend, posts } = await told({ simulate: true })
    await resend.emails.send(mail({ to: 'complain+finn@people.test' }))
    await standIn.flush()
    posts.length = 0
    await resend.emails.send(mail({ to: 'complain+finn@people.test' }))
    await standIn.flush()
    assert.deepEqual(typesOf(posts), ['email.suppressed'])
    const { data } = await resend.suppressions.get('complain+finn@people.test')
    assert.equal(data!.origin, 'complaint')
  })

  test('an event can be made to happen by hand, as late as one likes', async ({ assert }) => {
    const { standIn, resend, posts } = await told({ events: 'manual' })
    const { data } = await resend.emails.send(mail())
    const bounce = { type: 'Transient', subType: 'MailboxFull', message: 'Full' }
    standIn.emit([
      {
        type: 'email.bounced',
        email_id: data!.id,
        details: { bounce },
        order: 2,
        created_at: '2026-11-20T10:00:00.000Z',
      },
      { type: 'email.delivered', to: 'ada@people.test', order: 1 },
    ])
    await standIn.flush()
    assert.sameMembers(typesOf(posts), ['email.delivered', 'email.bounced'])
    const bounced = posts.find(({ event }) => event.type === 'email.bounced')!.event
    assert.containSubset(bounced, { created_at: '2026-11-20T10:00:00.000Z', data: { bounce } })
  })
})
