import { equal } from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { askTheSilent, closeDueReconfirmations, startDueCampaigns } from '#campaigns'
import { keepWish, previewSunset, recordTracking, silentInLot } from '#consent'
import { freezeEdition } from '#content'
import { theSystem } from '#identity'
import { questionsSent, timeIsOver } from '#tests/support/asking'
import { audience, letterOf, type Audience } from '#tests/support/campaign'
import { plantTopic, record } from '#tests/support/consent'

const names = ['ada', 'ben', 'cara', 'dev', 'eve'] as const
let campaigns = Math.floor(Date.now() / 1_000) * 1_000

/** Five people who agreed two years ago and got a mail in each of three months since; the rule is on unless told otherwise. */
async function quietBakery(client: any, { days = 180, mails = [300, 250, 200] as number[] } = {}) {
  const cast = await audience({ addresses: names.map((name) => `${name}@example.test`) })
  const { workspace, topic, ids, token } = cast
  const people = Object.fromEntries(names.map((name, at) => [name, ids[at]])) as Record<(typeof names)[number], number>
  const long = DateTime.utc().minus({ days: 700 })
  await db.from('consents').where('workspace_id', workspace.id).update({ since: long.toJSDate() })
  for (const daysAgo of mails) await wrote(cast, { daysAgo })
  if (days) await workspace.merge({ settings: { ...workspace.settings, sunset: { days } } }).save()
  const api = {
    get: (path: string) => client.get(`/api/v1${path}`).bearerToken(token),
    post: (path: string, body: object = {}) => client.post(`/api/v1${path}`).bearerToken(token).json(body),
    patch: (path: string, body: object) => client.patch(`/api/v1${path}`).bearerToken(token).json(body),
  }
  const chosen = async () => {
    const rows = await db.from('reconfirmation_people').where({ workspace_id: workspace.id }).orderBy('contact_id')
    return rows.map(({ contact_id: id }) => names[ids.indexOf(id)])
  }
  const ask = async () => {
    await countsThemAlike(workspace.id)
    return askTheSilent({ workspaceId: workspace.id })
  }
  return { ...cast, topic, people, api, ask, chosen }
}

/** The preview counts everybody at once, a round looks at a lot person by person: they must find the same people. */
async function countsThemAlike(workspaceId: number) {
  for (const { id: topicId } of await db.from('topics').where('workspace_id', workspaceId)) {
    for (const [days, mails] of [
      [30, 1],
      [180, 3],
    ]) {
      const question = { workspaceId, topicId, channel: 'email', days, mails }
      const { due } = await db.transaction((trx) => previewSunset(question, { trx }))
      const { contactIds } = await silentInLot(question, { after: 0, most: 100, client: db.connection() })
      equal(due, contactIds.length, `silent for ${days} days to ${mails} mails`)
    }
  }
}

/** A campaign that a provider took for these people so many days ago; with a link whose clicks are counted, unless told otherwise. */
async function wrote(
  { workspace, topic, ids }: Pick<Audience, 'workspace' | 'topic' | 'ids'>,
  {
    daysAgo,
    who = ids,
    clicks = true,
    content = 'See [the bread](https://bakery.test/bread).',
    state = 'delivered',
  }: { daysAgo: number; who?: number[]; clicks?: boolean; content?: string; state?: string }
) {
  const campaignId = ++campaigns
  const at = DateTime.utc().minus({ days: daysAgo })
  const month = at.startOf('month').toISODate()!
  const edition = { ...letterOf({ workspace, topic, content }), tracking: { opens: true, clicks } }
  await db.transaction(async (trx) => {
    await trx.rawQuery('select ensure_month_partitions(?)', [month])
    const editionId = await freezeEdition({ workspaceId: workspace.id, edition, source: {}, trx })
    const of = { workspace_id: workspace.id, campaign_id: campaignId, month }
    await trx
      .insertQuery()
      .table('shipments')
      .insert({
        ...of,
        edition_id: editionId,
        topic_id: topic.id,
        state: 'finished',
        to_outbox: true,
        finished_at: at.toJSDate(),
        candidates: who.length,
        mailable: who.length,
      })
    const rows = who.map((id, position) => ({
      ...of,
      contact_id: id,
      batch_id: 1,
      position,
      state,
      accepted_at: at.toJSDate(),
    }))
    await trx.insertQuery().table('messages').multiInsert(rows)
  })
  return campaignId
}

