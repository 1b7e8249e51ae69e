import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { verifyLedger } from '#consent'
import { runImport } from '#contacts'
import { mailable } from '#tests/support/consent'
import { ask, importFile, suggestedMapping, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const consentTo = (topicIds: string[], basis = 'consent_express') => ({
  channel: 'email',
  topic_ids: topicIds,
  basis,
  statement: 'I want the news of the Blue Door Bakery.',
  source: 'paper list, autumn fair 2026',
  collected_at: '2026-10-03',
})

const CAST =
  'email,first_name\nada@example.test,Ada\nBEN@example.test,Ben\ncara@example.test,Cara\ndev@example.test,Dev\n'

async function stage() {
  const baker = await bakery()
  const topic = (await ask(baker.token, 'POST', '/topics', { name: 'News' })).body.id as string
  const contact = async (email: string) => (await ask(baker.token, 'POST', '/contacts', { email })).body.id as string
  const consent = (id: string, action: string, at?: string) =>
    ask(baker.token, 'POST', `/contacts/${id}/consents`, {
      channel: 'email', topic_id: topic, action, basis: 'consent_express', statement: 'yes', source: 'phone', occurred_at: at,
    }) // prettier-ignore
  return { ...baker, topic, contact, consent }
}

test.group('Consent of an import', () => {
  test('nobody becomes mailable without a consent block', async ({ assert }) => {
    const bakers = await stage()
    await importFile(bakers, CAST)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), [])
    assert.lengthOf(await db.from('consent_entries').where('workspace_id', bakers.workspace.id), 0)
  })

  test('is recorded person by person, with what they were told and where', async ({ assert }) => {
    const bakers = await stage()
    const done = await importFile(bakers, CAST, { consent: consentTo([bakers.topic]) })
    assert.deepInclude(done.counts, { new: 4, agreed: 4, suppressed: 0, already_withdrawn: 0 })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ada', 'ben', 'cara', 'dev'])
    const entries = await db.from('consent_entries').where('workspace_id', bakers.workspace.id)
    assert.lengthOf(entries, 4)
    assert.deepInclude(entries[0], {
      basis: 'consent_express', statement: 'I want the news of the Blue Door Bakery.', source: 'paper list, autumn fair 2026',
      source_kind: 'import', source_ref: done.id, status: 'granted',
    }) // prettier-ignore
    assert.equal(entries[0].occurred_at.toISOString(), '2026-10-03T00:00:00.000Z')
    const again = await importFile(bakers, CAST, { consent: consentTo([bakers.topic]) })
    assert.deepInclude(again.counts, { unchanged: 4, agreed: 0 })
    assert.lengthOf(await db.from('consent_entries').where('workspace_id', bakers.workspace.id), 4)
    const verdict: any = await verifyLedger({ workspaceId: bakers.workspace.id } as any)
    assert.notInclude(JSON.stringify(verdict), '"broken":true')
  })

  test('the basis "unknown" is kept and mails nobody', async ({ assert }) => {
    const bakers = await stage()
    await importFile(bakers, CAST, { consent: consentTo([bakers.topic], 'unknown') })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), [])
    await importFile(bakers, CAST, { consent: consentTo([bakers.topic]) })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ada', 'ben', 'cara', 'dev'])
  })

  for (const conflict of ['update', 'skip']) {
    test(`never brings back who left, in whatever way they left (${conflict})`, async ({ assert }) => {
      const bakers = await stage()
      const { token, topic, contact, consent } = bakers
      const ben = await contact('ben@example.test')
      await consent(ben, 'grant')
      await consent(ben, 'withdraw')
      const cara = await contact('cara@example.test')
      await consent(cara, 'grant')
      await consent(cara, 'withdraw')
      assert.equal((await ask(token, 'DELETE', `/contacts/${cara}`)).status, 200)
      const dev = await contact('dev@example.test')
      await consent(dev, 'grant')
      assert.equal((await ask(token, 'POST', `/contacts/${dev}/erase`)).status, 200)
      await ask(token, 'POST', '/suppressions', {
        address: 'eve@example.test',
        addresses: ['eve@example.test'],
        reason: 'manual',
      })
      await db.rawQuery(
        `insert into suppressions (workspace_id, address_hash, reason, source)
         select ?, email_hash, 'hard_bounce', 'test' from contacts where workspace_id = ? and email_key = 'never@example.test'`,
        [bakers.workspace.id, bakers.workspace.id]
      )
      const finn = await contact('finn@example.test')
      await db.rawQuery(
        `insert into suppressions (workspace_id, address_hash, reason, source)
         select workspace_id, email_hash, 'complaint', 'test' from contacts where workspace_id = ? and id = ?`,
        [bakers.workspace.id, finn]
      )
      const file = `${CAST}Eve@Example.test,Eve\nfinn@example.test,Finn\n`
      const options = {
        consent: { ...consentTo([topic]), collected_at: new Date().toISOString() },
        on_conflict: conflict,
      }
      const { body: looked } = await upload(token, file)
      const preview = await ask(token, 'POST', `/imports/${looked.id}/preview`, {
        mapping: suggestedMapping(looked.columns),
        ...options,
      })
      assert.deepInclude(preview.body, { suppressed: 3, already_withdrawn: 3 }, preview.text)
      const done = await importFile(bakers, file, options)
      assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ada'])
      assert.deepInclude(done.counts, { suppressed: 3, already_withdrawn: 3, agreed: 1 })
    })
  }

  test('a withdrawal between two lots of an import stands', async ({ assert }) => {
    const bakers = await stage()
    await importFile(bakers, CAST, { consent: consentTo([bakers.topic]) })
    const { id } = await db
      .from('contacts')
      .where({ workspace_id: bakers.workspace.id, email_key: 'ada@example.test' })
      .firstOrFail()
    await bakers.consent(String(id), 'withdraw')
    await importFile(bakers, CAST, {
      consent: { ...consentTo([bakers.topic]), collected_at: new Date().toISOString() },
    })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ben', 'cara', 'dev'])
  })
})

