import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { progressOf } from '#tests/support/campaign'
import { sns } from '#tests/support/sns'
import { sesCampaign } from '#tests/support/ses_campaign'

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

test.group('What Amazon SES tells', () => {
  /** A campaign that was sent, and a topic that was subscribed. */
  async function subscribed({ client }: { client: any }) {
    const story = await sesCampaign({ client })
    const topic = await sns()
    await story.send()
    await story.post(topic.subscription())
    return { ...story, sns: topic }
  }

  test('is heard after the subscription was confirmed, at SNS and with its signature', async ({ client, assert }) => {
    const story = await sesCampaign({ client })
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
    const story = await sesCampaign({ client, people: 2, troubles: ['drop'] })
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
