import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { enforceRetention } from '#compliance'
import { addressHash, suppress, verifyLedger } from '#consent'
import { createContact, eraseContact, type Contact } from '#contacts'
import { theSystem } from '#identity'
import { MOST_WAITING } from '#app/forms/quarantine/hold'
import { plantTopic, standing } from '#tests/support/consent'
import { bakeryForm, WORDING } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

type It = Awaited<ReturnType<typeof bakeryForm>>

/** The bakery's form with somebody of whom nobody knows whether they are one. */
async function withDoubtful(client: any, emails = ['ada@people.test'], more: Record<string, unknown> = {}) {
  const it = await bakeryForm(client, more)
  for (const email of emails) (await it.postByProgram({ email })).assertStatus(200)
  const waiting = (await it.api.get('/quarantine')).body().data
  const judge = (id: string, how: 'approve' | 'reject' | 'reopen', body: object = {}) =>
    it.api.post(`/quarantine/${id}/${how}`, how === 'reject' ? { reason: 'No person', ...body } : body)
  return { ...it, waiting, judge }
}

const contactsOf = ({ workspace }: It) => db.from('contacts').where('workspace_id', workspace.id)
const auditOf = ({ workspace }: It) =>
  db.from('audit_entries').where('workspace_id', workspace.id).whereLike('action', 'sign_up.%').orderBy('id')

