import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { verifyLedger } from '#consent'
import { Contact, eraseContact } from '#contacts'
import { theSystem } from '#identity'
import { plantPeople, record } from '#tests/support/consent'
import { tamper } from '#tests/support/owner'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'
import { campaign } from '#tests/support/written_campaign'
import { FIREFOX } from '#tests/support/reader'
import { ago, enforce, door, endedCampaign } from '#tests/support/retention'

test.group('What is kept of people', () => {
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
    const aged = [
      { id: ada, days: 2_000 },
      { id: ben, days: 1_096 },
      { id: cara, days: 1_094 },
    ]
    for (const { id, days } of aged) {
      const at = { ip: '192.0.2.9', userAgent: FIREFOX, occurredAt: DateTime.fromJSDate(ago(days)) }
      await record(workspace, topic, [id], at)
      if (id !== ada) await record(workspace, topic, [id], { action: 'withdraw', reason: 'too much', ...at })
      await tamper('consent_entries', (trx) =>
        trx
          .from('consent_entries')
          .where('contact_id', id)
          .update({ recorded_at: ago(days) })
      )
    }
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
    const asked = { action: 'request', basis: 'consent_double_opt_in', ip: '192.0.2.4' } as const
    await record(workspace, topic, [stranger, named], { ...asked, occurredAt: DateTime.fromJSDate(ago(60)) })
    await record(workspace, topic, [fresh], asked)
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
})
