import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { closeDueReconfirmations } from '#campaigns'
import { putToRest, verifyLedger } from '#consent'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { castOfWeakProof, timeIsOver } from '#tests/support/asking'
import { asked, close, stands } from '#tests/support/asked_again'

test.group('What people answer, and what silence means', () => {
  test('yes is a new agreement in the words shown, by their own hand; no is a withdrawal; looking is neither', async ({
    client,
    assert,
  }) => {
    const story = await asked(client, { silence: 'withdraw' })
    const { people, workspace, mailTo, account } = story
    const entries = () => db.from('consent_entries').where('workspace_id', workspace.id).count('* as n').first()
    const before = await entries()
    for (const { link } of story.mails) {
      const page = await client.get(link)
      page.assertStatus(200)
      assert.include(page.text(), 'I want mails about “Weekly specials” from Blue Door Bakery')
      assert.include(page.text(), 'that counts as no')
      assert.notInclude(page.text(), 'ben@example.test', 'a forwarded mail gives no address away')
    }
    await client.post(mailTo('ben').link).form({ answer: 'perhaps' })
    assert.deepEqual(await entries(), before, 'looking, and saying nothing clear, changes nothing')

    const yes = await client.post(mailTo('ben').link).header('user-agent', 'Bens Browser/1').form({ answer: 'yes' })
    yes.assertStatus(200)
    assert.include(yes.text(), 'you go on getting them')
    await client.post(mailTo('ben').link).form({ answer: 'yes' })
    const { state, ledger } = await stands(story, people.ben)
    assert.lengthOf(ledger, 2, 'again is no second entry')
    assert.containsSubset(ledger[0], {
      action: 'grant',
      basis: 'consent_express',
      source: 're-confirmation page',
      source_kind: 'person',
      source_ref: `campaign:${story.campaignId}`,
      user_agent: 'Bens Browser/1',
      language: 'en',
    })
    assert.isNotNull(ledger[0].ip)
    assert.isNotNull(ledger[0].wording)
    assert.deepEqual(state[0].proof, { strength: 'strong', weaknesses: [] })

    const no = await client.post(mailTo('cara').link).form({ answer: 'no' })
    assert.include(no.text(), 'You get no more of them')
    const cara = await stands(story, people.cara)
    assert.equal(cara.state[0].status, 'withdrawn')
    assert.containsSubset((await account()).answers, { asked: 3, confirmed: 1, declined: 1, waiting: 1, silent: 0 })
    const changed = await client.post(mailTo('cara').link).form({ answer: 'yes' })
    assert.include(changed.text(), 'you go on getting them')
    assert.containsSubset((await account()).answers, { confirmed: 2, declined: 0 })
    assert.isEmpty((await verifyLedger({ workspaceId: workspace.id })).breaks)
  })

  test('when the time is over, silence means what was chosen, once, and late answers still count', async ({
    client,
    assert,
  }) => {
    const story = await asked(client, { silence: 'withdraw' })
    const { people, workspace, mailTo, account } = story
    await client.post(mailTo('ben').link).form({ answer: 'yes' })
    await closeDueReconfirmations({ workspaceId: workspace.id })
    assert.equal((await account()).state, 'asking', 'not before')
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, contact_id: people.cara })
      .update({ state: 'bounced' })
    await close(story)
    await closeDueReconfirmations({ workspaceId: workspace.id })
    const { state, answers } = await account()
    assert.equal(state, 'closed')
    assert.deepEqual(answers, {
      asked: 2,
      waiting: 0,
      confirmed: 1,
      declined: 0,
      reacted: 0,
      silent: 1,
      not_asked: { bounced: 1 },
      late: { confirmed: 0, declined: 0 },
    })
    const dev = await stands(story, people.dev)
    assert.equal(dev.state[0].status, 'withdrawn')
    assert.lengthOf(dev.ledger, 2)
    assert.containsSubset(dev.ledger[0], { action: 'withdraw', reason: 'no answer', source: 're-confirmation' })
    assert.equal((await stands(story, people.cara)).state[0].status, 'granted', 'who did not get it was not silent')

    const late = await client.get(mailTo('dev').link)
    assert.include(late.text(), 'The time for answers was over')
    await client.post(mailTo('dev').link).form({ answer: 'yes' })
    assert.isTrue((await stands(story, people.dev)).state[0].may_receive)
    assert.containsSubset((await account()).answers, { silent: 1, late: { confirmed: 1 } })
  })

  test('who rests gets nothing, which is no withdrawal; their own word or the team wakes them', async ({
    client,
    assert,
  }) => {
    const story = await asked(client, { silence: 'rest' })
    const { people, topic, api, mailTo } = story
    await close(story)
    assert.containsSubset((await story.account()).answers, { silent: 3 })
    const ben = await stands(story, people.ben)
    assert.containsSubset(ben.state[0], { status: 'granted', may_receive: false, reason: 'resting' })
    assert.lengthOf(ben.rests, 1)
    assert.lengthOf(ben.ledger, 1, 'nothing was said')
    const why = await api.post('/consents/check', { contact_id: String(people.ben), topic_id: String(topic.id) })
    assert.include(why.body().reasons.find((one: any) => !one.holds).detail, 'did not answer')

    await client.post(mailTo('ben').link).form({ answer: 'yes' })
    assert.isTrue((await stands(story, people.ben)).state[0].may_receive)

    const preferences = mailTo('cara').link.replace('/k/', '/p/')
    const page = await client.get(preferences)
    assert.include(page.text(), 'heard nothing')
    await client.post(preferences).form({ take_back: `${topic.id}:rest` })
    assert.isTrue((await stands(story, people.cara)).state[0].may_receive)

    const unexplained = await api.post(`/contacts/${people.dev}/wake`, { topic_id: String(topic.id) })
    unexplained.assertStatus(422)
    const woken = await api.post(`/contacts/${people.dev}/wake`, { topic_id: String(topic.id), reason: 'They called.' })
    woken.assertStatus(200)
    assert.isTrue(woken.body().state[0].may_receive)
    const again = await api.post(`/contacts/${people.dev}/wake`, { topic_id: String(topic.id), reason: 'They called.' })
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_NOT_RESTING' }] })
    const audit = await db
      .from('audit_entries')
      .where({ workspace_id: story.workspace.id, action: 'consent.woken', subject_id: String(people.dev) })
      .first()
    assert.equal(audit.details.reason, 'They called.')
  })

  test('nobody rests or leaves by silence after a backup was restored: answers may be gone', async ({
    client,
    assert,
  }) => {
    const story = await asked(client, { silence: 'withdraw' })
    await timeIsOver(story.id)
    await db.rawQuery(
      `insert into sending_watch (id, database_mark, held_at) values (1, 'test', now())
       on conflict (id) do update set held_at = now()`
    )
    try {
      await closeDueReconfirmations({ workspaceId: story.workspace.id })
    } finally {
      await db.from('sending_watch').update({ held_at: null })
    }
    assert.containsSubset(await story.account(), { state: 'closed', silence: 'keep', answers: { silent: 3 } })
    assert.isTrue((await stands(story, story.people.dev)).state[0].may_receive)
  })

  test('who begins to rest while a campaign waits is withheld when their turn comes', async ({ client, assert }) => {
    const { api, topic, people, workspace } = await castOfWeakProof(client)
    const plums = await api.post('/campaigns', {
      name: 'Plums',
      topic_id: String(topic.id),
      audience: { contact_ids: [people.ada, people.ben].map(String) },
      subject: 'Plums',
      content: { kind: 'markdown', source: 'Plums are in.' },
    })
    ;(await api.post(`/campaigns/${plums.body().id}/send`)).assertStatus(202)
    const about = { workspaceId: workspace.id, channel: 'email', topicId: topic.id, actor: theSystem }
    await db.transaction((trx) => putToRest({ ...about, contactIds: [people.ben], trx }))
    await sendAllOf({ workspaceId: workspace.id })
    const receipt = (await api.get(`/campaigns/${plums.body().id}/receipt`)).body()
    assert.containsSubset(receipt, { closes: true, accepted: { total: 1 }, withheld: { reasons: { resting: 1 } } })
  })

  test('a link that is not ours answers like any, and an erased person is nobody', async ({ client, assert }) => {
    const story = await asked(client)
    const unknown = await client.post('/k/AAAAAAAAAAAAAAAAAAAAAAAAAAAA').form({ answer: 'yes' })
    unknown.assertStatus(200)
    assert.include(unknown.text(), 'Thank you')
    assert.include((await client.get('/k/test')).text(), 'preview or a test')
    ;(await story.api.post(`/contacts/${story.people.dev}/erase`)).assertStatus(200)
    const gone = await client.post(story.mailTo('dev').link).form({ answer: 'yes' })
    gone.assertStatus(200)
    assert.notInclude(gone.text(), 'Weekly specials')
    await close(story)
    assert.containsSubset((await story.account()).answers, { silent: 2, not_asked: { deleted: 1 } })
  })

  test('a sign-up form, German readers, and who left everything: each answer is theirs', async ({ client, assert }) => {
    const story = await asked(client)
    const { mailTo, people, workspace } = story
    await client.post(mailTo('ben').link.replace('/k/', '/p/')).form({ do: 'leave' })
    assert.isFalse((await stands(story, people.ben)).state[0].may_receive)
    await client.post(mailTo('ben').link).form({ answer: 'yes' })
    assert.isTrue((await stands(story, people.ben)).state[0].may_receive, 'their own suppression is lifted')
    await db.from('contacts').where({ workspace_id: workspace.id, id: people.cara }).update({ locale: 'de-AT' })
    assert.include((await client.get(mailTo('cara').link)).text(), 'Möchten Sie diese E-Mails noch?')
  })
})
