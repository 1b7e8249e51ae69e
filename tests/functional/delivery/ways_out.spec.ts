import { getActiveTestOrFail, test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resendAccount } from '#channels'
import { resumeShipment, sendAllOf, sendServiceMailOf } from '#delivery'
import { acceptMessages } from '#app/delivery/service/accept_messages'
import { theSystem } from '#identity'
import { audience, freeze, letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { mailServer } from '#tests/support/mail_server'
import { standIn } from '#tests/support/stand_in'

const FIRST = 're_first_key_of_the_bakery'
const SECOND = 're_second_key_of_the_bakery'

/** A bakery with an account at Resend, its mail server as the second in order, and a campaign that waits. */
async function bakery({
  client,
  isFallback = true,
  people = 3,
}: {
  client: any
  isFallback?: boolean
  people?: number
}) {
  const server = await standIn()
  const smtp = await mailServer()
  Object.assign(process.env, { RESEND_BASE_URL: server.url, ALLOW_PRIVATE_ADDRESSES: 'true' })
  getActiveTestOrFail().cleanup(() => {
    delete process.env.RESEND_BASE_URL
    delete process.env.ALLOW_PRIVATE_ADDRESSES
  })
  const story = await audience({ people })
  const post = async (path: string, body: object) =>
    (await client.post(`/api/v1${path}`).bearerToken(story.token).json(body)).body()
  const first = await post('/providers', { kind: 'resend', name: 'First', credentials: { api_key: FIRST } })
  const second = await post('/providers', {
    kind: 'smtp',
    name: 'Own server',
    is_fallback: isFallback,
    credentials: { host: '127.0.0.1', port: smtp.port, security: 'none' },
  })
  const frozen = await freeze(story)
  const change = { workspaceId: story.workspace.id, shipmentId: frozen.shipment.id, actor: theSystem }
  const account = resendAccount(FIRST)
  return {
    ...story,
    ...frozen,
    server,
    smtp,
    post,
    first,
    second,
    account,
    budget: (facts: Record<string, unknown>) => db.from('rate_budgets').where({ account }).update(facts),
    provider: async (id: string) => (await client.get(`/api/v1/providers/${id}`).bearerToken(story.token)).body(),
    route: (topic: string | number, id: string) =>
      client.put(`/api/v1/sending-routes/${topic}`).bearerToken(story.token).json({ provider_id: id }),
    send: () => sendAllOf({ workspaceId: story.workspace.id }),
    resume: () => db.transaction((trx) => resumeShipment({ ...change, trx })),
    byResend: async () => Object.values(server.ledger('c', String(frozen.campaignId))).length,
  }
}

const later = () => new Date(Date.now() + 600_000)

test.group('The way out', () => {
  test('is the first in the order, for everybody', async ({ client, assert }) => {
    const story = await bakery({ client })
    await story.send()
    assert.equal(await story.byResend(), 3)
    assert.lengthOf(story.smtp.received, 0)
  })

  for (const [name, facts] of [
    ['its quota is used up', () => ({ quota_until: later(), quota_note: 'daily' })],
    ['its provider is in trouble', () => ({ paused_until: later(), pause_reason: 'provider: 503', failures: 8 })],
  ] as const) {
    test(`while ${name}, the next steps in that may`, async ({ client, assert }) => {
      const story = await bakery({ client })
      await story.budget(facts())
      await story.send()
      assert.equal(await story.byResend(), 0)
      assert.lengthOf(story.smtp.received, 3)
      assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    })

    test(`while ${name} and none may step in, the campaign waits and says why`, async ({ client, assert }) => {
      const story = await bakery({ client, isFallback: false })
      await story.budget(facts())
      await story.send()
      assert.lengthOf(story.smtp.received, 0)
      const progress = await progressOf(story.shipment)
      assert.containsSubset(progress, { state: 'running', queued: 3 })
      assert.match(progress.waiting_for!.reason, /quota|provider/)
      await letTimePass(story.shipment)
      await story.budget({ quota_until: null })
      await story.send()
      assert.equal(await story.byResend(), 3)
    })
  }

  test('a hiccup is waited for, and so is the next second', async ({ client, assert }) => {
    const story = await bakery({ client })
    await story.budget({ paused_until: new Date(Date.now() + 25_000), failures: 4 })
    await story.send()
    await story.budget({ paused_until: null, failures: 0, remaining: 0, window_ends_at: new Date(Date.now() + 25_000) })
    await story.send()
    assert.lengthOf(story.smtp.received, 0)
    await letTimePass(story.shipment)
    await story.send()
    assert.equal(await story.byResend(), 3)
  })

  test('when the provider refuses the key, the next steps in, and the account says so', async ({ client, assert }) => {
    const story = await bakery({ client })
    story.server.chaos([{ effect: 'status', status: 401, name: 'invalid_api_key', message: 'API key is invalid' }])
    await story.send()
    assert.lengthOf(story.smtp.received, 3)
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    const account = await story.provider(story.first.id)
    assert.equal(account.status, 'refused')
    assert.match(account.status_note, /invalid/)
    const asked = await db.from('domain_events').where({ workspace_id: story.workspace.id, name: 'mail.requested' })
    assert.lengthOf(asked, 1, 'its owner is told, once')
    story.server.chaos([])
    const tried = await client.post(`/api/v1/providers/${story.first.id}/test`).bearerToken(story.token).json({})
    tried.assertBodyContains({ ok: true })
    assert.equal((await story.provider(story.first.id)).status, 'ok')
  })

  test('where none steps in, a refused key stops the campaign; going on tries it again', async ({ client, assert }) => {
    const story = await bakery({ client, isFallback: false })
    story.server.chaos([{ effect: 'status', status: 401, name: 'invalid_api_key', message: 'API key is invalid' }])
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'stopped', queued: 3 })
    story.server.chaos([])
    await story.resume()
    await story.send()
    assert.equal(await story.byResend(), 3)
    assert.equal((await story.provider(story.first.id)).status, 'ok')
  })

  test('whose mail may be on its way never goes by another account', async ({ client, assert }) => {
    const story = await bakery({ client })
    story.server.chaos([{ effect: 'drop_after_accept', times: 1, match: { path: '/emails/batch' } }])
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', sending: 3 })
    await letTimePass(story.shipment)
    await story.budget({ paused_until: later(), failures: 9 })
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', sending: 3 })
    assert.lengthOf(story.smtp.received, 0)
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    assert.equal(await story.byResend(), 3)
    assert.lengthOf(story.smtp.received, 0)
  })

  test('in doubt at an account that was removed, nobody is written to again', async ({ client, assert }) => {
    const story = await bakery({ client })
    story.server.chaos([{ effect: 'drop_after_accept', times: 1, match: { path: '/emails/batch' } }])
    await story.send()
    ;(await client.delete(`/api/v1/providers/${story.first.id}`).bearerToken(story.token)).assertStatus(204)
    await letTimePass(story.shipment)
    await story.send()
    assert.lengthOf(story.smtp.received, 0)
    assert.containsSubset(await receiptOf(story.shipment), { unconfirmed: { total: 3 }, closes: true })
  })

  test('a topic may have one of its own; the others go by the first', async ({ client, assert }) => {
    const story = await bakery({ client, isFallback: false })
    ;(await story.route(story.topic.id, story.second.id)).assertStatus(200)
    assert.deepEqual((await story.provider(story.second.id)).topics, [String(story.topic.id)])
    await story.send()
    assert.lengthOf(story.smtp.received, 3)
    const path = `/api/v1/sending-routes/${story.topic.id}`
    ;(await client.delete(path).bearerToken(story.token)).assertStatus(204)
    await freeze(story)
    await story.send()
    assert.lengthOf(story.smtp.received, 3)
  })

  test('service mail has one, too', async ({ client, assert }) => {
    const story = await bakery({ client, isFallback: false })
    ;(await story.route('service', story.second.id)).assertStatus(200)
    await acceptMessages(story.workspace, [
      { to: 'ada@people.test', subject: 'Your order', content: { kind: 'markdown', source: 'Thank you.' } },
    ])
    await sendServiceMailOf({ workspaceId: story.workspace.id })
    assert.lengthOf(story.smtp.received, 1)
    assert.include(story.smtp.received[0], 'Your order')
  })

  test('one workspace that waits for its account does not hold up another', async ({ client, assert }) => {
    const waits = await bakery({ client, isFallback: false })
    await waits.budget({ quota_until: later(), quota_note: 'daily' })
    const other = await audience({ people: 2 })
    await client.put('/api/v1/providers/resend').bearerToken(other.token).json({ api_key: SECOND })
    const { campaignId } = await freeze(other)
    await sendAllOf({ workspaceId: other.workspace.id })
    assert.lengthOf(Object.values(waits.server.ledger('c', String(campaignId))), 2)
  })

  test('routes name a topic and a provider of the workspace', async ({ client }) => {
    const story = await bakery({ client })
    const other = await bakery({ client })
    ;(await story.route(other.topic.id, story.first.id)).assertStatus(404)
    ;(await story.route(story.topic.id, other.first.id)).assertStatus(404)
    ;(await story.route('nonsense', story.first.id)).assertStatus(404)
  })
})
