import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { closeDueReconfirmations, remindTheSilent, startDueCampaigns } from '#campaigns'
import { putToRest, verifyLedger } from '#consent'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { castOfWeakProof, questionsSent, timeIsOver } from '#tests/support/asking'
import { plantSegment } from '#tests/support/people'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'

type Cast = Awaited<ReturnType<typeof castOfWeakProof>>

/** The question is drafted through the door and sent; its mails wait in the Outbox. */
async function asked(client: any, more: object = {}) {
  const cast = await castOfWeakProof(client)
  const made = await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'keep', ...more })
  made.assertStatus(201)
  const { id, campaign_id: campaignId } = made.body()
  ;(await cast.api.post(`/campaigns/${campaignId}/send`)).assertStatus(202)
  const mails = await questionsSent(cast.workspace)
  await letTheWorkerWork(cast.workspace)
  const mailTo = (name: string) => mails.find(({ to }) => to.includes(`${name}@`))!
  const account = async () => (await cast.api.get(`/reconfirmations/${id}`)).body()
  return { ...cast, id: id as string, campaignId: campaignId as string, mails, mailTo, account }
}

const close = async ({ workspace, id }: { workspace: Cast['workspace']; id: string }) => {
  await timeIsOver(id)
  await closeDueReconfirmations({ workspaceId: workspace.id })
}

const stands = async ({ api }: Cast, contactId: number) => (await api.get(`/contacts/${contactId}/consents`)).body()

