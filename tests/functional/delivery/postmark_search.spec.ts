import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { progressOf, receiptOf } from '#tests/support/campaign'
import { reading } from '#tests/support/in_doubt'
import { postmarkCampaign } from '#tests/support/postmark_campaign'
import type { PostmarkTrouble } from '#tests/support/postmark_stand_in'

const soon = () => new Date(Date.now() + 1_000).toISOString()

test.group('The message search of Postmark', () => {
  test('clears up a call without an answer: by our metadata, with every step since', async ({ client, assert }) => {
    const story = await postmarkCampaign({ client, people: 4, troubles: ['drop'] })
    await story.send({ rounds: 2 })
    const list = reading(story.workspace.id)
    const [, bounced, delivered, complained] = [0, 1, 2, 3].map((no) => story.mailTo(no).MessageID)
    const bounce = { Type: 'HardBounce', Description: 'Unknown.', Details: 'smtp;550 5.1.1', BouncedAt: soon() }
    story.postmark.bounced({ ID: 7, ...bounce, MessageID: bounced })
    story.postmark.bounced({ ID: 8, ...bounce, Type: 'SpamComplaint', MessageID: complained })
    const seen = { Recipient: '', ReceivedAt: soon() }
    story.postmark.happened(bounced, { ...seen, Type: 'Bounced', Details: { BounceID: 7 } })
    story.postmark.happened(complained, { ...seen, Type: 'Bounced', Details: { BounceID: 8 } })
    story.postmark.happened(
      delivered,
      { ...seen, Type: 'Transient' },
      { ...seen, Type: 'Delivered' },
      { ...seen, Type: 'Opened' }
    )
    story.postmark.mails.push({ ...story.mailTo(0), MessageID: 'another', Metadata: { w: '1', c: '2', m: '3' } })
    await list.letListBeDue()
    await list.readOn()
    assert.deepEqual(await story.states(), ['accepted', 'bounced', 'delivered', 'complained'])
    assert.deepEqual(await story.suppressed(), [
      ['p1@people.test', 'hard_bounce'],
      ['p3@people.test', 'complaint'],
    ])
    const rows = await db.from('messages').where({ workspace_id: story.workspace.id }).orderBy('contact_id')
    assert.deepEqual(
      rows.map(({ provider_id: id }) => id),
      [0, 1, 2, 3].map((no) => story.mailTo(no).MessageID)
    )
    assert.isTrue(rows.every(({ found_at: at }) => at !== null))
    const { Metadata } = story.mailTo(1)
    await story.post({ RecordType: 'Bounce', ID: 7, ...bounce, MessageID: bounced, Metadata })
    await story.apply()
    assert.lengthOf(await db.from('bounces').where({ workspace_id: story.workspace.id }), 1)
  })

  test('says who is not there, and goes on where too many calls or no answer stopped it', async ({
    client,
    assert,
  }) => {
    const story = await postmarkCampaign({ client, people: 3, troubles: ['reset'] })
    await story.send({ rounds: 2 })
    assert.containsSubset(await progressOf(story.shipment), { unconfirmed: 3 })
    const list = reading(story.workspace.id)
    for (const trouble of [{ status: 429, code: 429, message: 'Too many.' }, 'reset'] as PostmarkTrouble[]) {
      await list.letListBeDue()
      story.postmark.searchTrouble(trouble)
      await list.readOn()
      assert.lengthOf(await list.readings(), 1)
    }
    await list.letListBeDue()
    await list.readOn()
    assert.equal(story.postmark.searches(), 5)
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      unconfirmed: { total: 3, reasons: { not_in_providers_list: 3 } },
    })
    assert.lengthOf(story.postmark.mails, 0)
  })
})