test.group('The quarantine', () => {
  test('shows who waits, newest first, with score and signals in sentences', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'Ben@people.test'])
    assert.deepEqual(
      it.waiting.map(({ email }: any) => email),
      ['Ben@people.test', 'ada@people.test']
    )
    assert.deepInclude(it.waiting[0], {
      decision: 'none',
      state: 'doubtful',
      form: { id: it.form.id, name: 'Newsletter' },
      score: 50,
      times: 1,
      user_agent: 'curl/8.9.1',
      topics: [
        { id: String(it.specials.id), name: 'Weekly specials' },
        { id: String(it.hours.id), name: 'Opening hours' },
      ],
    })
    assert.deepEqual(it.waiting[0].signals[0], {
      name: 'agent_machine',
      points: 25,
      sentence: 'It was sent by a program, not by a person’s browser.',
    })
    const ahead = (new Date(it.waiting[0].forgotten_at).getTime() - Date.now()) / 86_400_000
    assert.isTrue(ahead > 29.9 && ahead <= 30)
    const first = (await it.api.get('/quarantine?limit=1&count=1')).body()
    assert.deepEqual(first.total, { value: 2, exact: true })
    const second = (await it.api.get(`/quarantine?limit=1&cursor=${first.next_cursor}`)).body()
    assert.deepEqual([first.data[0].email, second.data[0].email], ['Ben@people.test', 'ada@people.test'])
    const { rules, forms, ...summary } = (await it.api.get('/quarantine/summary')).body()
    assert.deepEqual(summary, { waiting: 2, days: 30, most_waiting: 1_000, doubtful_from: 50, certain_from: 100 })
    assert.deepInclude(rules, { name: 'trap', points: 100, sentence: 'A field was filled in that no person sees.' })
    assert.deepInclude(forms[0], { id: it.form.id, name: 'Newsletter', waiting: 2, turned_away: 0 })
  })

  test('filters by form and by decision; what never waited is not in it', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test', 'cara@people.test'])
    const other = (
      await it.api.post('/forms', { name: 'Fair', topic_ids: [String(it.specials.id)], wording: WORDING })
    ).body()
    await client
      .post(`/f/${other.slug}`)
      .header('user-agent', 'curl/8')
      .json({ email: 'dev@people.test', topics: [String(it.specials.id)] })
    await it.post({ email: 'eve@people.test' })
    const [cara, ben] = it.waiting
    await it.judge(cara.id, 'approve')
    await it.judge(ben.id, 'reject')
    const emails = async (query: string) =>
      (await it.api.get(`/quarantine${query}`)).body().data.map(({ email }: any) => email.split('@')[0])
    assert.deepEqual(await emails(''), ['dev', 'ada'])
    assert.deepEqual(await emails(`?form_id=${other.id}`), ['dev'])
    assert.deepEqual(await emails('?decision=approved'), ['cara'])
    assert.deepEqual(await emails(`?decision=rejected&form_id=${it.form.id}`), ['ben'])
    assert.deepEqual(await emails(`?decision=rejected&form_id=${other.id}`), [])
    const eve = (await it.submissions()).at(-1)
    ;(await it.api.get(`/quarantine/${eve.id}`)).assertStatus(404)
    ;(await it.judge(eve.id, 'reject')).assertStatus(404)
    ;(await it.api.get('/quarantine?decision=maybe')).assertStatus(422)
    ;(await it.api.get('/quarantine?form_id=x')).assertStatus(422)
    ;(await it.api.get('/quarantine?cursor=x')).assertStatus(400)
  })

  test('approval is never consent: it sends the mail that was held back, and only the owner’s button grants', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['Ada@people.test'], {
      fields: [{ name: 'first_name', label: 'First name' }],
    })
    await db
      .from('form_submissions')
      .where('workspace_id', it.workspace.id)
      .update({ answers: JSON.stringify({ first_name: 'Ada' }) })
    assert.lengthOf(await it.mails(), 0)
    const approved = await it.judge(it.waiting[0].id, 'approve', { reason: 'She rang us' })
    approved.assertStatus(200)
    assert.deepInclude(approved.body(), {
      decision: 'approved',
      state: 'pending',
      reason: 'She rang us',
      forgotten_at: null,
    })
    const [mail, ...others] = await it.mails()
    assert.lengthOf(others, 0)
    assert.include(mail, { to_address: 'Ada@people.test', subject: 'Please confirm: mails from Blue Door Bakery' })
    const [contact] = await contactsOf(it)
    assert.equal(contact.first_name, null, 'what was typed waits for the owner')
    assert.deepEqual(
      [await standing(it.workspace, contact.id, it.specials), await standing(it.workspace, contact.id, it.hours)],
      ['pending', 'pending']
    )
    const [request] = await it.ledger()
    const [row] = await it.submissions()
    assert.include(request, { action: 'request', user_agent: 'curl/8.9.1', source_kind: 'form' })
    assert.equal(request.occurred_at.getTime(), row.created_at.getTime(), 'they asked when they asked')
    await client.get(mail.link)
    assert.equal(await standing(it.workspace, contact.id, it.specials), 'pending')
    await client.post(mail.link)
    assert.equal(await standing(it.workspace, contact.id, it.specials), 'granted')
    assert.equal((await contactsOf(it))[0].first_name, 'Ada')
    assert.isEmpty((await verifyLedger({ workspaceId: it.workspace.id })).breaks)
  })

  test('a form without double opt-in asks all the same whom it doubted', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const topic = await plantTopic(workspace, 'News')
    await db.from('topics').where({ workspace_id: workspace.id, id: topic.id }).update({ double_opt_in: false })
    const made = await client
      .post('/api/v1/forms')
      .bearerToken(token)
      .json({
        name: 'Counter',
        topic_ids: [String(topic.id)],
        wording: WORDING,
        double_opt_in: false,
      })
    made.assertStatus(201)
    const post = (agent: string, email: string) =>
      client
        .post(`/f/${made.body().slug}`)
        .header('user-agent', agent)
        .json({ email, topics: [String(topic.id)] })
    const answers = [await post('curl/8', 'ada@people.test'), await post('A friendly script', 'ben@people.test')]
    assert.deepEqual(answers[0].body(), answers[1].body())
    const [waiting] = (await client.get('/api/v1/quarantine').bearerToken(token)).body().data
    assert.equal(waiting.email, 'ada@people.test')
    await client.post(`/api/v1/quarantine/${waiting.id}/approve`).bearerToken(token)
    const people = await db.from('contacts').where('workspace_id', workspace.id).orderBy('id')
    assert.deepEqual(
      await Promise.all(people.map(async ({ id, email }) => [email, await standing(workspace, id, topic)])),
      [
        ['ben@people.test', 'granted'],
        ['ada@people.test', 'pending'],
      ]
    )
  })

  test('a rejection needs a reason, sends nothing, and can be taken back; the audit says who', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client)
    const [{ id }] = it.waiting
    for (const reason of [undefined, '', '  ', 'x', 'x'.repeat(501), 7, null]) {
      const refused = await it.judge(id, 'reject', { reason })
      assert.equal(refused.status(), 422, String(reason))
      assert.equal(refused.body().errors[0].field, 'reason')
    }
    const rejected = await it.judge(id, 'reject', { reason: 'Typed\u0000 by\u2028 a machine' })
    assert.deepInclude(rejected.body(), { decision: 'rejected', reason: 'Typed  by  a machine' })
    assert.lengthOf(await it.mails(), 0)
    assert.lengthOf(await contactsOf(it), 0)
    const reopened = await it.judge(id, 'reopen')
    assert.deepInclude(reopened.body(), { decision: 'none', state: 'doubtful', judged_by: null, reason: null })
    ;(await it.judge(id, 'reopen')).assertStatus(200)
    await it.judge(id, 'approve')
    const entries = await auditOf(it)
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['sign_up.rejected', 'sign_up.reopened', 'sign_up.approved']
    )
    assert.include(entries[0], { subject_type: 'form_submission', subject_id: id })
    assert.deepInclude(entries[0].details, { form_id: it.form.id, score: 50, state: 'rejected' })
    assert.notInclude(JSON.stringify(entries), 'people.test', 'the audit names nobody who is no member')
    const facts = await db
      .from('domain_events')
      .where('workspace_id', it.workspace.id)
      .whereLike('name', 'sign_up%')
      .orderBy('id')
    assert.deepEqual(
      facts.map(({ name }) => name),
      ['sign_ups.waiting', 'sign_up.rejected', 'sign_up.reopened', 'sign_up.approved']
    )
    assert.equal(facts.at(-1).payload.submission_id, Number(id))
    assert.isNumber(facts.at(-1).payload.contact_id)
  })

  test('the same decision again is the same; the other one is told who was first', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test'])
    const [ben, ada] = it.waiting
    const [one, two] = [await it.judge(ada.id, 'approve'), await it.judge(ada.id, 'approve', { reason: 'Again' })]
    assert.deepEqual(one.body(), two.body())
    const late = await it.judge(ada.id, 'reject')
    assert.equal(late.status(), 409)
    assert.include(late.body().errors[0], { code: 'E_SUBMISSION_IN_OTHER_STATE' })
    assert.match(late.body().errors[0].message, /approved it at/)
    await it.judge(ben.id, 'reject', { reason: 'First' })
    assert.equal((await it.judge(ben.id, 'reject', { reason: 'Second' })).body().reason, 'First')
    ;(await it.judge(ben.id, 'approve')).assertStatus(409)
    ;(await it.judge(ada.id, 'reopen')).assertStatus(409)
    assert.lengthOf(await it.mails(), 1)
    assert.lengthOf(await auditOf(it), 2)
  })

  test('who decide at the same moment: one decision, at most one mail, and the others are told', async ({
    client,
    assert,
  }) => {
    for (let round = 0; round < 3; round++) {
      const it = await withDoubtful(client)
      const [{ id }] = it.waiting
      const answers = await Promise.all([
        it.judge(id, 'approve'),
        it.judge(id, 'reject'),
        it.judge(id, 'approve'),
        it.judge(id, 'reject'),
        it.postByProgram({ email: 'ADA@people.test' }),
      ])
      const statuses = answers.slice(0, 4).map((answer) => answer.status())
      const isApproved = statuses[0] === 200
      assert.deepEqual(statuses, isApproved ? [200, 409, 200, 409] : [409, 200, 409, 200])
      assert.lengthOf(await auditOf(it), 1)
      assert.lengthOf(await it.mails(), isApproved ? 1 : 0)
      assert.lengthOf(await contactsOf(it), isApproved ? 1 : 0)
    }
  })

  test('several at once: each by itself, and what cannot be decided is named', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test', 'cara@people.test'])
    const [cara, ben, ada] = it.waiting
    await it.judge(cara.id, 'approve')
    const rejected = await it.api.post('/quarantine/decisions', {
      decision: 'reject',
      ids: [ada.id, ben.id, cara.id, '999999999'],
      reason: 'One wave of machines',
    })
    rejected.assertStatus(200)
    assert.deepEqual(
      rejected.body().data.map(({ email, decision, reason }: any) => [email, decision, reason]),
      [
        ['ada@people.test', 'rejected', 'One wave of machines'],
        ['ben@people.test', 'rejected', 'One wave of machines'],
      ]
    )
    assert.deepEqual(
      rejected.body().problems.map(({ id, code }: any) => [id, code]),
      [
        [cara.id, 'E_SUBMISSION_IN_OTHER_STATE'],
        ['999999999', 'E_NOT_FOUND'],
      ]
    )
    for (const body of [
      { decision: 'reject', ids: [ada.id] },
      { decision: 'approve', ids: [] },
      { decision: 'approve', ids: [ada.id, ada.id] },
      { decision: 'approve', ids: ['1; drop table forms'] },
      { decision: 'approve', ids: Array.from({ length: 101 }, (_, no) => no + 1) },
      { decision: 'allow', ids: [ada.id] },
    ]) {
      ;(await it.api.post('/quarantine/decisions', body)).assertStatus(422)
    }
  })

  test('approving somebody who is suppressed by now, or whose topics are gone, sends nothing', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test'])
    const [ben, ada] = it.waiting
    await db.transaction((trx) =>
      suppress({
        workspaceId: it.workspace.id,
        addresses: [{ hash: addressHash(it.workspace.id, 'ada@people.test') }],
        reason: 'complaint',
        source: 'test',
        actor: theSystem,
        trx,
      })
    )
    assert.deepInclude((await it.judge(ada.id, 'approve')).body(), {
      decision: 'approved',
      state: 'suppressed',
      email: null,
      ip: null,
    })
    await db.from('topics').where('workspace_id', it.workspace.id).update({ archived_at: new Date() })
    const nothing = await it.judge(ben.id, 'approve')
    assert.equal(nothing.status(), 409)
    assert.match(nothing.body().errors[0].message, /archived/)
    assert.lengthOf(await it.mails(), 0)
    assert.lengthOf(await contactsOf(it), 0)
  })

  test('approving does not break the peace of an address: one mail an hour, however old the sign-up is', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client)
    await db
      .from('form_submissions')
      .where('workspace_id', it.workspace.id)
      .update({ created_at: new Date(Date.now() - 5 * 86_400_000) })
    await it.judge(it.waiting[0].id, 'approve')
    assert.lengthOf(await it.mails(), 1)
    await it.post({ email: 'ada@people.test' })
    assert.lengthOf(await it.mails(), 1, 'asked for the same within the hour')
    const [first, second] = await it.submissions()
    assert.deepEqual([first.state, second.state], ['pending', 'repeated'])
    await it.postByProgram({ email: 'ada@people.test' })
    assert.lengthOf((await it.api.get('/quarantine')).body().data, 0, 'nothing waits that one mail said already')
  })
})

