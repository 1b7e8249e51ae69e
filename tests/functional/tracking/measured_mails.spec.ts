import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { channelFor } from '#app/delivery/providers/channel_for'
import { claimBatch } from '#app/delivery/sender/claim_batch'
import { payloadHash } from '#app/delivery/sender/compose_mails'
import { letterOf } from '#app/delivery/sender/letters'
import { sealBatch, sealedMails } from '#app/delivery/sender/seal_batch'
import { campaign, sent } from '#tests/support/written_campaign'
import { say, only, mailsOf } from '#tests/support/measuring'

test.group('What a mail carries', () => {
  test('who said no gets no pixel and plain links; the others are measured as ever', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await say(story.workspace, ben, 'withdraw')
    await sent(story)
    const mails = await mailsOf(story.workspace, story.ids)
    for (const [no, mail] of mails.entries()) {
      const isCounted = no !== 1
      assert.equal(mail.html.includes('/o/'), isCounted)
      assert.equal(/\/c\//.test(mail.html), isCounted)
      assert.equal(/\/c\//.test(mail.text), isCounted)
      assert.equal(mail.html.includes('bluedoor.test/order'), !isCounted)
      assert.include(mail.headers['List-Unsubscribe'], '/u/')
    }
    assert.include(mails[1].html, encodeURIComponent(story.emails[1]))
    const messages = await db.from('messages').where('workspace_id', story.workspace.id)
    const measured = messages.filter(({ opens_measured: opens, clicks_measured: clicks }) => opens && clicks)
    assert.sameMembers(
      measured.map(({ contact_id: id }) => id),
      [ada, cara]
    )
  })

  test('where only who agreed is measured, nobody else carries anything', async ({ client, assert }) => {
    const story = await campaign(client)
    await only(story.workspace, 'only_who_agreed')
    await say(story.workspace, story.ids[2], 'grant')
    await sent(story)
    const mails = await mailsOf(story.workspace, story.ids)
    assert.deepEqual(
      mails.map(({ html }) => /\/[oc]\//.test(html)),
      [false, false, true]
    )
  })

  test('an agreement that has expired, or was undone, is none', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await only(story.workspace, 'only_who_agreed')
    for (const id of story.ids) await say(story.workspace, id, 'grant')
    await db
      .from('consents')
      .where({ contact_id: ada, channel: 'tracking' })
      .update({ expires_at: new Date(Date.now() - 1_000) })
    await say(story.workspace, ben, 'grant', { basis: 'unknown', statement: 'The import that said so was undone.' })
    await sent(story)
    const mails = await mailsOf(story.workspace, [ada, ben, cara])
    assert.deepEqual(
      mails.map(({ html }) => html.includes('/o/')),
      [false, false, true]
    )
  })

  test('what was sealed is made again byte for byte, whatever somebody said meanwhile', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben] = story.ids
    const workspaceId = story.workspace.id
    await say(story.workspace, ben, 'withdraw')
    ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
    const batch = (await claimBatch({ worker: 'test', workspaceId }))!
    const letter = await letterOf(batch)
    const mails = (await sealBatch(batch, letter, await channelFor(workspaceId, {})))!
    await say(story.workspace, ben, 'grant')
    await say(story.workspace, ada, 'withdraw')
    const [{ sealed }] = await db.from('batches').where({ workspace_id: workspaceId, id: batch.id })
    const again = sealedMails({ ...batch, sealed }, letter)
    assert.deepEqual(payloadHash(again), payloadHash(mails))
    assert.deepEqual(
      again.map(({ html }) => String(html).includes('/o/')),
      [true, false, true]
    )
  })

  test('the preview shows a person what they would get, and later what they got', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben] = story.ids
    await say(story.workspace, ben, 'withdraw')
    const shown = async (id: number) =>
      (await story.api.post(`/${story.id}/render`, { contact_id: String(id) })).body().html
    assert.include(await shown(ada), '/o/')
    assert.notInclude(await shown(ben), '/o/')
    await sent(story)
    await say(story.workspace, ada, 'withdraw')
    const [mail] = await mailsOf(story.workspace, [ada])
    assert.equal(await shown(ada), mail.html)
  })
})
