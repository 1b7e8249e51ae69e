import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { progressOf } from '#tests/support/campaign'
import { postmarkCampaign } from '#tests/support/postmark_campaign'

const soon = () => new Date(Date.now() + 1_000).toISOString()

test.group('What Postmark tells', () => {
  test('moves mails on: delivered, bounced for good, complained; each once', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 4 })
    await story.send()
    const about = (no: number) => {
      const { MessageID, Metadata, To } = story.mailTo(no)
      return { MessageID, Metadata, Email: To, Recipient: To }
    }
    const bounce = {
      RecordType: 'Bounce',
      ID: 692560173,
      Type: 'HardBounce',
      TypeCode: 1,
      Description: 'The server was unable to deliver your message.',
      Details: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
      BouncedAt: soon(),
      ...about(1),
    }
    for (const event of [
      { RecordType: 'Delivery', DeliveredAt: soon(), Details: '250 OK', ...about(0) },
      bounce,
      bounce,
      { RecordType: 'SpamComplaint', ID: 7, Type: 'SpamComplaint', BouncedAt: soon(), ...about(2) },
      { RecordType: 'Bounce', ID: 8, Type: 'AutoResponder', BouncedAt: soon(), ...about(3) },
      { RecordType: 'Open', FirstOpen: true, ReceivedAt: soon(), ...about(0) },
    ]) {
      assert.equal((await story.post(event)).status, 200)
    }
    assert.lengthOf(await story.events(), 3)
    await story.apply()
    assert.deepEqual(await story.states(), ['delivered', 'bounced', 'complained', 'accepted'])
    assert.deepEqual(await story.suppressed(), [
      ['p1@people.test', 'hard_bounce'],
      ['p2@people.test', 'complaint'],
    ])
  })

  test('settles what was unconfirmed', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 2, troubles: ['drop'] })
    await story.send({ rounds: 2 })
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 2 })
    for (const { MessageID, Metadata, To } of story.postmark.mails) {
      await story.post({ RecordType: 'Delivery', MessageID, Metadata, Recipient: To, DeliveredAt: soon() })
    }
    await story.apply()
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 0, accepted: 2, delivered: 2 })
  })

  test('whoever leaves by its own link is not written to any more', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client })
    const change = { RecordType: 'SubscriptionChange', MessageStream: 'broadcast', Metadata: {}, ChangedAt: soon() }
    await story.post({
      ...change,
      Recipient: 'p0@people.test',
      Origin: 'Recipient',
      SuppressSending: true,
      SuppressionReason: 'ManualSuppression',
    })
    await story.post({ ...change, Recipient: 'p1@people.test', Origin: 'Customer', SuppressSending: false })
    await story.apply()
    assert.deepEqual(await story.suppressed(), [['p0@people.test', 'unsubscribed_all']])
    await story.send()
    assert.lengthOf(story.postmark.mails, 2)
  })

  test('comes with the password that we gave it, or not at all', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 1 })
    await story.send()
    const { MessageID, Metadata, To } = story.mailTo(0)
    const event = { RecordType: 'Delivery', MessageID, Metadata, Recipient: To, DeliveredAt: soon() }
    assert.equal((await story.post(event, { password: 'guessed' })).status, 401)
    const unsigned = await fetch(`${appUrl}${new URL(story.postmark.webhooks[0].Url).pathname}`, {
      method: 'POST',
      body: JSON.stringify(event),
    })
    assert.equal(unsigned.status, 401)
    assert.equal((await story.post({ ...event, Metadata: { ...Metadata, w: '1' } })).status, 200)
    assert.lengthOf(await story.events(), 0)
    assert.notInclude(JSON.stringify(await db.from('provider_accounts')), story.postmark.webhooks[0].HttpAuth.Password)
  })
})