test.group('Who may look and judge', () => {
  test('viewers look, tokens need the scope, strangers find nothing', async ({ client, assert }) => {
    const it = await withDoubtful(client)
    const [{ id }] = it.waiting
    const other = await bakery()
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/quarantine').bearerToken(viewer.token)).assertStatus(200)
    ;(await client.post(`/api/v1/quarantine/${id}/approve`).bearerToken(viewer.token)).assertStatus(403)
    assert.lengthOf((await client.get('/api/v1/quarantine').bearerToken(other.token)).body().data, 0)
    for (const how of ['approve', 'reject', 'reopen']) {
      ;(
        await client.post(`/api/v1/quarantine/${id}/${how}`).bearerToken(other.token).json({ reason: 'mine' })
      ).assertStatus(404)
    }
    const foreign = await client
      .post('/api/v1/quarantine/decisions')
      .bearerToken(other.token)
      .json({ decision: 'approve', ids: [id] })
    assert.equal(foreign.body().problems[0].code, 'E_NOT_FOUND')
    const narrow = await it.api.post('/tokens', { name: 'Reader', scopes: ['forms:read', 'forms:write'] })
    ;(await client.get('/api/v1/quarantine').bearerToken(narrow.body().token)).assertStatus(200)
    ;(await client.post(`/api/v1/quarantine/${id}/approve`).bearerToken(narrow.body().token)).assertStatus(403)
    ;(await client.get('/api/v1/quarantine')).assertStatus(401)
    assert.equal((await it.submissions())[0].state, 'doubtful')
  })
})

