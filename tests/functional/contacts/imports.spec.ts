import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ask, importFile, suggestedMapping, upload, uploadForm } from '#tests/support/imports'
import { plantPerson } from '#tests/support/people'
import { bakery } from '#tests/support/workspace'

const LIST = `E-Mail,Vorname,Stadt,Tags
ada@example.test,Ada,Wien,"vip, press"
Ben@Example.test,Ben,Graz,
ben@example.test,Benjamin,,
not an address,Cara,Linz,
`

const counts = (body: any) => {
  const { new: added, changed, unchanged, duplicates_in_file: duplicates, invalid } = body
  return { added, changed, unchanged, duplicates, invalid }
}

export const people = async (workspaceId: number) =>
  db.from('contacts').where('workspace_id', workspaceId).whereNull('deleted_at').orderBy('email_key')

async function withCity(options = {}) {
  const made = await bakery(options)
  await db
    .table('contact_fields')
    .insert({ workspace_id: made.workspace.id, key: 'city', label: 'Stadt', type: 'text' })
  return made
}

test.group('Imports', () => {
  test('analyse a file: columns with samples and what they probably are', async ({ assert }) => {
    const { token } = await withCity()
    const { status, body } = await upload(token, LIST)
    assert.equal(status, 201)
    assert.deepInclude(body, {
      status: 'analysed',
      delimiter: ',',
      encoding: 'utf-8',
      rows_estimate: 4,
      file_name: 'list.csv',
    })
    assert.deepEqual(
      body.columns.map(({ name, suggested }: any) => [name, suggested]),
      [
        ['E-Mail', 'email'],
        ['Vorname', 'first_name'],
        ['Stadt', 'attributes.city'],
        ['Tags', 'tags'],
      ]
    )
    assert.deepEqual(body.columns[2].sample, ['Wien', 'Graz', 'Linz'])
  })

  test('leave out a column whatever it is called', async ({ assert }) => {
    const made = await bakery()
    const body = await importFile(made, 'email,constructor,__proto__\nada@example.test,x,y\n', {
      mapping: { email: 'email' },
    })
    assert.equal(body.status, 'done')
    assert.lengthOf(await people(made.workspace.id), 1)
  })

  test('take a form as well as a plain body', async ({ assert }) => {
    const { token } = await bakery()
    const { status, body } = await uploadForm(token, { note: 'x', file: new Blob([LIST]) })
    assert.equal(status, 201)
    assert.equal(body.file_name, 'people.csv')
    const without = await uploadForm(token, { note: 'x' })
    assert.equal(without.status, 422)
    assert.equal(without.body.errors[0].field, 'file')
  })

  test('say before they start exactly what they will do, and then do that', async ({ assert }) => {
    const { workspace, token } = await withCity()
    await plantPerson(workspace.id, { name: 'Ada', attributes: { city: 'Graz' } })
    const { body: file } = await upload(token, LIST)
    const options = { mapping: suggestedMapping(file.columns), tags: ['Autumn Fair'] }
    const preview = await ask(token, 'POST', `/imports/${file.id}/preview`, options)
    assert.equal(preview.status, 200, preview.text)
    const expected = { added: 1, changed: 1, unchanged: 0, duplicates: 1, invalid: 1 }
    assert.deepEqual(counts(preview.body), expected)
    const { samples } = preview.body
    assert.deepInclude(samples.changed[0].before, { email: 'ada@example.test' })
    assert.deepEqual(samples.changed[0].before.attributes, { city: 'Graz' })
    assert.deepEqual(samples.changed[0].values.attributes, { city: 'Wien' })
    assert.equal(samples.new[0].values.first_name, 'Benjamin')
    assert.deepInclude(samples.invalid[0], { line: 5 })
    assert.deepInclude(samples.duplicates_in_file[0], { line: 4 })
    assert.lengthOf(await people(workspace.id), 1)

    const started = await ask(token, 'POST', `/imports/${file.id}/start`, options)
    assert.equal(started.status, 202)
    assert.equal(started.body.status, 'running')
    const { runImport } = await import('#contacts')
    await runImport({ workspaceId: workspace.id, importId: Number(file.id) })
    const { body: done } = await ask(token, 'GET', `/imports/${file.id}`)
    assert.deepInclude(done, { status: 'done', rows_done: 4, rows_total: 4, error: null })
    assert.deepEqual(counts(done.counts), expected)
    const [ada, ben] = await people(workspace.id)
    assert.deepInclude(ada, { first_name: 'Ada', origin: 'team' })
    assert.deepEqual(ada.attributes, { city: 'Wien' })
    assert.deepInclude(ben, {
      first_name: 'Benjamin',
      email: 'Ben@Example.test',
      email_key: 'ben@example.test',
      origin: 'import',
    })
    assert.deepEqual(ben.attributes, { city: 'Graz' })
    const tags = await db
      .from('contact_tags as ct')
      .join('tags as t', 't.id', 'ct.tag_id')
      .where('ct.workspace_id', workspace.id)
      .where('ct.contact_id', ada.id)
    assert.sameMembers(
      tags.map(({ name }) => name),
      ['Autumn Fair', 'vip', 'press']
    )
  })

  test('change nothing when the same file comes again', async ({ assert }) => {
    const baker = await withCity()
    await importFile(baker, LIST, { tags: ['fair'] })
    const before = await people(baker.workspace.id)
    const again = await importFile(baker, LIST, { tags: ['fair'] })
    assert.deepEqual(counts(again.counts), { added: 0, changed: 0, unchanged: 2, duplicates: 1, invalid: 1 })
    assert.deepEqual(await people(baker.workspace.id), before)
  })

  test('leave blank cells as they are, and with "skip" everybody who is known', async ({ assert }) => {
    const baker = await withCity()
    await plantPerson(baker.workspace.id, { name: 'Ada', attributes: { city: 'Graz' } })
    await importFile(baker, 'email,Vorname,Stadt\nada@example.test,,\n')
    assert.deepInclude((await people(baker.workspace.id))[0], { first_name: 'Ada' })
    const file = 'email,Vorname\nada@example.test,Other\nnew@example.test,First\nNEW@example.test,Second\n'
    const skipped = await importFile(baker, file, { on_conflict: 'skip', tags: ['x'] })
    assert.deepEqual(counts(skipped.counts), { added: 1, changed: 0, unchanged: 1, duplicates: 1, invalid: 0 })
    const [ada, added] = await people(baker.workspace.id)
    assert.equal(ada.first_name, 'Ada')
    assert.equal(added.first_name, 'First')
    const tagged = await db.from('contact_tags').where('workspace_id', baker.workspace.id)
    assert.deepEqual(
      tagged.map(({ contact_id: id }) => id),
      [added.id]
    )
  })

  test('give rejected rows back as they came, with line and reason, harmless for spreadsheets', async ({ assert }) => {
    const baker = await withCity()
    const { id } = await importFile(
      baker,
      'email,first_name\n"=cmd|x","say ""hi"""\nada@example.test,Ada\nbroken@,"two\nlines"\n'
    )
    const { text, headers } = await ask(baker.token, 'GET', `/imports/${id}/rejects.csv`)
    assert.include(headers.get('content-type')!, 'text/csv')
    assert.include(headers.get('content-disposition')!, 'attachment')
    const [, first] = text.split('\r\n')
    assert.match(first, /^2,.+,'=cmd\|x,"say ""hi"""$/)
    assert.include(text, '"two\nlines"')
    assert.match(text, /\r\n4,/)
  })

  test('match people without an address by their external id, and refuse one that is somebody else’s', async ({
    assert,
  }) => {
    const baker = await bakery()
    const old = await plantPerson(baker.workspace.id, { name: 'Ada', external_id: 'C1' })
    const done = await importFile(
      baker,
      'email,customer id,first_name\n,C1,Adele\n,C2,Ben\nother@example.test,C1,Thief\nx@example.test,C3,X\ny@example.test,C3,Y\n'
    )
    assert.deepEqual(counts(done.counts), { added: 2, changed: 1, unchanged: 0, duplicates: 0, invalid: 2 })
    const rows = await people(baker.workspace.id)
    assert.deepEqual(rows.map(({ first_name: name }) => name).toSorted(), ['Adele', 'Ben', 'X'])
    assert.equal(rows.find(({ id }) => id === old).external_id, 'C1')
  })

  test('are refused in states and mappings that make no sense, by name', async ({ assert }) => {
    const baker = await withCity()
    const { body: file } = await upload(baker.token, LIST)
    const start = (mapping: object, more = {}) =>
      ask(baker.token, 'POST', `/imports/${file.id}/start`, { mapping, ...more })
    const wrong: [object, string][] = [
      [{ 'E-Mail': 'email', 'Nope': 'phone' }, 'mapping.Nope'],
      [{ 'E-Mail': 'email', 'Stadt': 'attributes.nope' }, 'mapping.Stadt'],
      [{ 'E-Mail': 'email', 'Vorname': 'email' }, 'mapping.Vorname'],
      [{ Vorname: 'first_name' }, 'mapping'],
    ]
    for (const [mapping, field] of wrong) {
      const { status, body } = await start(mapping)
      assert.equal(status, 422)
      assert.deepInclude(body.errors[0], { code: 'E_BAD_MAPPING', field })
    }
    const consent = {
      topic_ids: ['0'],
      basis: 'consent_express',
      statement: 's',
      source: 's',
      collected_at: '2026-10-03',
    }
    assert.equal((await start({ 'E-Mail': 'email' }, { consent })).body.errors[0].field, 'consent.topic_ids')
    assert.equal((await start({ 'E-Mail': 'email' })).status, 202)
    assert.equal((await start({ 'E-Mail': 'email' })).status, 409)
    assert.equal((await ask(baker.token, 'DELETE', `/imports/${file.id}`)).status, 409)
    const { body: other } = await upload(baker.token, LIST)
    assert.equal((await ask(baker.token, 'POST', `/imports/${other.id}/undo`)).status, 409)
    assert.equal((await ask(baker.token, 'DELETE', `/imports/${other.id}`)).status, 204)
    assert.lengthOf(await db.from('import_pieces').where({ workspace_id: baker.workspace.id, import_id: other.id }), 0)
  })

  test("are their workspace's own, and only for those who may write", async ({ assert }) => {
    const [ours, theirs, viewer] = [await bakery(), await bakery(), await bakery({ role: 'viewer' })]
    const { body: file } = await upload(theirs.token, LIST)
    const mapping = { 'E-Mail': 'email' }
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/rejects.csv', undefined],
      ['POST', '/preview', { mapping }],
      ['POST', '/start', { mapping }],
      ['POST', '/undo', {}],
      ['DELETE', '', undefined],
    ] as const) {
      assert.equal((await ask(ours.token, method, `/imports/${file.id}${path}`, body)).status, 404, `${method} ${path}`)
    }
    assert.equal((await upload(viewer.token, LIST)).status, 403)
    assert.deepEqual((await ask(ours.token, 'GET', '/imports')).body.data, [])
    assert.lengthOf((await ask(theirs.token, 'GET', '/imports')).body.data, 1)
  })
})
