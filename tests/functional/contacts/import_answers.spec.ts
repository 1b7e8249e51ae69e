import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { verifyLedger } from '#consent'
import { mailable } from '#tests/support/consent'
import { setEnvironment } from '#tests/support/environment'
import { ask, importFile, suggestedMapping, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const LIST = `email,first_name,Newsletter
ada@example.test,Ada,yes
ben@example.test,Ben,No
cara@example.test,Cara,
dev@example.test,Dev,perhaps
eve@example.test,Eve, YES
`
const YES_OR_NO = { agreed: ['yes'], withdrawn: ['no'] }

async function stage() {
  const baker = await bakery()
  const topic = async (name: string) => (await ask(baker.token, 'POST', '/topics', { name })).body.id as string
  return { ...baker, news: await topic('News'), offers: await topic('Offers') }
}
type Stage = Awaited<ReturnType<typeof stage>>

const consentTo = (topicIds: string[], decidedBy: unknown) => ({
  channel: 'email',
  topic_ids: topicIds,
  basis: 'consent_express',
  statement: 'I want the news of the Blue Door Bakery.',
  source: 'till list 2026',
  collected_at: '2026-10-03',
  decided_by: decidedBy,
})

const byColumn = (topicId: string, values: object = YES_OR_NO, column = 'Newsletter') =>
  consentTo([topicId], [{ column, ...values }])

async function standing({ workspace }: Stage, topic: string) {
  const { rows } = await db.rawQuery(
    `select c.email_key, k.status from contacts c join consents k on k.workspace_id = c.workspace_id and k.contact_id = c.id
     where c.workspace_id = ? and k.topic_id = ? and k.channel = 'email' and c.deleted_at is null order by 1`,
    [workspace.id, topic]
  )
  return rows.map((row: any) => `${row.email_key.split('@')[0]} ${row.status}`)
}

async function preview(bakers: Stage, file: string, options: Record<string, unknown>) {
  const { body } = await upload(bakers.token, file)
  return ask(bakers.token, 'POST', `/imports/${body.id}/preview`, {
    mapping: suggestedMapping(body.columns),
    ...options,
  })
}

test.group('A column that says who agreed', () => {
  test('is recognised, and its values are counted over the whole file', async ({ assert }) => {
    const bakers = await stage()
    const { body } = await upload(bakers.token, LIST.replace('perhaps', 'NO'))
    assert.deepEqual(
      body.columns.map((column: any) => column.says_agreement ?? false),
      [false, false, true]
    )
    const values = await ask(bakers.token, 'GET', `/imports/${body.id}/values?column=Newsletter`)
    assert.equal(values.status, 200, values.text)
    assert.deepEqual(values.body, {
      column: 'Newsletter',
      rows: 5,
      blank: 1,
      values: [
        { value: 'yes', rows: 2, suggested: 'agreed' },
        { value: 'No', rows: 2, suggested: 'withdrawn' },
      ],
      too_many: false,
    })
    const none = await ask(bakers.token, 'GET', `/imports/${body.id}/values?column=nothing`)
    assert.deepEqual([none.status, none.body.errors[0].field], [422, 'column'])
    const stranger = await bakery()
    assert.equal((await ask(stranger.token, 'GET', `/imports/${body.id}/values?column=Newsletter`)).status, 404)
  })

  test('has few answers: a column of names has none', async ({ assert }) => {
    const bakers = await stage()
    const rows = Array.from({ length: 21 }, (_, i) => `p${i}@example.test,Name ${i}`)
    const { body } = await upload(bakers.token, `email,first_name\n${rows.join('\n')}\n`)
    const { body: values } = await ask(bakers.token, 'GET', `/imports/${body.id}/values?column=first_name`)
    assert.deepInclude(values, { values: [], too_many: true })
  })

  test('decides row by row; what is not decided about says nothing', async ({ assert }) => {
    const bakers = await stage()
    const said = [{ topic_id: bakers.news, agreed: 2, said_no: 1, unknown: 2 }]
    const looked = await preview(bakers, LIST, { consent: byColumn(bakers.news) })
    assert.deepInclude(looked.body, { new: 5, by_topic: said }, looked.text)
    assert.lengthOf(await db.from('consent_entries').where('workspace_id', bakers.workspace.id), 0)
    const done = await importFile(bakers, LIST, { consent: byColumn(bakers.news) })
    assert.deepInclude(done.counts, { new: 5, agreed: 2, withdrawn: 1, by_topic: said })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'eve'])
    assert.deepEqual(await standing(bakers, bakers.news), ['ada granted', 'ben withdrawn', 'eve granted'])
    const entries = await db.from('consent_entries').where('workspace_id', bakers.workspace.id)
    assert.containsSubset(
      entries.find(({ action }) => action === 'withdraw'),
      { source_kind: 'import', source_ref: done.id, statement: 'No, by the list: “Newsletter” is “no”.' }
    )
    assert.containsSubset(
      entries.find(({ action }) => action === 'grant'),
      { source_kind: 'import', basis: 'consent_express', statement: 'I want the news of the Blue Door Bakery.' }
    )
    const again = await importFile(bakers, LIST, { consent: byColumn(bakers.news) })
    assert.deepInclude(again.counts, { unchanged: 5, agreed: 0, withdrawn: 0, by_topic: said })
    assert.lengthOf((await verifyLedger({ workspaceId: bakers.workspace.id })).breaks, 0)
  })

  test('without one, everybody in the file agreed', async ({ assert }) => {
    const bakers = await stage()
    const { body } = await preview(bakers, LIST, { consent: consentTo([bakers.news], undefined) })
    assert.deepEqual(body.by_topic, [{ topic_id: bakers.news, agreed: 5, said_no: 0, unknown: 0 }])
    assert.deepEqual((await preview(bakers, LIST, {})).body.by_topic, [])
  })

  test('ends what somebody agreed to before, also when those who are here are left as they are', async ({ assert }) => {
    for (const conflict of ['update', 'skip']) {
      const bakers = await stage()
      await importFile(bakers, LIST, { consent: consentTo([bakers.news], undefined) })
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'ben', 'cara', 'dev', 'eve'])
      const done = await importFile(bakers, LIST, { consent: byColumn(bakers.news), on_conflict: conflict })
      assert.deepInclude(done.counts, { agreed: 0, withdrawn: 1 })
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'cara', 'dev', 'eve'])
    }
  })

  test('never turns a no into a yes: not one of theirs, not one of a list, not after an undo', async ({ assert }) => {
    const bakers = await stage()
    const ada = (await ask(bakers.token, 'POST', '/contacts', { email: 'ada@example.test' })).body.id
    const said = { channel: 'email', topic_id: bakers.news, basis: 'consent_express', statement: 'x', source: 'phone' }
    await ask(bakers.token, 'POST', `/contacts/${ada}/consents`, { ...said, action: 'grant' })
    await ask(bakers.token, 'POST', `/contacts/${ada}/consents`, { ...said, action: 'withdraw' })
    const first = await importFile(bakers, LIST, { consent: byColumn(bakers.news) })
    assert.deepInclude(first.counts, { already_withdrawn: 1, agreed: 1, withdrawn: 1 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['eve'])
    const today = new Date().toISOString()
    const everybody = { ...consentTo([bakers.news], undefined), collected_at: today }
    const second = await importFile(bakers, LIST, { consent: everybody })
    assert.deepInclude(second.counts, { already_withdrawn: 2, agreed: 2 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['cara', 'dev', 'eve'])
    for (const { id } of [second, first]) await ask(bakers.token, 'POST', `/imports/${id}/undo`)
    await importFile(bakers, LIST, { consent: everybody })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['cara', 'dev', 'eve'])
  })

  test('may be another one for each topic', async ({ assert }) => {
    const bakers = await stage()
    const file = 'email,news,offers\nada@example.test,1,0\nben@example.test,0,1\ncara@example.test,1,1\n'
    const values = { agreed: ['1'], withdrawn: ['0'] }
    const consent = consentTo(
      [bakers.news, bakers.offers],
      [
        { column: 'offers', topic_ids: [bakers.offers], ...values },
        { column: 'news', topic_ids: [bakers.news], ...values },
      ]
    )
    const done = await importFile(bakers, file, { consent, mapping: { email: 'email' } })
    assert.deepEqual(done.counts.by_topic, [
      { topic_id: bakers.news, agreed: 2, said_no: 1, unknown: 0 },
      { topic_id: bakers.offers, agreed: 2, said_no: 1, unknown: 0 },
    ])
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), ['ada', 'cara'])
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.offers), ['ben', 'cara'])
  })

  test('may have one beside it that says when; what is no day is for a person to mend', async ({ assert }) => {
    const bakers = await stage()
    await importFile(bakers, 'email\ngus@example.test\n', { consent: consentTo([bakers.news], undefined) })
    const gus = await db.from('contacts').where({ workspace_id: bakers.workspace.id }).firstOrFail()
    const rows = [
      ...['ada,yes,2024-03-01 9:30:00', 'ben,yes,1.3.2024', 'cara,yes,', 'dev,yes,2024-03-01T09:30+01:00'],
      ...['eve,yes,1/3/2024', 'finn,yes,31.02.2024', 'hal,yes,2999-01-01', 'ida,no,1/3/2024', 'gus,yes,2023-05-06'],
    ]
    const file = `email,news,since\n${rows.map((row) => row.replace(',', '@example.test,')).join('\n')}\n`
    const consent = {
      ...consentTo([bakers.news, bakers.offers], [{ column: 'news', ...YES_OR_NO }]),
      collected_at_column: 'since',
    }
    const done = await importFile(bakers, file, { consent, mapping: { email: 'email' } })
    assert.deepInclude(done.counts, { new: 5, unchanged: 1, invalid: 3, agreed: 9, withdrawn: 2 })
    const reasons = await db.from('import_rows').where({ import_id: done.id, outcome: 'rejected' }).orderBy('line')
    assert.match(reasons[0].reason, /like 2026-10-03/)
    assert.match(reasons[2].reason, /in the future/)
    const { rows: said } = await db.rawQuery(
      `select c.email, e.occurred_at from consent_entries e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
       where e.workspace_id = ? and e.action = 'grant' and e.topic_id = ? order by 1`,
      [bakers.workspace.id, bakers.offers]
    )
    assert.deepEqual(
      said.map((row: any) => `${row.email.split('@')[0]} ${row.occurred_at.toISOString()}`),
      [
        'ada 2024-03-01T09:30:00.000Z',
        'ben 2024-03-01T00:00:00.000Z',
        'cara 2026-10-03T00:00:00.000Z',
        'dev 2024-03-01T08:30:00.000Z',
        'gus 2023-05-06T00:00:00.000Z',
      ]
    )
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.offers), ['ada', 'ben', 'cara', 'dev', 'gus'])
    const stands = await db.from('consents').where({ contact_id: gus.id, topic_id: bakers.offers }).firstOrFail()
    assert.equal(stands.since.toISOString(), '2023-05-06T00:00:00.000Z')
    const verdict = await verifyLedger({ workspaceId: bakers.workspace.id })
    assert.deepEqual([verdict.entries, verdict.breaks], [12, []])

    const implied = { ...consent, basis: 'casl_implied_inquiry', topic_ids: [bakers.news] }
    await importFile(bakers, 'email,news,since\nzoe@example.test,yes,2020-01-31\n', {
      consent: implied,
      mapping: { email: 'email' },
    })
    const zoe = await db
      .from('consents')
      .where({ workspace_id: bakers.workspace.id, basis: 'casl_implied_inquiry' })
      .firstOrFail()
    assert.equal(zoe.expires_at.toISOString(), '2020-07-31T00:00:00.000Z')
    assert.lengthOf((await verifyLedger({ workspaceId: bakers.workspace.id })).breaks, 0)
  })

  test('of one that left, as other programs write it: nobody need have been told anything', async ({ assert }) => {
    const bakers = await stage()
    const file =
      'Email Address,Status\nada@example.test,subscribed\nben@example.test,unsubscribed\ncara@example.test,cleaned\ndev@example.test,non-subscribed\n'
    const { body } = await upload(bakers.token, file)
    assert.isTrue(body.columns[1].says_agreement)
    const { body: found } = await ask(bakers.token, 'GET', `/imports/${body.id}/values?column=Status`)
    assert.deepEqual(
      found.values.map(({ value, suggested }: any) => [value, suggested]),
      [
        ['subscribed', 'agreed'],
        ['unsubscribed', 'withdrawn'],
        ['cleaned', null],
        ['non-subscribed', null],
      ]
    )
    const consent = { ...byColumn(bakers.news, { withdrawn: ['unsubscribed'] }, 'Status'), statement: undefined }
    const done = await importFile(bakers, file, { consent, mapping: { 'Email Address': 'email' } })
    assert.deepInclude(done.counts, { agreed: 0, withdrawn: 1 })
    assert.deepEqual(await standing(bakers, bakers.news), ['ben withdrawn'])
  })

  for (const conflict of ['update', 'skip']) {
    test(`counts and records a no of any row of a person, lots apart or not (${conflict})`, async ({ assert }) => {
      setEnvironment({ ASSENT_LOT_ROWS: '3' })
      const bakers = await stage()
      const rows = [
        ...['ada,yes', 'ben,no', 'cara,'],
        ...['ada,yes', 'ada,no', 'dev,no'],
        ...['ben,yes', 'cara,yes', 'eve,yes'],
        ...['dev,yes', 'dev,', 'finn,yes'],
      ]
      const file = `email,news\n${rows.map((row) => row.replace(',', '@example.test,')).join('\n')}\n`
      const options = { consent: byColumn(bakers.news, YES_OR_NO, 'news'), on_conflict: conflict }
      const caraSaysYes = conflict === 'update' ? 1 : 0
      const said = [{ topic_id: bakers.news, agreed: 2 + caraSaysYes, said_no: 3, unknown: 1 - caraSaysYes }]
      const looked = await preview(bakers, file, { ...options, mapping: { email: 'email' } })
      assert.deepInclude(looked.body, { new: 6, duplicates_in_file: 6, by_topic: said }, looked.text)
      const done = await importFile(bakers, file, { ...options, mapping: { email: 'email' } })
      assert.deepInclude(done.counts, { new: 6, duplicates_in_file: 6, withdrawn: 3, by_topic: said })
      const yes = conflict === 'update' ? ['cara', 'eve', 'finn'] : ['eve', 'finn']
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.news), yes)
    })
  }

  test('is refused where it makes no sense, by name', async ({ assert }) => {
    const bakers = await stage()
    const { news, offers } = bakers
    const refused = async (consent: object, field: string) => {
      const { status, body } = await preview(bakers, LIST, { consent })
      assert.deepEqual([status, body.errors[0].field], [422, field], JSON.stringify(body))
    }
    await refused(byColumn(news, YES_OR_NO, 'nothing'), 'consent.decided_by.0.column')
    await refused(byColumn(news, YES_OR_NO, 'email'), 'consent.decided_by.0.column')
    await refused(byColumn(news, {}), 'consent.decided_by.0.agreed')
    await refused(byColumn(news, { agreed: ['yes', ' '] }), 'consent.decided_by.0.agreed')
    await refused(byColumn(news, { agreed: ['yes'], withdrawn: ['YES '] }), 'consent.decided_by.0.withdrawn')
    const many = Array.from({ length: 21 }, (_, i) => String(i))
    await refused(byColumn(news, { agreed: many }), 'consent.decided_by.0.agreed')
    const one = { column: 'Newsletter', ...YES_OR_NO }
    await refused(consentTo([news, offers], [{ ...one, topic_ids: [news] }]), 'consent.decided_by')
    await refused(consentTo([news], [{ ...one, topic_ids: [offers] }]), 'consent.decided_by.0.topic_ids')
    await refused(consentTo([news], [one, one]), 'consent.decided_by.1.topic_ids')
    await refused({ ...byColumn(news), statement: undefined }, 'consent.statement')
    await refused({ ...byColumn(news), collected_at_column: 'nothing' }, 'consent.collected_at_column')
  })
})
