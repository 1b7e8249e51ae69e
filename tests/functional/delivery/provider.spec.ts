import { getActiveTestOrFail, test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { channelFor, connectByEnvironment, sendAllOf } from '#delivery'
import { isReachable } from '#app/delivery/providers/webhook_address'
import { Membership, sendPasswordReset } from '#identity'
import { audience, connect, freeze } from '#tests/support/campaign'
import { standIn } from '#tests/support/stand_in'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'

async function withStandIn(options: Record<string, unknown> = {}) {
  const server = await standIn(options)
  process.env.RESEND_BASE_URL = server.url
  getActiveTestOrFail().cleanup(() => {
    delete process.env.RESEND_BASE_URL
    delete process.env.RESEND_API_KEY
    delete process.env.SMTP_URL
  })
  return server
}

const webhooksAt = async (url: string) =>
  (
    (await (
      await fetch(`${url}/webhooks`, { headers: { 'authorization': 'Bearer re_any', 'user-agent': 'test' } })
    ).json()) as any
  ).data

test.group('The provider of a workspace', () => {
  test('is connected by a key that works, which is kept encrypted and never shown', async ({ client, assert }) => {
    const server = await withStandIn()
    const { workspace, token } = await bakery()
    const answer = await client
      .put('/api/v1/providers/resend')
      .bearerToken(token)
      .json({ api_key: 're_bakery_secret_1234' })
    answer.assertStatus(200)
    answer.assertBodyContains({
      connected: true,
      source: 'workspace',
      channel: 'resend',
      api_key_hint: 're_ba…1234',
      webhook: { registered: true },
    })
    const row = await db.from('provider_accounts').where({ workspace_id: workspace.id }).first()
    assert.notInclude(JSON.stringify(row), 're_bakery_secret_1234')
    assert.notInclude(row.webhook_secret, 'whsec_')
    assert.notInclude(JSON.stringify(answer.body()), 'secret')
    const [webhook] = await webhooksAt(server.url)
    assert.include(webhook.endpoint, `/webhooks/resend/${row.webhook_key}`)
    assert.equal((await channelFor(workspace.id)).kind, 'resend')
  })

  test('connecting again leaves one webhook, another key moves it', async ({ client, assert }) => {
    const server = await withStandIn()
    const { token } = await bakery()
    const put = (key: string) => client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: key })
    await put('re_first_key')
    await put('re_first_key')
    assert.lengthOf(await webhooksAt(server.url), 1)
    ;(await put('re_second_key')).assertBodyContains({ webhook: { registered: true } })
    assert.lengthOf(await webhooksAt(server.url), 1)
  })

  test('a key that Resend does not know is refused, and nothing changes', async ({ client, assert }) => {
    await withStandIn()
    const { workspace, token } = await bakery()
    const answer = await client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: 're_bad_key' })
    answer.assertStatus(422)
    answer.assertBodyContains({ errors: [{ code: 'E_KEY_REFUSED', field: 'api_key' }] })
    assert.equal((await channelFor(workspace.id)).kind, 'capture')
  })

  test('nobody at home is not a bad key', async ({ client }) => {
    await withStandIn()
    process.env.RESEND_BASE_URL = 'http://127.0.0.1:9'
    const { token } = await bakery()
    ;(await client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: 're_good_key' })).assertStatus(
      503
    )
  })

  test('a key that may only send connects, and says what is missing', async ({ client, assert }) => {
    await withStandIn()
    const { token } = await bakery()
    const answer = await client
      .put('/api/v1/providers/resend')
      .bearerToken(token)
      .json({ api_key: 're_restricted_key' })
    answer.assertBodyContains({ connected: true, webhook: { registered: false } })
    assert.match(answer.body().webhook.note, /full access/)
  })

  test('disconnecting takes the webhook away at the provider', async ({ client, assert }) => {
    const server = await withStandIn()
    const { workspace, token } = await bakery()
    await client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: 're_first_key' })
    ;(await client.delete('/api/v1/providers/resend').bearerToken(token)).assertStatus(204)
    assert.lengthOf(await webhooksAt(server.url), 0)
    assert.equal((await channelFor(workspace.id)).kind, 'capture')
    ;(await client.delete('/api/v1/providers/resend').bearerToken(token)).assertStatus(404)
  })

  test('an editor may not change it', async ({ client }) => {
    const { token } = await bakery({ role: 'editor' })
    ;(await client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: 're_x_key' })).assertStatus(403)
  })

  test('the domains are listed with their state', async ({ client, assert }) => {
    const server = await withStandIn()
    const { token } = await bakery()
    const empty = await client.get('/api/v1/providers/resend/domains').bearerToken(token)
    assert.match(empty.body().note, /No provider/)
    await client.put('/api/v1/providers/resend').bearerToken(token).json({ api_key: 're_first_key' })
    await fetch(`${server.url}/domains`, {
      method: 'POST',
      headers: { 'authorization': 'Bearer re_first_key', 'user-agent': 'test', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'news.bakery.test' }),
    })
    const list = await client.get('/api/v1/providers/resend/domains').bearerToken(token)
    assert.containsSubset(list.body(), { note: null, data: [{ name: 'news.bakery.test' }] })
  })

  test("the environment's key connects who has none, with an endpoint of their own when they first send", async ({
    client,
    assert,
  }) => {
    const server = await withStandIn()
    process.env.RESEND_API_KEY = 're_environment_key'
    const story = await audience({ people: 2 })
    ;(await client.get('/api/v1/providers/resend').bearerToken(story.token)).assertBodyContains({
      source: 'environment',
      connected: true,
    })
    const { campaignId } = await freeze(story)
    await letTheWorkerWork(story.workspace)
    await sendAllOf({ workspaceId: story.workspace.id })
    assert.lengthOf(Object.keys(server.ledger('c', String(campaignId))), 2)
    const row = await db.from('provider_accounts').where({ workspace_id: story.workspace.id }).first()
    assert.isNull(row.credentials)
    assert.isNotNull(row.webhook_id)
    await connectByEnvironment({ workspaceId: story.workspace.id })
    assert.lengthOf(await webhooksAt(server.url), 1)
  })

  test('an address that the internet cannot reach is not registered', ({ assert }) => {
    assert.isFalse(isReachable('http://crm.example.com/x'))
    for (const host of [
      'localhost',
      '127.0.0.1',
      '10.1.2.3',
      '192.168.0.2',
      '172.16.3.4',
      '[::1]',
      'crm',
      'crm.local',
    ]) {
      assert.isFalse(isReachable(`https://${host}/x`), host)
    }
    assert.isTrue(isReachable('https://crm.example.com/x'))
  })
})