async function clicked(
  workspace: { id: number },
  contactId: number,
  daysAgo: number,
  verdict = 'human',
  kind = 'click'
) {
  const at = DateTime.utc().minus({ days: daysAgo })
  await db.rawQuery('select ensure_month_partitions(?)', [at.startOf('month').toISODate()!])
  await db.table('engagements').insert({
    workspace_id: workspace.id,
    month: at.startOf('month').toISODate(),
    campaign_id: 1,
    contact_id: contactId,
    kind,
    link_no: 1,
    verdict,
    rule: 'none',
    occurred_at: at.toJSDate(),
  })
}

test.group('People who have been silent for long', () => {
  test('are asked once by the clock, and rest when they do not answer', async ({ client, assert }) => {
    const story = await quietBakery(client)
    const { workspace, people, api, ask, chosen } = story
    await clicked(workspace, people.ada, 100)
    assert.equal(await ask(), 1)
    assert.deepEqual(await chosen(), ['ben', 'cara', 'dev', 'eve'])
    assert.equal(await ask(), 0, 'one round a day')
    await startDueCampaigns({ workspaceId: workspace.id })
    const mails = await questionsSent(workspace)
    assert.lengthOf(mails, 4)
    assert.include(mails[0].text, 'we have not heard from you for a while')
    assert.include(mails[0].text, 'we send you no more of them')
    const [round] = (await api.get('/reconfirmations')).body().data
    assert.containsSubset(round, {
      kind: 'sunset',
      silence: 'rest',
      state: 'asking',
      answers: { asked: 4, waiting: 4 },
    })

    await client.post(mails.find(({ to }) => to.startsWith('ben'))!.link).form({ answer: 'yes' })
    await clicked(workspace, people.cara, 0)
    await timeIsOver(round.id)
    await closeDueReconfirmations({ workspaceId: workspace.id })
    const closed = (await api.get(`/reconfirmations/${round.id}`)).body()
    assert.containsSubset(closed, { state: 'closed', answers: { confirmed: 1, reacted: 1, silent: 2 } })
    const resting = await db.from('rests').where('workspace_id', workspace.id).orderBy('contact_id')
    assert.deepEqual(
      resting.map(({ contact_id: id }) => id),
      [people.dev, people.eve]
    )
    await db.from('reconfirmations').where('id', round.id).update({ round_on: '2020-01-01' })
    assert.equal(await ask(), 0, 'who rests, or reacted, is not asked again')
  })

  test('a round waits for the team where it wants so: its letter is changed, and it leaves when somebody sends it', async ({
    client,
    assert,
  }) => {
    const story = await quietBakery(client)
    const { workspace, api, ask, chosen } = story
    ;(await api.patch('/workspace', { sunset: { needs_approval: true } })).assertStatus(200)
    assert.equal(await ask(), 1)
    await startDueCampaigns({ workspaceId: workspace.id })
    assert.lengthOf(await questionsSent(workspace), 0)
    const [round] = (await api.get('/reconfirmations')).body().data
    assert.containsSubset(round, { state: 'draft', campaign_status: 'draft', answers: { asked: 0, waiting: 5 } })
    await db.from('reconfirmations').where('id', round.id).update({ round_on: '2020-01-01' })
    assert.equal(await ask(), 0, 'no second one while this waits')

    const path = `/campaigns/${round.campaign_id}`
    const source = 'Shall we go on baking for you? Until {{ answer_by }}: **[Yes, please]({{ confirm_url }})**'
    const changed = { subject: 'Bread, still?', content: { kind: 'markdown', source } }
    ;(await api.patch(path, changed)).assertStatus(200)
    ;(await api.post(`${path}/send`)).assertStatus(202)
    const mails = await questionsSent(workspace)
    assert.lengthOf(mails, 5)
    assert.deepEqual([...new Set(mails.map(({ subject }) => subject))], ['Bread, still?'])
    assert.include(mails[0].text, 'Shall we go on baking for you?')
    assert.containsSubset((await api.get(`/reconfirmations/${round.id}`)).body(), {
      state: 'asking',
      answers: { asked: 5, waiting: 5 },
    })

    const other = await quietBakery(client)
    await other.api.patch('/workspace', { sunset: { needs_approval: true } })
    await other.ask()
    assert.lengthOf(await other.chosen(), 5)
    const [draft] = (await other.api.get('/reconfirmations')).body().data
    ;(await other.api.post(`/reconfirmations/${draft.id}/cancel`)).assertStatus(200)
    assert.lengthOf(await other.chosen(), 0, 'nobody waits for a question that was thrown away')
    assert.lengthOf(await chosen(), 5)
  })

  test('one person waits for one question: a round of another topic in the same moment leaves them out', async ({
    client,
    assert,
  }) => {
    const story = await quietBakery(client)
    const { workspace, topic, people, ask } = story
    const other = await plantTopic(workspace, 'Baking classes')
    await db.from('topics').where('id', other.id).update({ sunset_days: 0 })
    // the round has found whom to ask, and waits to write it down
    const trx = await db.transaction()
    await trx.from('topics').where('id', topic.id).forUpdate().select('id')
    const asking = ask()
    for (let tries = 0; tries < 200; tries++) {
      const { rows } = await db.rawQuery(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%topics%'`
      )
      if (rows.length > 0) break
      await setTimeout(20)
    }
    const round = { workspace_id: workspace.id, kind: 'sunset', topic_id: other.id, silence: 'rest', answer_days: 21 }
    const rest = { wording_id: 1, wording_version: 1, created_by: 'Assent', state: 'asking' }
    const [{ id }] = await db
      .insertQuery()
      .table('reconfirmations')
      .insert({ ...round, ...rest })
      .returning('id')
    const theirs = [people.ada, people.ben].map((contact) => ({
      workspace_id: workspace.id,
      reconfirmation_id: id,
      contact_id: contact,
      topic_id: other.id,
    }))
    await db.insertQuery().table('reconfirmation_people').multiInsert(theirs)
    await trx.commit()
    assert.equal(await asking, 1)
    const waiting = await db.from('reconfirmation_people').where({ workspace_id: workspace.id, state: 'chosen' })
    assert.lengthOf(waiting, 5)
    assert.lengthOf(new Set(waiting.map(({ contact_id: contact }) => contact)), 5)
    await assert.rejects(
      () => db.table('reconfirmation_people').insert({ ...theirs[0], reconfirmation_id: 2, contact_id: people.cara }),
      /reconfirmation_people_one_question/
    )
  })

  test('whose clicks are not noted is not silent: not the mails that carried none, nor who said no since, nor what is not kept', async ({
    client,
    assert,
  }) => {
    const { workspace, people, ask, chosen } = await quietBakery(client)
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, contact_id: people.ada })
      .update({ clicks_measured: false })
    await db.transaction((trx) =>
      recordTracking({
        workspaceId: workspace.id,
        people: [people.ben],
        action: 'withdraw',
        statement: 'Do not note what I click.',
        source: 'by phone',
        sourceKind: 'team',
        actor: theSystem,
        trx,
      })
    )
    await ask()
    assert.deepEqual(await chosen(), ['cara', 'dev', 'eve'])
    const forgetful = await quietBakery(client)
    const { settings } = forgetful.workspace
    await forgetful.workspace.merge({ settings: { ...settings, retention: { engagements: 60 } } }).save()
    assert.equal(await forgetful.ask(), 0)
  })

  test('a human act is a sign of life, an opening or a machine is none', async ({ client, assert }) => {
    const { workspace, topic, people, ask, chosen, ids } = await quietBakery(client, { mails: [300, 250, 200, 20] })
    await clicked(workspace, people.ada, 30)
    await clicked(workspace, people.ben, 30, 'machine')
    await clicked(workspace, people.cara, 30, 'human', 'open')
    await db.transaction((trx) =>
      keepWish({
        workspaceId: workspace.id,
        contactId: people.dev,
        channel: 'email',
        topicId: topic.id,
        pace: 'weekly',
        actor: theSystem,
        trx,
      })
    )
    await record(workspace, topic, [people.eve], { sourceKind: 'person' })
    assert.equal(await ask(), 1)
    assert.deepEqual(await chosen(), ['ben', 'cara'])
    assert.lengthOf(ids, 5)
  })

  test('who was sent nothing, or nothing that could be measured, is never asked', async ({ client, assert }) => {
    const nothing = await quietBakery(client, { mails: [] })
    assert.equal(await nothing.ask(), 0)

    const unmeasured = await quietBakery(client, { mails: [] })
    for (const daysAgo of [300, 250, 200]) await wrote(unmeasured, { daysAgo, clicks: false })
    for (const daysAgo of [300, 250, 200]) await wrote(unmeasured, { daysAgo, content: 'No link in here.' })
    for (const daysAgo of [300, 250, 200]) await wrote(unmeasured, { daysAgo, state: 'bounced' })
    assert.equal(await unmeasured.ask(), 0)
    const [preview] = (await unmeasured.api.get('/reconfirmations/sunset')).body().data
    assert.containsSubset(preview, { mailable: 5, unheard: 5, due: 0 })

    const few = await quietBakery(client, { mails: [300, 250] })
    assert.equal(await few.ask(), 0, 'two mails are not enough')

    const recent = await quietBakery(client, { mails: [170, 100, 50] })
    assert.equal(await recent.ask(), 0, 'the first of them is not old enough')

    const other = await quietBakery(client, { mails: [] })
    const hours = await plantTopic(other.workspace, 'Opening hours')
    for (const daysAgo of [300, 250, 200]) await wrote({ ...other, topic: hours }, { daysAgo })
    assert.equal(await other.ask(), 0, 'mails about something else say nothing about this')
  })

  test('the preview says how many now and in the weeks to come, before anything is switched on', async ({
    client,
    assert,
  }) => {
    const story = await quietBakery(client, { days: 0, mails: [100, 60, 20] })
    const { workspace, people, api, ask } = story
    await wrote(story, { daysAgo: 300, who: [people.ada] })
    await clicked(workspace, people.ben, 10)
    assert.equal(await ask(), 0, 'off by default')
    assert.isEmpty((await api.get('/reconfirmations/sunset')).body().data)
    const [topic] = (await api.get('/reconfirmations/sunset?days=110')).body().data
    assert.containsSubset(topic, { topic_name: 'Weekly specials', days: 110, mailable: 5, due: 1, unheard: 1 })
    assert.deepEqual(topic.weeks, [0, 3, 0, 0, 0, 0, 0, 0])
    ;(await api.get('/reconfirmations/sunset?days=3')).assertStatus(422)
  })

  test('a topic has days of its own, or none; days that make no sense are refused', async ({ client, assert }) => {
    const { api, topic, ask } = await quietBakery(client)
    ;(await api.patch(`/topics/${topic.id}`, { sunset_days: 0 })).assertBodyContains({ sunset_days: 0 })
    assert.equal(await ask(), 0)
    const few = await api.patch(`/topics/${topic.id}`, { sunset_days: 5 })
    few.assertStatus(422)
    few.assertBodyContains({ errors: [{ field: 'sunset_days' }] })
    await api.patch(`/topics/${topic.id}`, { sunset_days: 365 })
    assert.equal(await ask(), 0, 'the first mail is younger than that')
    await api.patch(`/topics/${topic.id}`, { sunset_days: 90 })
    assert.equal(await ask(), 1)
    const refused = await api.patch('/workspace', { sunset: { days: 10 } })
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'sunset.days' }] })
  })

  test('two workers at once make one round; whom the team woke is left alone for as long again', async ({
    client,
    assert,
  }) => {
    const { workspace, topic, people, api, ask, chosen } = await quietBakery(client)
    const rounds = await Promise.all([ask(), ask(), ask()])
    assert.equal(
      rounds.reduce((sum, one) => sum + one),
      1
    )
    assert.lengthOf(await chosen(), 5)
    await startDueCampaigns({ workspaceId: workspace.id })
    await questionsSent(workspace)
    const [round] = (await api.get('/reconfirmations')).body().data
    await timeIsOver(round.id)
    await Promise.all([1, 2, 3].map(() => closeDueReconfirmations({ workspaceId: workspace.id })))
    await closeDueReconfirmations({ workspaceId: workspace.id })
    assert.containsSubset((await api.get(`/reconfirmations/${round.id}`)).body(), {
      state: 'closed',
      answers: { silent: 5 },
    })
    await api.post(`/contacts/${people.ada}/wake`, { topic_id: String(topic.id), reason: 'She asked at the counter.' })
    await db.from('reconfirmations').where('id', round.id).update({ round_on: '2020-01-01' })
    assert.equal(await ask(), 0)
  })

  test('who may not be written to is not asked; a round that is not ready waits for the team', async ({
    client,
    assert,
  }) => {
    const { workspace, topic, people, ask, chosen, api } = await quietBakery(client)
    await record(workspace, topic, [people.ada], { action: 'withdraw' })
    await db.from('consents').where('contact_id', people.ben).update({ basis: 'unknown' })
    assert.equal(await ask(), 1)
    assert.deepEqual(await chosen(), ['cara', 'dev', 'eve'])
    await workspace.merge({ defaultFromEmail: 'nobody' }).save()
    await db.from('campaigns').where('workspace_id', workspace.id).update({ from_email: 'nobody' })
    await startDueCampaigns({ workspaceId: workspace.id })
    const [round] = (await api.get('/reconfirmations')).body().data
    assert.containsSubset(round, { state: 'draft', campaign_status: 'draft' })
    const told = await db.from('domain_events').where({ workspace_id: workspace.id, name: 'mail.requested' }).first()
    assert.isNotNull(told)
    assert.equal(await ask(), 0, 'no other round before this one is settled')
  })
})
