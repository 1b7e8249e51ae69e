import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { applyEvents, sendAllOf } from '#delivery'
import { audience, freeze, letTimePass, progressOf, receiptOf } from '#tests/support/campaign'
import { sesStandIn, type SesTrouble } from '#tests/support/ses_stand_in'
import { sns } from '#tests/support/sns'
import { bakery } from '#tests/support/workspace'
import { setEnvironment } from '#tests/support/environment'

const CREDENTIALS = {
  access_key_id: 'AKIABLUEDOORBAKERY00',
  secret_access_key: 'a secret of the bakery, forty characters',
  region: 'eu-west-1',
  configuration_set: 'bakery',
}

async function standIn(options: Parameters<typeof sesStandIn>[0] = {}) {
  const ses = await sesStandIn(options)
  setEnvironment({ SES_BASE_URL: ses.url })
  return ses
}

/** A campaign that waits in a workspace whose mail leaves by SES. */
async function campaign({
  client,
  people = 3,
  troubles = [],
}: {
  client: any
  people?: number
  troubles?: SesTrouble[]
}) {
  const ses = await standIn()
  const story = await audience({ people })
  const body = { kind: 'ses', credentials: CREDENTIALS }
  const provider = (await client.post('/api/v1/providers').bearerToken(story.token).json(body)).body()
  const frozen = await freeze(story)
  ses.trouble(...troubles)
  const { webhook_key: key, account } = await db
    .from('provider_accounts')
    .where({ workspace_id: story.workspace.id })
    .first()
  const w = story.workspace.id
  return {
    ...story,
    ...frozen,
    ses,
    provider,
    key,
    account,
    async send({ rounds = 1 } = {}) {
      for (let round = 0; round < rounds; round++) {
        await sendAllOf({ workspaceId: w })
        if ((await progressOf(frozen.shipment)).finished_at) return
        if (round + 1 < rounds) await letTimePass(frozen.shipment)
      }
    },
    messages: () => db.from('messages').where({ workspace_id: w }).orderBy('contact_id'),
    events: () => db.from('provider_events').where({ workspace_id: w }).orderBy('id'),
    shown: async () => (await client.get(`/api/v1/providers/${provider.id}`).bearerToken(story.token)).body(),
    /** As SNS posts: JSON that says it is text. */
    post: (message: object, webhookKey = key) =>
      fetch(`${appUrl}/webhooks/ses/${webhookKey}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=UTF-8' },
        body: JSON.stringify(message),
      }),
    apply: () => applyEvents({ workspaceId: w }),
    mailOf: (no: number) => ses.mails.find(({ tags }) => tags.m === String(story.ids[no]))!,
  }
}

const about = ({ id, tags, to }: { id: string; tags: Record<string, string>; to: string }) => ({
  messageId: id,
  timestamp: new Date().toISOString(),
  destination: [to],
  headers: [{ name: 'List-Unsubscribe', value: '<https://bakery.test/u/secret>' }],
  tags: {
    'ses:configuration-set': ['bakery'],
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  },
})

test.group('Amazon SES', () => {
  test('half an answer is no answer: who may have the mail never gets it again', async ({ client, assert }) => {
    const story = await campaign({ client, troubles: ['garbled'] })
    await story.send({ rounds: 4 })
    assert.lengthOf(story.ses.mails, 3)
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 2 },
      unconfirmed: { total: 1 },
    })
  })

  test('takes one mail a call, whole, with our tags and headers', async ({ client, assert }) => {
    const story = await campaign({ client })
    await story.send()
    assert.equal(story.ses.calls(), 3)
    const mail = story.mailOf(0)
    assert.deepEqual(mail.tags, { w: String(story.workspace.id), c: String(story.campaignId), m: String(story.ids[0]) })
    assert.equal(mail.configurationSet, 'bakery')
    assert.equal(mail.to, 'p0@people.test')
    assert.equal(mail.mime.subject, `Fresh bread, P${story.ids[0]}`)
    assert.equal(mail.mime.from!.address, 'news@bakery.test')
    assert.include(mail.mime.html!, 'of Bristol')
    assert.include(mail.mime.text!, 'of Bristol')
    const header = (name: string) => mail.mime.headers.find(({ key }) => key === name)?.value ?? ''
    assert.match(header('list-unsubscribe'), /^<http.*\/u\/[\w-]+>$/)
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    assert.equal((await story.messages())[0].provider_id, mail.id)
  })

  for (const [name, trouble, reason] of [
    [
      'an address that it does not take',
      { status: 400, type: 'BadRequestException', message: 'Illegal address' },
      'refused_recipient',
    ],
    [
      'a reader who is not verified in the sandbox',
      {
        status: 400,
        type: 'MessageRejected',
        message:
          'Email address is not verified. The following identities failed the check in region EU-WEST-1: p0@people.test',
      },
      'refused_recipient',
    ],
    ['contents that it rejects', { status: 400, type: 'MessageRejected', message: 'Bad content' }, 'refused_message'],
  ] as const) {
    test(`${name}: that person has failed, the others get theirs`, async ({ client, assert }) => {
      const story = await campaign({ client, troubles: [trouble] })
      await story.send({ rounds: 3 })
      assert.lengthOf(story.ses.mails, 2)
      const { failed, accepted, closes } = await receiptOf(story.shipment)
      assert.deepEqual(failed, { total: 1, reasons: { [reason]: 1 } })
      assert.equal(accepted.total, 2)
      assert.isTrue(closes)
    })
  }

  for (const [name, trouble, reason] of [
    [
      'a sender who is not verified',
      {
        status: 400,
        type: 'MessageRejected',
        message:
          'Email address is not verified. The following identities failed the check in region EU-WEST-1: news@bakery.test',
      },
      /^domain/,
    ],
    [
      'a MAIL FROM that is not verified',
      { status: 400, type: 'MailFromDomainNotVerifiedException', message: 'MX is missing' },
      /^domain/,
    ],
    [
      'an account that is suspended',
      { status: 400, type: 'AccountSuspendedException', message: 'Suspended' },
      /^credentials/,
    ],
    ['sending that is paused', { status: 400, type: 'SendingPausedException', message: 'Paused' }, /^credentials/],
    [
      'a key that was deleted',
      { status: 403, type: 'UnrecognizedClientException', message: 'Invalid token' },
      /^credentials/,
    ],
    [
      'a configuration set that is not there',
      { status: 404, type: 'NotFoundException', message: 'bakery does not exist' },
      /^request/,
    ],
  ] as const) {
    test(`${name} stops the campaign, and nobody is lost`, async ({ client, assert }) => {
      const story = await campaign({ client, people: 1, troubles: [trouble] })
      await story.send()
      const progress = await progressOf(story.shipment)
      assert.containsSubset(progress, { state: 'stopped', queued: 1, sending: 0 })
      assert.match(progress.stop_reason!, reason)
    })
  }

  test('too fast is slowed down, and a quota is waited for', async ({ client, assert }) => {
    const story = await campaign({
      client,
      troubles: [{ status: 429, type: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' }],
    })
    await story.send({ rounds: 4 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    assert.equal(story.ses.calls(), 4)
    const other = await campaign({
      client,
      troubles: [{ status: 429, type: 'TooManyRequestsException', message: 'Daily message quota exceeded.' }],
    })
    await other.send()
    const progress = await progressOf(other.shipment)
    assert.containsSubset(progress, { state: 'running', queued: 3 })
    assert.match(progress.waiting_for!.reason, /quota/)
  })

  for (const [name, trouble] of [
    ['whose answer is lost', 'drop'],
    ['that breaks off', 'reset'],
    ['that ends in an error of its own', { status: 500, type: 'InternalServiceErrorException', message: 'Oops' }],
  ] as const) {
    test(`a call ${name} is unconfirmed and never made again`, async ({ client, assert }) => {
      const story = await campaign({ client, people: 2, troubles: [trouble] })
      await story.send({ rounds: 4 })
      assert.equal(story.ses.calls(), 2)
      const { unconfirmed, accepted, closes } = await receiptOf(story.shipment)
      assert.equal(unconfirmed.total, 1)
      assert.equal(accepted.total, 1)
      assert.isTrue(closes)
    })
  }

  test('a server that is not there has not sent anything', async ({ client, assert }) => {
    const story = await campaign({ client, people: 1 })
    process.env.SES_BASE_URL = 'http://127.0.0.1:9'
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', sending: 1, unconfirmed: 0 })
    process.env.SES_BASE_URL = story.ses.url
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 1 })
  })

  test('credentials are tried first: whose key, which region, what the account may', async ({ client, assert }) => {
    const ses = await standIn()
    const { token } = await bakery()
    const post = (credentials: object) =>
      client
        .post('/api/v1/providers')
        .bearerToken(token)
        .json({ kind: 'ses', credentials: { ...CREDENTIALS, ...credentials } })
    const unknown = await post({ access_key_id: 'AKIAUNKNOWN000000000' })
    unknown.assertStatus(422)
    unknown.assertBodyContains({ errors: [{ code: 'E_KEY_REFUSED', field: 'credentials.access_key_id' }] })
    ;(await post({ region: 'evil.example.com/' })).assertBodyContains({ errors: [{ field: 'credentials.region' }] })
    const kept = await post({})
    kept.assertStatus(201)
    kept.assertBodyContains({
      hint: 'AKIAB…RY00 · eu-west-1',
      settings: { region: 'eu-west-1', configuration_set: 'bakery' },
    })
    assert.notInclude(JSON.stringify(kept.body()), CREDENTIALS.secret_access_key)
    const { per_second: perSecond } = await db
      .from('rate_budgets')
      .whereIn('account', db.from('provider_accounts').where('id', kept.body().id).select('account'))
      .first()
    assert.equal(perSecond, 80)
    assert.lengthOf(ses.mails, 0)
  })
})

test.group('What Amazon SES tells', () => {
  /** A campaign that was sent, and a topic that was subscribed. */
  async function subscribed({ client }: { client: any }) {
    const story = await campaign({ client })
    const topic = await sns()
    await story.send()
    await story.post(topic.subscription())
    return { ...story, sns: topic }
  }

  test('is heard after the subscription was confirmed, at SNS and with its signature', async ({ client, assert }) => {
    const story = await campaign({ client })
    const topic = await sns()
    const before = await story.post(topic.notification({ eventType: 'Send' }))
    assert.equal(before.status, 401)
    assert.isFalse((await story.shown()).webhook.registered)
    assert.equal((await story.post(topic.subscription())).status, 200)
    assert.lengthOf(topic.confirmed, 1)
    assert.isTrue((await story.shown()).webhook.registered)
    const elsewhere = topic.subscription({
      SubscribeURL: 'https://sns.eu-west-1.amazonaws.com.evil.test/?Action=Confirm',
    })
    assert.equal((await story.post(elsewhere)).status, 400)
    assert.lengthOf(topic.confirmed, 1)
  })

  test('comes from nobody else', async ({ client, assert }) => {
    const story = await subscribed({ client })
    const event = { eventType: 'Bounce', mail: about(story.mailOf(0)), bounce: { bounceType: 'Permanent' } }
    const good = story.sns.notification(event)
    const refused = async (message: object, key?: string) => assert.equal((await story.post(message, key)).status, 401)
    await refused({ ...good, Message: JSON.stringify({ ...event, eventType: 'Complaint' }) })
    await refused({
      ...good,
      SigningCertURL: 'https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0123abcd.pem',
    })
    await refused({
      ...good,
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-0123abcd.pem',
    })
    await refused({
      ...good,
      SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem',
    })
    await refused({ ...good, Signature: undefined })
    await refused(good, 'a-key-of-nobody')
    const stranger = await sns({ account: '999999999999' })
    await refused(stranger.notification(event))
    await refused(stranger.subscription())
    assert.lengthOf(await story.events(), 0)
  })

  test('moves mails on: delivered, bounced for good, complained; each once', async ({ client, assert }) => {
    const story = await subscribed({ client })
    const at = new Date(Date.now() + 1_000).toISOString()
    const bounce = story.sns.notification({
      eventType: 'Bounce',
      mail: about(story.mailOf(1)),
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [
          {
            emailAddress: 'p1@people.test',
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 user unknown',
          },
        ],
        timestamp: at,
      },
    })
    for (const message of [
      story.sns.notification({ eventType: 'Delivery', mail: about(story.mailOf(0)), delivery: { timestamp: at } }),
      bounce,
      bounce,
      story.sns.notification({ eventType: 'Complaint', mail: about(story.mailOf(2)), complaint: { timestamp: at } }),
      story.sns.notification({ eventType: 'Open', mail: about(story.mailOf(0)), open: { ipAddress: '192.0.2.1' } }),
    ]) {
      assert.equal((await story.post(message)).status, 200)
    }
    const events = await story.events()
    assert.deepEqual(
      events.map(({ type }) => type),
      ['email.delivered', 'email.bounced', 'email.complained']
    )
    assert.notInclude(JSON.stringify(events), 'secret')
    await story.apply()
    assert.deepEqual(
      (await story.messages()).map(({ state }) => state),
      ['delivered', 'bounced', 'complained']
    )
    const suppressed = await db.from('suppressions').where({ workspace_id: story.workspace.id }).orderBy('address')
    assert.deepEqual(
      suppressed.map(({ address, reason }) => [address, reason]),
      [
        ['p1@people.test', 'hard_bounce'],
        ['p2@people.test', 'complaint'],
      ]
    )
    assert.isNotNull((await story.shown()).webhook.last_event_at)
  })

  test('settles what was unconfirmed, and knows its own suppression list from a complaint', async ({
    client,
    assert,
  }) => {
    const story = await campaign({ client, people: 2, troubles: ['drop'] })
    const topic = await sns()
    await story.send({ rounds: 3 })
    await story.post(topic.subscription())
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 1, accepted: 1 })
    for (const mail of story.ses.mails) await story.post(topic.notification({ eventType: 'Send', mail: about(mail) }))
    await story.apply()
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 0, accepted: 2 })
    const complaint = { complaintSubType: 'OnAccountSuppressionList', timestamp: new Date().toISOString() }
    await story.post(topic.notification({ eventType: 'Complaint', mail: about(story.mailOf(0)), complaint }))
    await story.apply()
    assert.equal((await story.messages())[0].state, 'suppressed')
  })

  test('about the mails of another workspace is not kept', async ({ client, assert }) => {
    const story = await subscribed({ client })
    const mail = about({ ...story.mailOf(0), tags: { w: '1', c: '1', m: '1' } })
    assert.equal((await story.post(story.sns.notification({ eventType: 'Send', mail }))).status, 200)
    assert.lengthOf(await story.events(), 0)
  })
})