test.group('The quarantine stays small', () => {
  test('a full one keeps those who look most like people, and counts the rest', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await db.rawQuery(
      `insert into form_submissions (workspace_id, form_id, version, state, email, email_hash, topic_ids, score)
       select ?, ?, 1, 'doubtful', n || '@flood.test', decode(md5(n::text), 'hex'), '{}', case when n = 1 then 50 else 60 + n % 30 end
       from generate_series(1, ?) n`,
      [it.workspace.id, it.form.id, MOST_WAITING]
    )
    await it.postByProgram({ email: 'ada@people.test' })
    const waiting = () => db.from('form_submissions').where({ workspace_id: it.workspace.id, state: 'doubtful' })
    assert.lengthOf(await waiting(), MOST_WAITING)
    assert.lengthOf(await waiting().where('email', 'ada@people.test'), 1)
    assert.lengthOf(await waiting().where('score', 89), Math.floor((MOST_WAITING + 1) / 30) - 1)
    await db.from('form_submissions').where('workspace_id', it.workspace.id).update({ score: 50 })
    await it.postByProgram({ email: 'ben@people.test' })
    assert.lengthOf(await waiting(), MOST_WAITING)
    assert.lengthOf(await waiting().where('email', 'ben@people.test'), 0)
    const { forms } = (await it.api.get('/quarantine/summary')).body()
    assert.deepInclude(forms[0], { waiting: MOST_WAITING, turned_away: 2 })
  })

  test('one address many times is one row, and rows that change nothing are few', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await Promise.all(
      Array.from({ length: 12 }, () => it.postByProgram({ email: 'ada@people.test', topics: [String(it.specials.id)] }))
    )
    await it.postByProgram({ email: 'ADA@people.test', topics: [String(it.hours.id)] })
    const rows = await it.submissions()
    assert.lengthOf(rows, 1)
    assert.include(rows[0], { times: 13, state: 'doubtful' })
    assert.sameMembers(rows[0].topic_ids, [it.specials.id, it.hours.id])
    await Promise.all(Array.from({ length: 12 }, () => it.post({ email: 'ben@people.test' })))
    const states = (await it.submissions()).map(({ state }: any) => state)
    assert.lengthOf(
      states.filter((state: string) => state === 'repeated'),
      5
    )
  })

  test('what nobody judged is forgotten by the clock, after the days that the workspace says', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test', 'cara@people.test'])
    const [cara, ben, ada] = it.waiting
    await it.judge(ben.id, 'reject')
    await it.judge(cara.id, 'approve')
    const age = (days: number) =>
      db
        .from('form_submissions')
        .where('workspace_id', it.workspace.id)
        .update({
          created_at: new Date(Date.now() - days * 86_400_000),
          judged_at: db.raw('case when judged_at is null then null else now() - make_interval(days => ?) end', [
            days - 2,
          ]),
        })
    const there = async () => (await it.submissions()).map(({ id }: any) => String(id))
    await age(29)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [ada.id, ben.id, cara.id])
    await age(31)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [ben.id, cara.id], 'a rejection counts from when it was made')
    ;(await it.api.patch('/retention', { days: { quarantine: 7 }, confirmed: true })).assertStatus(200)
    assert.equal((await it.api.get('/quarantine/summary')).body().days, 7)
    await age(10)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [cara.id])
    for (const days of [0, 91, 1.5, '30 days']) {
      ;(await it.api.patch('/retention', { days: { quarantine: days } })).assertStatus(422)
    }
  })

  test('the team hears of it once a day', async ({ client, assert }) => {
    const it = await withDoubtful(client)
    await it.judge(it.waiting[0].id, 'reject')
    await it.postByProgram({ email: 'ben@people.test' })
    await letTheWorkerWork(it.workspace)
    const mails = await it.mails()
    assert.deepEqual(
      mails.map(({ to_address: to, subject }: any) => [to, subject]),
      [[it.user.email, 'Sign-ups wait for your decision']]
    )
    assert.include(mails[0].text, `/w/${it.workspace.id}/forms/quarantine`)
    assert.notInclude(mails[0].text, 'people.test')
  })
})

test.group('A doubtful sign-up and people’s rights', () => {
  test('who is erased is erased here, too, though they are no contact by it; what is kept is theirs to have', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['finn@people.test', 'ada@people.test'])
    const [, finn] = it.waiting
    await it.judge(finn.id, 'reject', { reason: 'Finn is a joke' })
    const made: Contact = await db.transaction((trx) =>
      createContact({
        workspaceId: it.workspace.id,
        input: { email: 'Finn@people.test' },
        origin: 'api',
        actor: theSystem,
        trx,
      })
    )
    await made.refresh()
    const { sign_ups: signUps } = (await it.api.get(`/contacts/${made.id}/export`)).body()
    assert.lengthOf(signUps, 1)
    assert.include(signUps[0], { state: 'rejected', judged_reason: 'Finn is a joke', score: 50 })
    await db.transaction((trx) => eraseContact({ workspaceId: it.workspace.id, contact: made, actor: theSystem, trx }))
    await letTheWorkerWork(it.workspace)
    const [row, ada] = await it.submissions()
    assert.include(row, { email: null, ip: null, user_agent: null, judged_reason: null })
    assert.include(ada, { email: 'ada@people.test', state: 'doubtful' })
  })
})