test.group('Undoing an import', () => {
  test('removes whom it brought and nobody touched, and gives changed fields back', async ({ assert }) => {
    const bakers = await stage()
    const ada = await bakers.contact('ada@example.test')
    await ask(bakers.token, 'PATCH', `/contacts/${ada}`, { first_name: 'Adele', last_name: 'L', tags: ['old'] })
    const file =
      'email,first_name,last_name,tags\nada@example.test,Ada,Lovelace,"old,new"\nben@example.test,Ben,,new\ncara@example.test,Cara,,\n'
    const done = await importFile(bakers, file, { consent: consentTo([bakers.topic]) })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ada', 'ben', 'cara'])
    const rows = await db.from('contacts').where('workspace_id', bakers.workspace.id)
    const [ben, cara] = ['ben', 'cara'].map((name) => rows.find(({ email_key: key }) => key.startsWith(name)).id)
    await ask(bakers.token, 'PATCH', `/contacts/${ada}`, { last_name: 'King' })
    await bakers.consent(String(cara), 'withdraw')

    const { status, body } = await ask(bakers.token, 'POST', `/imports/${done.id}/undo`)
    assert.equal(status, 200)
    assert.equal(body.status, 'undone')
    assert.deepEqual(body.undone, { removed: 1, reverted: 1, kept: 1 })
    const after = (await ask(bakers.token, 'GET', `/contacts/${ada}`)).body
    assert.deepInclude(after, { first_name: 'Adele', last_name: 'King' })
    assert.deepEqual(after.tags, ['old'])
    assert.equal((await ask(bakers.token, 'GET', `/contacts/${ben}`)).status, 404)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), [])
    assert.equal((await ask(bakers.token, 'POST', `/imports/${done.id}/undo`)).status, 409)

    await importFile(bakers, file, {
      consent: { ...consentTo([bakers.topic]), collected_at: new Date().toISOString() },
    })
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['ada', 'ben'])
  })

  test('ends what it vouched for also where somebody is brought back later', async ({ assert }) => {
    const bakers = await stage()
    const done = await importFile(bakers, CAST, { consent: consentTo([bakers.topic]) })
    const people = await db.from('contacts').where('workspace_id', bakers.workspace.id).orderBy('email_key')
    const [ada, ben, cara] = people.map(({ id }) => String(id))
    const { body: bulk } = await ask(bakers.token, 'POST', '/contacts/bulk', { action: 'delete', ids: [ben] })
    assert.equal((await ask(bakers.token, 'POST', `/imports/${done.id}/undo`)).status, 200)
    assert.equal((await ask(bakers.token, 'POST', `/contacts/${ada}/restore`)).status, 200)
    const undone = await ask(bakers.token, 'DELETE', `/contacts/bulk/${bulk.undo}`)
    assert.equal(undone.status, 200, undone.text)
    assert.equal((await ask(bakers.token, 'POST', `/contacts/${cara}/restore`)).status, 200)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), [])
    await bakers.consent(cara, 'grant')
    await ask(bakers.token, 'DELETE', `/contacts/${cara}`)
    await ask(bakers.token, 'POST', `/contacts/${cara}/restore`)
    assert.deepEqual(await mailable(bakers.workspace.id, bakers.topic), ['cara'])
    assert.lengthOf((await verifyLedger({ workspaceId: bakers.workspace.id })).breaks, 0)
  })

  test('gives attributes back key by key, where they still say what the file said', async ({ assert }) => {
    const bakers = await stage()
    for (const key of ['city', 'plan', 'note'])
      await ask(bakers.token, 'POST', '/fields', { key, label: key, type: 'text' })
    const ada = (
      await ask(bakers.token, 'POST', '/contacts', {
        email: 'ada@example.test',
        attributes: { city: 'Graz', note: 'hi' },
      })
    ).body.id
    const done = await importFile(bakers, 'email,city,plan\nada@example.test,Wien,pro\nADA@example.test,Linz,\n')
    await ask(bakers.token, 'PATCH', `/contacts/${ada}`, { attributes: { note: 'ho' } })
    await ask(bakers.token, 'POST', `/imports/${done.id}/undo`)
    assert.deepEqual((await ask(bakers.token, 'GET', `/contacts/${ada}`)).body.attributes, { city: 'Graz', note: 'ho' })
  })

  test('is not for one that runs', async ({ assert }) => {
    const bakers = await stage()
    const { body: file } = await upload(bakers.token, CAST)
    await ask(bakers.token, 'POST', `/imports/${file.id}/start`, { mapping: { email: 'email' } })
    assert.equal((await ask(bakers.token, 'POST', `/imports/${file.id}/undo`)).status, 409)
    await runImport({ workspaceId: bakers.workspace.id, importId: Number(file.id) })
    assert.equal((await ask(bakers.token, 'POST', `/imports/${file.id}/undo`)).status, 200)
  })
})