test.group('Mail of Assent itself', () => {
  const request = (workspaceId: number, payload: Record<string, unknown> = {}) =>
    db.table('domain_events').insert({
      workspace_id: workspaceId,
      name: 'mail.requested',
      payload: JSON.stringify({
        to: 'ada@people.test',
        subject: 'Confirm',
        html: '<p>Yes</p>',
        text: 'Yes',
        key: 'k-1',
        ...payload,
      }),
    })

  test('leaves at once, once for each key', async ({ assert, client }) => {
    const { workspace, token } = await bakery()
    await request(workspace.id)
    await request(workspace.id)
    await letTheWorkerWork(workspace)
    const { data } = (await client.get('/api/v1/outbox').bearerToken(token)).body()
    assert.lengthOf(data, 1)
    assert.containsSubset(data[0], {
      to: 'ada@people.test',
      subject: 'Confirm',
      from: '"Blue Door Bakery" <hello@bluedoor.test>',
    })
  })

  test('what opens something does not show in the Outbox', async ({ assert, client }) => {
    const { workspace, token } = await bakery()
    await request(workspace.id, { private: true })
    await letTheWorkerWork(workspace)
    assert.lengthOf((await client.get('/api/v1/outbox').bearerToken(token)).body().data, 0)
    assert.lengthOf(await db.from('captured_messages').where({ workspace_id: workspace.id }), 1)
  })

  test('to whoever may do more elsewhere never passes the key that a workspace chose', async ({ assert }) => {
    const server = await withStandIn()
    const mallory = await bakery()
    await connect(mallory.workspace)
    const { user } = await memberOf(mallory.workspace, { role: 'viewer' })
    const resets = async () => {
      await sendPasswordReset({ id: mallory.membership.id, payload: { email_key: user.emailKey } })
      await letTheWorkerWork(mallory.workspace)
      return (await server.mails({ to: user.email })).length
    }
    assert.equal(await resets(), 1)
    const theirs = await bakery()
    await Membership.create({ workspaceId: theirs.workspace.id, userId: user.id, role: 'owner' })
    assert.equal(await resets(), 1)
    const kept = await db.from('captured_messages').where({ to_address: user.email })
    assert.lengthOf(kept, 1)
    assert.containsSubset(kept[0], { private: true })
    assert.include(kept[0].from_address, '"Assent" <assent@')
  })

  test('an admin who connects an account of their own does not get the link of an owner', async ({ assert }) => {
    const server = await withStandIn()
    const { workspace, user: owner, membership } = await bakery()
    await connect(workspace)
    await memberOf(workspace, { role: 'admin' })
    await sendPasswordReset({ id: membership.id, payload: { email_key: owner.emailKey } })
    await letTheWorkerWork(workspace)
    assert.lengthOf(await server.mails({ to: owner.email }), 0)
    assert.lengthOf(await db.from('captured_messages').where({ to_address: owner.email }), 1)
  })

  test('comes again when the provider is in trouble', async ({ assert }) => {
    const server = await withStandIn()
    process.env.RESEND_API_KEY = 're_environment_key'
    server.chaos([{ effect: 'drop_after_accept', times: 1, match: { path: '/emails/batch' } }])
    const { workspace } = await bakery()
    await request(workspace.id)
    await letTheWorkerWork(workspace)
    await db
      .from('domain_events')
      .where({ workspace_id: workspace.id })
      .update({ not_before: new Date(0) })
    await letTheWorkerWork(workspace)
    assert.equal(server.stats().accepted, 1)
    assert.isNotNull((await db.from('domain_events').where({ workspace_id: workspace.id }).first()).dispatched_at)
  })
})
