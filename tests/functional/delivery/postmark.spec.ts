import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendServiceMailOf } from '#delivery'
import { acceptMessages } from '#app/delivery/service/accept_messages'
import { letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { bakery } from '#tests/support/workspace'
import { postmarkCampaign, postmarkInPlace } from '#tests/support/postmark_campaign'

test.group('Postmark', () => {
  test('takes a batch in one call, each mail whole, by the stream for campaigns', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 120 })
    await story.send()
    assert.equal(story.postmark.calls(), 2)
    const mail = story.mailTo(0)
    assert.containsSubset(mail, {
      From: '"Blue Door Bakery" <news@bakery.test>',
      Subject: `Fresh bread, P${story.ids[0]}`,
      MessageStream: 'broadcast',
      Metadata: { w: String(story.workspace.id), c: String(story.campaignId), m: String(story.ids[0]) },
      TrackOpens: false,
      TrackLinks: 'None',
    })
    assert.include(mail.HtmlBody, 'of Bristol')
    assert.include(mail.TextBody, 'of Bristol')
    const header = mail.Headers.find(({ Name }: any) => Name === 'List-Unsubscribe')
    assert.match(header.Value, /^<http.*\/u\/[\w-]+>$/)
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 120 })
    const message = await db
      .from('messages')
      .where({ workspace_id: story.workspace.id, contact_id: story.ids[0] })
      .first()
    assert.equal(message.provider_id, mail.MessageID)
  })

  test('what is refused of a batch is about those people; the others get theirs', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 5 })
    story.postmark.refuse('p1@people.test', { code: 406, message: 'You tried to send to an inactive recipient.' })
    story.postmark.refuse('p2@people.test', { code: 300, message: "Invalid 'To' address: 'p2@people.test'." })
    story.postmark.refuse('p3@people.test', { code: 300, message: 'Invalid header.' })
    await story.send()
    assert.equal(story.postmark.calls(), 1)
    assert.deepEqual(await story.states(), ['accepted', 'suppressed', 'failed', 'failed', 'accepted'])
    const { accepted, failed, closes } = await receiptOf(story.shipment)
    assert.deepEqual(accepted, { total: 3, reasons: { accepted: 2, suppressed: 1 } })
    assert.deepEqual(failed, { total: 2, reasons: { refused_recipient: 1, refused_message: 1 } })
    assert.isTrue(closes)
    assert.deepEqual(await story.suppressed(), [['p1@people.test', 'provider']])
  })

  test('when the credits end in the middle of a batch, the rest waits for more', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 4 })
    for (const no of [2, 3])
      story.postmark.refuse(`p${no}@people.test`, { code: 405, message: 'You ran out of credits.' })
    await story.send()
    const progress = await progressOf(story.shipment)
    assert.containsSubset(progress, { state: 'running', accepted: 2, queued: 2, sending: 0 })
    assert.match(progress.waiting_for!.reason, /quota/)
    story.postmark.forgive()
    await letTimePass(story.shipment)
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 4 })
    assert.lengthOf(story.postmark.mails, 4)
  })

  for (const [name, refusal, reason] of [
    [
      'a sender that is not confirmed',
      { code: 400, message: 'The From address is not a Sender Signature.' },
      /^domain/,
    ],
    ['an account that may not send', { code: 413, message: 'Your account may not send.' }, /^credentials/],
    ['a stream that was archived', { code: 1237, message: 'The stream is archived.' }, /^request/],
  ] as const) {
    test(`${name} stops the campaign, and nobody is lost`, async ({ client, assert }) => {
      const story = await postmarkCampaign({ client })
      for (const email of story.emails) story.postmark.refuse(email, refusal)
      await story.send()
      const stopped = await progressOf(story.shipment)
      assert.containsSubset(stopped, { state: 'stopped', queued: 3, sending: 0 })
      assert.match(stopped.stop_reason!, reason)
      story.postmark.forgive()
      await story.resume()
      await story.send()
      assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    })
  }

  test('a token that was deleted stops it, too many calls only slow it down', async ({ client, assert }) => {
    const story = await postmarkCampaign({
      client,
      troubles: [
        { status: 429, code: 429, message: 'Rate limit exceeded.' },
        { status: 401, code: 10, message: 'Bad or missing token.' },
      ],
    })
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', accepted: 0 })
    await letTimePass(story.shipment)
    await story.send({ rounds: 2 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'stopped', queued: 3 })
  })

  for (const [name, trouble] of [
    ['whose answer is lost', 'drop'],
    ['that breaks off', 'reset'],
    ['that ends in an error of its own', { status: 500, code: 0, message: 'Internal Server Error' }],
  ] as const) {
    test(`a call ${name} is unconfirmed and never made again`, async ({ client, assert }) => {
      const story = await postmarkCampaign({ client, troubles: [trouble] })
      await story.send({ rounds: 4 })
      assert.equal(story.postmark.calls(), 1)
      const { unconfirmed, closes } = await receiptOf(story.shipment)
      assert.equal(unconfirmed.total, 3)
      assert.isTrue(closes)
    })
  }

  test('a server that is not there has not sent anything', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client })
    process.env.POSTMARK_BASE_URL = 'http://127.0.0.1:3' // fetch itself refuses some ports, not this one
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', unconfirmed: 0 })
    process.env.POSTMARK_BASE_URL = story.postmark.url
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
  })

  test('each call has a connection of its own: none is left to die between two', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 201 })
    const before = story.postmark.connections()
    await story.send()
    assert.equal(story.postmark.calls(), 3)
    assert.equal(story.postmark.connections() - before, 3)
  })

  test('service mail goes by the stream of its own, and each has its own answer', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client })
    story.postmark.refuse('ben@people.test', { code: 406, message: 'Inactive.' })
    story.postmark.refuse('cara@people.test', { code: 405, message: 'No credits.' })
    const letter = { subject: 'Your order', content: { kind: 'markdown' as const, source: 'Thank you.' } }
    await acceptMessages(
      story.workspace,
      ['ada', 'ben', 'cara'].map((name) => ({ to: `${name}@people.test`, ...letter }))
    )
    await sendServiceMailOf({ workspaceId: story.workspace.id })
    const rows = await db.from('service_messages').where({ workspace_id: story.workspace.id }).orderBy('id')
    assert.deepEqual(
      rows.map(({ state, mail }) => [state, mail === null]),
      [
        ['accepted', true],
        ['suppressed', true],
        ['queued', false],
      ]
    )
    assert.equal(story.postmark.mails[0].MessageStream, 'outbound')
    assert.deepEqual(await story.suppressed(), [['ben@people.test', 'provider']])
  })

  test('service mail of a call without an answer is unconfirmed, however many were in it', async ({
    client,
    assert,
  }) => {
    const story = await postmarkCampaign({ client })
    const letter = { subject: 'Your order', content: { kind: 'markdown' as const, source: 'Thank you.' } }
    await acceptMessages(
      story.workspace,
      Array.from({ length: 300 }, (_, no) => ({ to: `p${no}@people.test`, ...letter }))
    )
    story.postmark.trouble('drop', 'drop', 'drop', 'drop')
    await sendServiceMailOf({ workspaceId: story.workspace.id })
    const states = await db
      .from('service_messages')
      .where({ workspace_id: story.workspace.id })
      .select('state')
      .count('* as n')
      .groupBy('state')
    assert.deepEqual(
      states.map(({ state, n }) => [state, Number(n)]),
      [['unconfirmed', 300]]
    )
  })

  test('credentials are tried first: the token, then both streams', async ({ client, assert }) => {
    const server = await postmarkInPlace({ streams: ['broadcast', 'outbound', 'news'] })
    const { token } = await bakery()
    const post = (credentials: object) =>
      client.post('/api/v1/providers').bearerToken(token).json({ kind: 'postmark', credentials })
    const refused = async (credentials: object, field: string) => {
      const answer = await post(credentials)
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ field }] })
    }
    await refused({}, 'credentials.server_token')
    await refused({ server_token: 'unknown-token' }, 'credentials.server_token')
    await refused({ server_token: 'bakery-token', broadcast_stream: 'letters' }, 'credentials.broadcast_stream')
    const kept = await post({ server_token: 'bakery-token-x', broadcast_stream: 'news' })
    kept.assertBodyContains({ settings: { broadcast_stream: 'news', transactional_stream: 'outbound' } })
    assert.isTrue(kept.body().webhook.registered)
    assert.deepEqual(
      server.webhooks.map(({ MessageStream }) => MessageStream),
      ['news', 'outbound']
    )
    ;(await client.delete(`/api/v1/providers/${kept.body().id}`).bearerToken(token)).assertStatus(204)
    assert.lengthOf(server.webhooks, 0)
  })
})
