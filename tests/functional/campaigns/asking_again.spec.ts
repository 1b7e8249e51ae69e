import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { closeDueReconfirmations, remindTheSilent, startDueCampaigns } from '#campaigns'
import { castOfWeakProof, questionsSent } from '#tests/support/asking'
import { plantTopic, record } from '#tests/support/consent'
import { plantSegment } from '#tests/support/people'
import { bakery, memberOf } from '#tests/support/workspace'
import { asked, close, stands } from '#tests/support/asked_again'

test.group('Asking people with a weak proof', () => {
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
      languages: { en: 3 },
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

  test('two questions about different topics in the same moment ask nobody twice; who waits is asked when they answered', async ({
    client,
    assert,
  }) => {
    const cast = await castOfWeakProof(client)
    const { workspace, people, api } = cast
    const classes = await plantTopic(workspace, 'Baking classes')
    const both = [people.ben, people.cara, people.dev]
    await record(workspace, classes, both, { basis: 'soft_opt_in_customer', occurredAt: null })
    const drafts: any[] = []
    for (const { id } of [cast.topic, classes]) {
      drafts.push((await api.post('/reconfirmations', { topic_id: String(id), silence: 'keep' })).body())
    }
    const sent = await Promise.all(
      drafts.map(async ({ campaign_id: id }) => (await api.post(`/campaigns/${id}/send`)).status())
    )
    assert.sameMembers(sent, [202, 422])
    const mails = await questionsSent(workspace)
    assert.sameMembers(
      mails.map(({ to }) => to),
      ['ben', 'cara', 'dev'].map((name) => `${name}@example.test`)
    )
    const late = drafts[sent.indexOf(422)]
    assert.equal((await api.get(`/campaigns/${late.campaign_id}/preflight`)).body().audience.mailable, 0)
    await client.post(mails.find(({ to }) => to.startsWith('ben'))!.link).form({ answer: 'yes' })
    assert.equal((await api.get(`/campaigns/${late.campaign_id}/preflight`)).body().audience.mailable, 1)
    ;(await api.post(`/campaigns/${late.campaign_id}/send`)).assertStatus(202)
    assert.deepEqual(
      (await questionsSent(workspace)).slice(3).map(({ to }) => to),
      ['ben@example.test']
    )
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
})