test.group('Asking people with a weak proof', () => {
  test('shows how well each agreement could be shown, and why not', async ({ client, assert }) => {
    const cast = await castOfWeakProof(client)
    const [topic] = (await cast.api.get('/reconfirmations/proofs')).body().data
    assert.containsSubset(topic, { topic_name: 'Weekly specials', strong: 1, fair: 0, weak: 5 })
    const why = Object.fromEntries(topic.weaknesses.map((one: any) => [one.name, one.people]))
    assert.deepEqual(why, { implied: 4, basis_unknown: 1, no_wording: 1 })

    const [ada] = (await stands(cast, cast.people.ada)).state
    assert.deepEqual(ada.proof, { strength: 'strong', weaknesses: [] })
    const [ben] = (await stands(cast, cast.people.ben)).state
    assert.equal(ben.proof.strength, 'weak')
    assert.equal(ben.proof.weaknesses[0].name, 'implied')
    const page = await client
      .get(`/api/v1/contacts/${cast.people.ben}/consents/proof`)
      .bearerToken(cast.token)
      .accept('html')
    assert.include(page.text(), 'the proof is weak')
  })

  test('age is a weakness where the workspace says so, and an import without a time or a place is one', async ({
    client,
    assert,
  }) => {
    const { api, topic, people } = await castOfWeakProof(client)
    await db
      .from('consents')
      .where('contact_id', people.ada)
      .update({ since: new Date('2020-01-01') })
    const weak = async () => (await api.get('/reconfirmations/proofs')).body().data[0].weak
    assert.equal(await weak(), 5)
    ;(await api.patch('/workspace', { proof: { old_after_months: 24 } })).assertBodyContains({
      proof: { old_after_months: 24 },
    })
    assert.equal(await weak(), 6)
    const refused = await api.patch('/workspace', { proof: { old_after_months: 2 } })
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'proof.old_after_months' }] })
    ;(
      await api.post(`/contacts/${people.ada}/consents`, {
        topic_id: String(topic.id),
        action: 'grant',
        basis: 'consent_express',
        statement: 'Yes.',
        source: 'API',
      })
    ).assertStatus(201)
    const [ada] = (await stands({ api } as Cast, people.ada)).state
    assert.deepEqual(
      ada.proof.weaknesses.map((one: any) => one.name),
      ['no_place']
    )
  })

  test('a rule picks people by the strength of their proof', async ({ client, assert }) => {
    const { api, topic, people } = await castOfWeakProof(client)
    const consent = { channel: 'email', topic_id: String(topic.id), status: 'granted' }
    const preview = (proof: unknown) => api.post('/segments/preview', { rule: { consent: { ...consent, proof } } })
    const weak = (await preview('weak')).body()
    assert.equal(weak.count, 5)
    assert.equal(weak.sentence, 'People who agreed to “Weekly specials” with a weak proof.')
    assert.equal((await preview('strong')).body().count, 1)
    assert.equal((await preview('fair')).body().count, 0)
    ;(await preview('good')).assertBodyContains({ errors: [{ field: 'rule.consent.proof' }] })
    const nonsense = { consent: { ...consent, status: 'withdrawn', proof: 'weak' } }
    ;(await api.post('/segments/preview', { rule: nonsense })).assertStatus(422)
    const told = await api.post('/segments/explain', {
      rule: { consent: { ...consent, proof: 'weak' } },
      contact_id: String(people.ada),
    })
    assert.isFalse(told.body().matched)
  })

  test('asks those of them whom the law lets us mail, and says how many it does not, and why', async ({
    client,
    assert,
  }) => {
    const cast = await castOfWeakProof(client)
    const seen = await cast.api.get(`/reconfirmations/preview?topic_id=${cast.topic.id}`)
    assert.deepEqual(seen.body(), {
      candidates: 5,
      mailable: 3,
      excluded: { basis_unknown: 1, suppressed_manual: 1 },
    })
    const rule = { field: 'email', op: 'eq', value: 'ben@example.test' }
    const onlyBen = await plantSegment(cast.workspace.id, 'Ben', rule)
    const some = await cast.api.get(`/reconfirmations/preview?topic_id=${cast.topic.id}&segment_id=${onlyBen}`)
    assert.containsSubset(some.body(), { candidates: 1, mailable: 1 })

    const made = await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'withdraw' })
    made.assertStatus(201)
    made.assertBodyContains({ state: 'draft', kind: 'weak_proof', answer_days: 21, remind_after_days: null })
    const campaign = `/campaigns/${made.body().campaign_id}`
    const review = (await cast.api.get(`${campaign}/preflight`)).body()
    assert.containsSubset(review.audience, { candidates: 5, mailable: 3 })
    assert.equal(review.checks.find(({ id }: any) => id === 'question').level, 'ok')
    ;(await cast.api.post(`${campaign}/send`)).assertStatus(202)
    const mails = await questionsSent(cast.workspace)
    assert.sameMembers(
      mails.map(({ to }) => to),
      ['ben@example.test', 'cara@example.test', 'dev@example.test']
    )
    const receipt = (await cast.api.get(`${campaign}/receipt`)).body()
    assert.isTrue(receipt.closes)
    assert.deepEqual(receipt.excluded.reasons, { basis_unknown: 1, suppressed_manual: 1 })
    const until = (await cast.api.get(`/reconfirmations/${made.body().id}`)).body().answers_until
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(until))
    assert.include(mails[0].html, `Please answer until ${day}`)
    assert.include(mails[0].text, 'we take it as a no')
    assert.notInclude(mails[0].html, '/c/', 'a question counts no clicks')
    assert.match(mails[0].text, /\/k\/[\w-]+/)
  })

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

  test('reminds once, only those who got it and have not answered', async ({ client, assert }) => {
    const story = await asked(client, { remind_after_days: 7 })
    const { workspace, mailTo, account } = story
    await client.post(mailTo('ben').link).form({ answer: 'yes' })
    assert.equal(await remindTheSilent({ workspaceId: workspace.id }), 0, 'not yet')
    await db.rawQuery(`update reconfirmations set opened_at = opened_at - interval '8 days' where id = ?`, [story.id])
    assert.equal(await remindTheSilent({ workspaceId: workspace.id }), 1)
    assert.equal(await remindTheSilent({ workspaceId: workspace.id }), 0)
    await startDueCampaigns({ workspaceId: workspace.id })
    const reminders = (await questionsSent(workspace)).slice(3)
    assert.sameMembers(
      reminders.map(({ to }) => to),
      ['cara@example.test', 'dev@example.test']
    )
    assert.match(reminders[0].subject, /^Reminder: Do you still want “Weekly specials”\?$/)
    await client.post(reminders[0].link).form({ answer: 'yes' })
    assert.containsSubset((await account()).answers, { asked: 3, confirmed: 2, waiting: 1 })
  })

  test('nobody is asked twice about a topic', async ({ client, assert }) => {
    const story = await asked(client)
    await close(story)
    assert.containsSubset((await story.account()).answers, { silent: 3 })
    const again = await story.api.get(`/reconfirmations/preview?topic_id=${story.topic.id}`)
    assert.deepEqual(again.body().excluded, { asked_before: 3, basis_unknown: 1, suppressed_manual: 1 })
    const made = (
      await story.api.post('/reconfirmations', { topic_id: String(story.topic.id), silence: 'keep' })
    ).body()
    const refused = await story.api.post(`/campaigns/${made.campaign_id}/send`)
    refused.assertStatus(422)
  })

  test('is taken back, stopped and deleted without anybody being put anywhere', async ({ client, assert }) => {
    const story = await asked(client, { silence: 'withdraw' })
    await story.api.post(`/reconfirmations/${story.id}/cancel`)
    await closeDueReconfirmations({ workspaceId: story.workspace.id })
    const { state, answers } = await story.account()
    assert.equal(state, 'closed')
    assert.equal(answers.silent + (answers.not_asked.no_time ?? 0), 3)
    assert.isTrue((await stands(story, story.people.dev)).state[0].may_receive)
    ;(await story.api.post(`/reconfirmations/${story.id}/cancel`)).assertStatus(409)

    const cast = await castOfWeakProof(client)
    const draft = (await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'rest' })).body()
    ;(await cast.api.delete(`/campaigns/${draft.campaign_id}`)).assertStatus(204)
    assert.equal((await cast.api.get(`/reconfirmations/${draft.id}`)).body().state, 'cancelled')
    ;(await cast.api.post(`/campaigns/${draft.campaign_id}/restore`)).assertStatus(409)

    await cast.workspace.merge({ settings: { sending: { undo_seconds: 60 } } }).save()
    const other = (await cast.api.post('/reconfirmations', { topic_id: String(cast.topic.id), silence: 'rest' })).body()
    ;(await cast.api.post(`/campaigns/${other.campaign_id}/send`)).assertStatus(202)
    ;(await cast.api.post(`/campaigns/${other.campaign_id}/undo`)).assertStatus(200)
    assert.containsSubset((await cast.api.get(`/reconfirmations/${other.id}`)).body(), {
      state: 'draft',
      answers: { asked: 0 },
      opened_at: null,
    })
    ;(await cast.api.post(`/campaigns/${other.campaign_id}/send`)).assertStatus(202)
  })

  test('a question without its link or its last day is not sent, and its people cannot be changed', async ({
    client,
    assert,
  }) => {
    const { api, topic } = await castOfWeakProof(client)
    const made = (await api.post('/reconfirmations', { topic_id: String(topic.id), silence: 'keep' })).body()
    const path = `/campaigns/${made.campaign_id}`
    const check = async () =>
      (await api.get(`${path}/preflight`)).body().checks.find(({ id }: any) => id === 'question')
    const source = (text: string) => api.patch(path, { content: { kind: 'markdown', source: text } })
    await source('Do you still want this? Until {{ answer_by }}.')
    assert.containsSubset(await check(), { level: 'block', field: 'content.source' })
    await source('Do you still want this? **[Yes]({{ confirm_url }})**')
    assert.containsSubset(await check(), { level: 'block' })
    await source('Until {{ answer_by }}: **[Yes]({{ confirm_url }})**')
    assert.equal((await check()).level, 'ok')
    const other = await api.patch(path, { audience: { contact_ids: ['1'] } })
    other.assertStatus(422)
    other.assertBodyContains({ errors: [{ field: 'audience' }] })
    ;(await api.post(`${path}/duplicate`)).assertStatus(422)
    const plain = (
      await api.post('/campaigns', {
        name: 'Plums',
        topic_id: String(topic.id),
        subject: 'Plums',
        content: { kind: 'markdown', source: '[Yes]({{ confirm_url }})' },
      })
    ).body()
    const tags = (await api.get(`/campaigns/${plain.id}/preflight`))
      .body()
      .checks.find(({ id }: any) => id === 'merge_tags')
    assert.equal(tags.level, 'block', 'only a question has such a link')
  })

  test('what makes no sense is refused by name, and a stranger finds nothing', async ({ client, assert }) => {
    const { api, topic, workspace } = await castOfWeakProof(client)
    const wrong = async (change: object, field: string) => {
      const refused = await api.post('/reconfirmations', { topic_id: String(topic.id), silence: 'keep', ...change })
      refused.assertStatus(422)
      assert.equal(refused.body().errors[0].field, field)
    }
    await wrong({ silence: 'delete' }, 'silence')
    await wrong({ answer_days: 3 }, 'answer_days')
    await wrong({ answer_days: 10, remind_after_days: 10 }, 'remind_after_days')
    await wrong({ topic_id: '999999' }, 'topic_id')
    await wrong({ segment_id: '999999' }, 'segment_id')
    await wrong({ wording_id: '999999' }, 'wording_id')
    const made = (await api.post('/reconfirmations', { topic_id: String(topic.id), silence: 'keep' })).body()
    const stranger = await bakery()
    for (const path of [`/reconfirmations/${made.id}`, `/campaigns/${made.campaign_id}`]) {
      ;(await client.get(`/api/v1${path}`).bearerToken(stranger.token)).assertStatus(404)
    }
    ;(await client.post(`/api/v1/reconfirmations/${made.id}/cancel`).bearerToken(stranger.token)).assertStatus(404)
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const refused = await client
      .post('/api/v1/reconfirmations')
      .bearerToken(viewer.token)
      .json({ topic_id: String(topic.id), silence: 'keep' })
    refused.assertStatus(403)
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
