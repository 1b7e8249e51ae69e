import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { enforceRetention, startRetention } from '#compliance'
import { verifyLedger } from '#consent'
import { Contact, eraseContact } from '#contacts'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { jobQueue } from '#platform'
import { recipientUrls } from '#tracking'
import { plantPeople, record } from '#tests/support/consent'
import { tamper } from '#tests/support/owner'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'
import { campaign } from '../campaigns/support.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
const enforce = (workspace: { id: number }) => enforceRetention({ workspaceId: workspace.id })

const runs = (workspace: { id: number }) =>
  db.from('audit_entries').where({ workspace_id: workspace.id, action: 'retention.enforced' }).orderBy('id')

function door(client: any, token: string) {
  return {
    look: async () => (await client.get('/api/v1/retention').bearerToken(token)).body(),
    kind: async (name: string) =>
      (await client.get('/api/v1/retention').bearerToken(token)).body().data.find(({ kind }: any) => kind === name),
    change: (days: object, confirmed?: boolean) =>
      client.patch('/api/v1/retention').bearerToken(token).json({ days, confirmed }),
  }
}

/** A campaign that was sent, clicked by its first two readers, and ended so many days ago. */
async function endedCampaign(client: any, { days }: { days: number }) {
  const story = await campaign(client)
  ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: story.workspace.id })
  await letTheWorkerWork(story.workspace)
  await age(story.workspace, 1)
  const urls = (contactId: number) =>
    recipientUrls({
      workspaceId: story.workspace.id,
      campaignId: Number(story.id),
      contactId,
      baseUrl: '',
      tracking: { opens: true, clicks: true },
    })
  const react = async (contactId: number) => {
    await client.get(urls(contactId).open!).header('user-agent', FIREFOX)
    return client.get(urls(contactId).click(1)!).header('user-agent', FIREFOX).redirects(0)
  }
  for (const id of [story.ids[0], story.ids[0], story.ids[1]]) await react(id)
  await age(story.workspace, days)
  return { ...story, react }
}

async function age(workspace: { id: number }, days: number) {
  const then = { workspaceId: workspace.id, then: ago(days) }
  for (const sql of [
    'update shipments set finished_at = :then, created_at = :then where workspace_id = :workspaceId',
    'update batches set finished_at = :then where workspace_id = :workspaceId',
    'update engagements set occurred_at = :then where workspace_id = :workspaceId',
    'update captured_messages set created_at = :then where workspace_id = :workspaceId',
    'update messages set accepted_at = :then, sealed_at = :then, delivered_at = :then where workspace_id = :workspaceId',
  ]) {
    await db.rawQuery(sql, then)
  }
}

