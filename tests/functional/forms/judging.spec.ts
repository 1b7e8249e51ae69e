import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, suppress, verifyLedger } from '#consent'
import { theSystem } from '#identity'
import { plantTopic, standing } from '#tests/support/consent'
import { WORDING } from '#tests/support/sign_up_form'
import { bakery } from '#tests/support/workspace'
import { withDoubtful, contactsOf, auditOf } from '#tests/support/doubtful_sign_ups'

test.group('Judging a doubtful sign-up', () => {
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