test.group('Retention', () => {
  test('what mails said goes after its time, and not while a campaign is under way', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 181 })
    const { workspace } = story
    const mails = () => db.from('captured_messages').where({ workspace_id: workspace.id, private: false })
    const sealed = async () =>
      (await db.from('batches').where('workspace_id', workspace.id)).flatMap((row) => row.sealed)
    await db.from('shipments').where('workspace_id', workspace.id).update({ finished_at: null })
    await enforce(workspace)
    assert.lengthOf(await mails(), 3)
    assert.isTrue((await sealed()).every((one: any) => one.email && one.merge))
    await db
      .from('shipments')
      .where('workspace_id', workspace.id)
      .update({ finished_at: ago(181) })
    await enforce(workspace)
    assert.lengthOf(await mails(), 0)
    assert.deepEqual(
      (await sealed()).map((one: any) => Object.keys(one)),
      [['id'], ['id'], ['id']]
    )
    const link = await story.react(story.ids[0])
    link.assertStatus(302)
    link.assertHeader('location', 'https://bluedoor.test/order?who=')
    const { people } = (await story.api.get(`/${story.id}/receipt`)).body()
    assert.isTrue(people === undefined || Array.isArray(people))
    assert.lengthOf(await db.from('messages').where('workspace_id', workspace.id), 3)
  })

  test('who opened and clicked becomes nobody, and every number of the report stays', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 731 })
    const { workspace, ids } = story
    const report = async () => {
      const { totals, rates, links, series } = (await story.api.get(`/${story.id}/report`)).body()
      const happened = series.points.filter((point: any) => point.opens + point.clicks > 0)
      return { totals, rates, links, happened }
    }
    const before = await report()
    assert.equal(before.totals.clicked.human, 2)
    await enforce(workspace)
    const rows = await db.from('engagements').where('workspace_id', workspace.id)
    assert.lengthOf(rows, 6)
    for (const row of rows) {
      assert.isBelow(row.contact_id, 0)
      assert.isNull(row.user_agent)
      assert.isNull(row.ip_hash)
      assert.equal(row.occurred_at.getTime() % 900_000, 0)
    }
    assert.deepEqual(await report(), before)
    await story.react(ids[2])
    assert.deepEqual(await report(), before)
    const timeline = await client.get(`/api/v1/contacts/${ids[0]}/timeline`).bearerToken(story.token)
    assert.isFalse(timeline.body().data.some(({ kind }: any) => kind === 'click' || kind === 'open'))
  })

  test('a reader goes whole, so that a run that breaks off counts nobody twice', async ({ client, assert }) => {
    const { workspace, api, id } = await endedCampaign(client, { days: 731 })
    const { keptEngagements } = await import('#tracking')
    const step = () =>
      db.transaction((trx) =>
        keptEngagements.forget({ workspaceId: workspace.id, days: 730, limit: 1, after: null, trx })
      )
    const clicked = async () => (await api.get(`/${id}/report`)).body().totals.clicked.human
    const { after } = await step()
    assert.isNotNull(after)
    assert.equal(await clicked(), 2)
    await step()
    assert.isNull((await step()).after)
    assert.equal(await clicked(), 2)
  })

  test('from where people did things goes: of readers, visitors and colleagues', async ({ client, assert }) => {
    const { workspace, ids } = await endedCampaign(client, { days: 91 })
    const of = { workspace_id: workspace.id }
    const [{ id: formId }] = await db
      .table('forms')
      .insert({ ...of, name: 'Counter', slug: `counter-${workspace.id}`, version: 1 })
      .returning('id')
    const signUp = {
      ...of,
      form_id: formId,
      version: 1,
      email: 'a@x.test',
      email_hash: Buffer.from('a'),
      topic_ids: '{1}',
    }
    await db.table('form_submissions').multiInsert([
      { ...signUp, state: 'confirmed', contact_id: ids[0], ip: '192.0.2.1', user_agent: 'A', created_at: ago(91) },
      { ...signUp, state: 'confirmed', contact_id: ids[0], ip: '192.0.2.2', user_agent: 'B', created_at: ago(1) },
    ])
    const audit = { ...of, actor_kind: 'user', actor_label: 'Ada', action: 'x', subject_type: 'x', ip: '192.0.2.3' }
    await db.table('audit_entries').multiInsert([
      { ...audit, created_at: ago(91) },
      { ...audit, created_at: ago(89) },
    ])
    await enforce(workspace)
    const agents = await db.from('engagements').where(of).select('user_agent', 'ip_hash', 'contact_id')
    assert.isTrue(agents.every((row) => row.user_agent === null && row.ip_hash === null && row.contact_id > 0))
    const visits = await db.from('form_submissions').where(of).orderBy('created_at')
    assert.deepEqual(
      visits.map(({ ip, user_agent: agent }) => [ip, agent]),
      [
        [null, null],
        ['192.0.2.2', 'B'],
      ]
    )
    const colleagues = await db
      .from('audit_entries')
      .where({ ...of, action: 'x' })
      .orderBy('created_at')
    assert.deepEqual(
      colleagues.map(({ ip }) => ip),
      [null, '192.0.2.3']
    )
    await assert.rejects(() => db.from('audit_entries').where(of).update({ ip: null }))
    await assert.rejects(() => db.rawQuery('select forget_audit_origins(?, now(), 10)', [workspace.id]))
  })

  test('the ledger gives up from where only years after the agreement ended; its chain holds', async ({
    client,
    assert,
  }) => {
    const { workspace, topic, ids } = await campaign(client)
    const [ada, ben, cara] = ids
    const at = { ip: '192.0.2.9', userAgent: FIREFOX }
    for (const id of ids) await record(workspace, topic, [id], at)
    for (const id of [ben, cara])
      await record(workspace, topic, [id], { action: 'withdraw', reason: 'too much', ...at })
    const years = async (contactId: number, days: number) => {
      await tamper('consent_entries', (trx) =>
        trx
          .from('consent_entries')
          .where('contact_id', contactId)
          .update({ recorded_at: ago(days) })
      )
      await db
        .from('consents')
        .where('contact_id', contactId)
        .update({ since: ago(days) })
    }
    await years(ada, 2_000)
    await years(ben, 1_096)
    await years(cara, 1_094)
    await enforce(workspace)
    const places = async (contactId: number) =>
      (await db.from('consent_entries').where('contact_id', contactId).orderBy('id')).map(({ ip }) => ip !== null)
    assert.deepEqual(await places(ada), [false, true])
    assert.deepEqual(await places(ben), [false, false, false])
    assert.deepEqual(await places(cara), [false, true, true])
    const entries = await db.from('consent_entries').where('contact_id', ben).orderBy('id')
    assert.equal(entries[2].reason, 'too much')
    assert.lengthOf((await verifyLedger({ workspaceId: workspace.id })).breaks, 0)
    const contact = await Contact.findOrFail(ben)
    await db.transaction((trx) => eraseContact({ workspaceId: workspace.id, contact, actor: theSystem, trx }))
    const erased = await db.from('consent_entries').where('contact_id', ben)
    assert.isTrue(erased.every(({ reason, actor_label: by }) => reason === null && by === 'erased'))
    assert.lengthOf((await verifyLedger({ workspaceId: workspace.id })).breaks, 0)
    await assert.rejects(() => db.rawQuery('select forget_consent_origins(?, now(), 10)', [workspace.id]))
  })

  test('sign-ups that nobody confirmed go, and people of whom only the address is known', async ({
    client,
    assert,
  }) => {
    const { workspace, topic } = await campaign(client)
    const of = { workspace_id: workspace.id }
    const [stranger, named, fresh] = await plantPeople(workspace, ['dev@x.test', 'eve@x.test', 'finn@x.test'])
    await db
      .from('contacts')
      .whereIn('id', [stranger, named, fresh])
      .update({ origin: 'form', created_at: ago(60) })
    await db.from('contacts').where('id', named).update({ first_name: 'Eve' })
    await record(workspace, topic, [stranger, named, fresh], {
      action: 'request',
      basis: 'consent_double_opt_in',
      ip: '192.0.2.4',
    })
    await db
      .from('consents')
      .whereIn('contact_id', [stranger, named])
      .update({ since: ago(60) })
    const [{ id: formId }] = await db
      .table('forms')
      .insert({ ...of, name: 'Counter', slug: `door-${workspace.id}`, version: 1 })
      .returning('id')
    const ask = {
      ...of,
      form_id: formId,
      version: 1,
      email: 'x',
      email_hash: Buffer.from('x'),
      topic_ids: '{1}',
      state: 'pending',
    }
    await db.table('form_submissions').multiInsert([
      { ...ask, contact_id: stranger, expires_at: ago(31), created_at: ago(45) },
      { ...ask, contact_id: fresh, expires_at: ago(1), created_at: ago(15) },
    ])
    assert.equal((await door(client, (await memberOf(workspace, { role: 'viewer' })).token).kind('unconfirmed')).due, 2)
    await enforce(workspace)
    await letTheWorkerWork(workspace)
    assert.deepEqual(
      (await db.from('form_submissions').where(of)).map(({ contact_id: id }) => id),
      [fresh]
    )
    const people = await db.from('contacts').whereIn('id', [stranger, named, fresh]).orderBy('id')
    assert.deepEqual(
      people.map(({ email }) => email),
      [null, 'eve@x.test', 'finn@x.test']
    )
    const [entry] = await db.from('consent_entries').where('contact_id', stranger)
    assert.isNull(entry.ip)
    assert.lengthOf(await db.from('suppressions').where(of), 0)
    const again = await Contact.query().where({ workspaceId: workspace.id, email: 'dev@x.test' })
    assert.lengthOf(again, 0)
    assert.lengthOf((await verifyLedger({ workspaceId: workspace.id })).breaks, 0)
  })

  test('files, refused rows, what imports changed, events, words of bounces, notes and service mail go by their own time', async ({
    assert,
  }) => {
    const { workspace, token } = await bakery()
    assert.isString(token)
    const of = { workspace_id: workspace.id }
    const [waiting, done] = (
      await db
        .table('imports')
        .multiInsert([
          { ...of, status: 'analysed', file_name: 'a.csv', created_by: 'Ada', created_at: ago(8), finished_at: null },
          { ...of, status: 'done', file_name: 'b.csv', created_by: 'Ada', created_at: ago(400), finished_at: ago(400) },
        ])
        .returning('id')
    ).map((row: any) => Number(row.id))
    await db
      .from('imports')
      .where('id', done)
      .update({ columns: JSON.stringify([{ name: 'email', sample: ['ada@x.test'], suggested: 'email' }]) })
    await db.table('import_pieces').insert({ ...of, import_id: waiting, no: 0, bytes: Buffer.from('ada@x.test') })
    await db.table('import_rows').multiInsert([
      { ...of, import_id: done, line: 2, outcome: 'rejected', raw: '["x"]', before: null, after: null },
      {
        ...of,
        import_id: done,
        line: 3,
        outcome: 'changed',
        raw: null,
        before: '{"phone":"1"}',
        after: '{"phone":"2"}',
      },
    ])
    const event = { ...of, type: 'email.bounced', body: '{"data":{"to":["ada@x.test"]}}', occurred_at: ago(91) }
    await db.table('provider_events').multiInsert([
      { ...event, event_id: `1-${workspace.id}`, received_at: ago(91), applied_at: ago(91) },
      {
        ...event,
        event_id: `2-${workspace.id}`,
        received_at: ago(91),
        applied_at: null,
        not_before: new Date(Date.now() + 9e9),
      },
    ])
    await db.table('bounces').insert({
      ...of,
      class: 'hard',
      rule: 'x',
      words: 'no such Ada',
      at: ago(91),
      source: 'smtp',
      created_at: ago(91),
    })
    const mail = { ...of, email: 'ada@x.test', email_hash: Buffer.from('x'), subject: 'Your order' }
    await db.table('service_messages').multiInsert([
      { ...mail, state: 'delivered', state_at: ago(366) },
      { ...mail, state: 'delivered', state_at: ago(364) },
    ])
    await db.table('privacy_requests').insert({
      ...of,
      contact_id: 1,
      kind: 'access',
      channel: 'mail',
      note: 'Asked at the counter',
      received_on: ago(1_100),
      due_on: ago(1_070),
      state: 'done',
      recorded_by: 'Ada',
      settled_at: ago(1_096),
    })
    await enforce(workspace)
    assert.deepEqual(
      (await db.from('imports').where(of)).map((row) => [row.id, row.columns, row.settled_at !== null]),
      [[done, [{ name: 'email', sample: [], suggested: 'email' }], true]]
    )
    assert.lengthOf(await db.from('import_pieces').where(of), 0)
    assert.deepEqual(
      (await db.from('import_rows').where(of)).map(({ line, before }) => [line, before]),
      [[3, null]]
    )
    const events = await db.from('provider_events').where(of).orderBy('event_id')
    assert.deepEqual(
      events.map(({ body }) => Object.keys(body).length),
      [0, 1]
    )
    assert.isNull((await db.from('bounces').where(of).first()).words)
    assert.lengthOf(await db.from('service_messages').where(of), 1)
    const request = await db.from('privacy_requests').where(of).first()
    assert.deepEqual([request.note, request.kind, request.state], [null, 'access', 'done'])
    await db.from('provider_events').where(of).update({ applied_at: new Date() })
  })

  test('workers at once, and one that stopped in the middle, come to one run with one number', async ({ assert }) => {
    const { workspace } = await bakery()
    await db.rawQuery(
      `insert into service_messages (workspace_id, email_hash, state, state_at)
       select ?, 'x', 'delivered', now() - interval '366 days' from generate_series(1, 3500)`,
      [workspace.id]
    )
    const left = async () =>
      Number((await db.from('service_messages').where('workspace_id', workspace.id).count('* as n'))[0].n)
    let steps = 0
    const inTheMiddle = {
      throwIfAborted() {
        if (++steps > 8) throw new Error('stopped')
      },
    } as AbortSignal
    await assert.rejects(() => enforceRetention({ workspaceId: workspace.id, signal: inTheMiddle }), 'stopped')
    const rest = await left()
    assert.isAbove(rest, 0)
    assert.isBelow(rest, 3_500)
    assert.lengthOf(await runs(workspace), 0)
    await Promise.all([enforce(workspace), enforce(workspace), enforce(workspace)])
    await enforce(workspace)
    assert.equal(await left(), 0)
    assert.deepEqual(
      (await runs(workspace)).map(({ details }) => details),
      [{ kind: 'service_mail', days: 365, forgotten: 3_500 }]
    )
  }).timeout(20_000)

  test('shows what is kept, and what goes next and when; afterwards what went', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 200 })
    const { look, kind } = door(client, story.token)
    const page = await look()
    assert.match(page.next_run_at, /T03:57:00/)
    const bodies = page.data.find((one: any) => one.kind === 'message_bodies')
    assert.containsSubset(bodies, { days: 180, least: 30, kept: 4, due: 4, due_on: page.next_run_at, last_run: null })
    const who = page.data.find((one: any) => one.kind === 'engagements')
    assert.containsSubset(who, { days: 730, kept: 6, due: 0 })
    assert.isAbove(Date.parse(who.due_on), Date.now() + 528 * 86_400_000)
    await enforce(story.workspace)
    const after = await kind('message_bodies')
    assert.containsSubset(after, { kept: 0, oldest: null, due: 0, due_on: null, last_run: { forgotten: 4 } })
  })

  test('a shorter time says what it would let go of, and asks; nothing goes before the night', async ({
    client,
    assert,
  }) => {
    const story = await endedCampaign(client, { days: 100 })
    const { change, kind } = door(client, story.token)
    const asked = await change({ message_bodies: 60, engagements: 60 })
    asked.assertStatus(409)
    assert.containsSubset(asked.body().errors[0], {
      code: 'E_WOULD_DELETE',
      would_delete: [
        { kind: 'message_bodies', due: 4 },
        { kind: 'engagements', due: 6 },
      ],
    })
    assert.equal((await kind('message_bodies')).days, 180)
    ;(await change({ message_bodies: 60 }, true)).assertStatus(200)
    assert.containsSubset(await kind('message_bodies'), { days: 60, kept: 4, due: 4 })
    ;(await change({ message_bodies: 365, provider_events: 30 })).assertStatus(200)
    const entries = await db
      .from('audit_entries')
      .where({ workspace_id: story.workspace.id, action: 'retention.changed' })
      .orderBy('id')
    assert.deepEqual(
      entries.map(({ details }) => details),
      [
        { message_bodies: { from: 180, to: 60 } },
        { message_bodies: { from: 60, to: 365 }, provider_events: { from: 90, to: 30 } },
      ]
    )
  })

  test('has floors, names what is wrong, and is for those who may change settings', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const { change } = door(client, token)
    for (const [days, field] of [
      [{ message_bodies: 29 }, 'days.message_bodies'],
      [{ proof_origins: 1_094 }, 'days.proof_origins'],
      [{ engagements: 3_651 }, 'days.engagements'],
      [{ origins: 30.5 }, 'days.origins'],
    ] as const) {
      const answer = await change(days)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, field)
    }
    const viewer = await memberOf(workspace, { role: 'viewer' })
    ;(await door(client, viewer.token).change({ origins: 30 })).assertStatus(403)
    assert.lengthOf((await door(client, viewer.token).look()).data, 12)
  })

  test('one workspace’s time does not touch another’s, and the clock asks for each, twice without harm', async ({
    client,
    assert,
  }) => {
    const mine = await endedCampaign(client, { days: 200 })
    const other = await endedCampaign(client, { days: 200 })
    await enforce(mine.workspace)
    assert.lengthOf(await db.from('captured_messages').where({ workspace_id: other.workspace.id, private: false }), 3)
    const before = await runs(mine.workspace)
    await startRetention({ workspaceId: mine.workspace.id })
    await startRetention({ workspaceId: mine.workspace.id })
    const queue = await jobQueue()
    const waiting = await queue.findJobs('retention.enforce', {
      data: { workspaceId: mine.workspace.id },
      queued: true,
    })
    assert.isNotEmpty(waiting)
    await letTheWorkerWork(mine.workspace)
    assert.deepEqual(await runs(mine.workspace), before)
  })
})
