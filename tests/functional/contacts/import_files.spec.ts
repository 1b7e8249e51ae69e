import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { ask, importFile, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const people = (workspaceId: number) =>
  db.from('contacts').where('workspace_id', workspaceId).whereNull('deleted_at').orderBy('email_key')
const names = async (workspaceId: number) => (await people(workspaceId)).map(({ first_name: name }) => name)

test.group('Files that people have', () => {
  const german = 'E-Mail;Vorname\r\nsoren@example.test;Søren\r\nzoe@example.test;Zoë „Z“ Müller-Groß\r\n'
  for (const [name, bytes, encoding] of [
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF' + german), 'utf-8'],
    ['UTF-16LE with a mark', iconv.encode(german, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16BE with a mark', iconv.encode(german, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16LE without a mark', iconv.encode(german, 'utf-16le'), 'utf-16le'],
    ['windows-1252', iconv.encode(german, 'windows-1252'), 'windows-1252'],
  ] as const) {
    test(`in ${name}`, async ({ assert }) => {
      const baker = await bakery()
      const done = await importFile(baker, bytes)
      assert.deepInclude(done, { encoding, delimiter: ';', status: 'done' })
      assert.deepEqual(await names(baker.workspace.id), ['Søren', 'Zoë „Z“ Müller-Groß'])
    })
  }

  test('with a byte that is not UTF-8 long after the beginning', async ({ assert }) => {
    const baker = await bakery()
    const rows = Array.from({ length: 30_000 }, (_, i) => `p${i}@example.test,Plain name of somebody number ${i}\n`)
    const file = iconv.encode(`email,first_name\n${rows.join('')}zz@example.test,Jürgen\n`, 'latin1')
    assert.isAbove(file.length, 1_048_576)
    const { body } = await upload(baker.token, file)
    assert.equal(body.encoding, 'windows-1252')
  })

  for (const [name, file] of [
    ['tabs', 'email\tfirst_name\nada@example.test\tAda\n'],
    ['pipes', 'email|first_name\nada@example.test|Ada\n'],
    ['semicolons and decimal commas', 'email;first_name;x\nada@example.test;Ada;1,5\nben@example.test;;2,5\n'],
    ["Excel's sep line", 'sep=;\nemail;first_name\nada@example.test;Ada\n'],
    ['padding', ' email , first_name \n  ada@example.test  ,  Ada  \n'],
    ['padding around quotes', '"email", "first_name"\n "ada@example.test" , "Ada" \n'],
    ['carriage returns only', 'email,first_name\rada@example.test,Ada\r'],
    ['empty lines and a missing last line break', '\n\nemail,first_name\n\n,\nada@example.test,Ada'],
    ['NULs here and there', 'email,first_name\nada@example\0.test,A\0da\n'],
    ['a short row', 'first_name,email,phone\nAda,ada@example.test\n'],
    ['columns that nobody knows', 'favourite colour,email,first_name,\nblue,ada@example.test,Ada,x\n'],
  ]) {
    test(`with ${name}`, async ({ assert }) => {
      const baker = await bakery()
      const done = await importFile(baker, file)
      assert.equal(done.status, 'done')
      const [ada] = await people(baker.workspace.id)
      assert.deepInclude(ada, { email_key: 'ada@example.test', first_name: 'Ada' })
    })
  }

  test('with line breaks and quotes in cells, and the line of a later mistake is right', async ({ assert }) => {
    const baker = await bakery()
    const file = 'email,first_name\r\nada@example.test,"Ada ""the\r\nfirst"""\r\nbad,Ben\r\n'
    const { id } = await importFile(baker, file)
    assert.deepEqual(await names(baker.workspace.id), ['Ada "the first"'])
    const rejected = await db.from('import_rows').where({ workspace_id: baker.workspace.id, import_id: id })
    assert.deepEqual(
      rejected.map(({ line, raw }) => [line, raw]),
      [[4, ['bad', 'Ben']]]
    )
  })

  test('with signs that turn the direction of text: names and addresses come in without them', async ({ assert }) => {
    const baker = await bakery()
    const file =
      'email,first_name\n\u202aada@example.test\u202c,\u202eadA\u2069\n\u200emailto:ben@exam\u2066ple.test,Ben\u200f\ncara@example.test,\u0645\u06cc\u200c\u0631\n'
    const done = await importFile(baker, file)
    assert.deepInclude(done.counts, { new: 3, invalid: 0 })
    const rows = await people(baker.workspace.id)
    assert.deepEqual(
      rows.map(({ email, first_name: name }) => [email, name]),
      [
        ['ada@example.test', 'adA'],
        ['ben@example.test', 'Ben'],
        ['cara@example.test', '\u0645\u06cc\u200c\u0631'],
      ]
    )
    const { body } = await ask(baker.token, 'POST', '/contacts', {
      email: 'dev@example.test\u200e',
      last_name: '\u202eved',
    })
    assert.deepInclude(body, { email: 'dev@example.test', last_name: 'ved' })
  })

  test('with two columns of one name, and one without', async ({ assert }) => {
    const { token } = await bakery()
    const { body } = await upload(token, 'email,Name,Name,\na@example.test,x,y,z\n')
    assert.deepEqual(
      body.columns.map(({ name }: any) => name),
      ['email', 'Name', 'Name (2)', 'Column 4']
    )
  })

  test('with too many cells in a row: that row is set aside', async ({ assert }) => {
    const baker = await bakery()
    const done = await importFile(baker, 'email,first_name\nada@example.test,Ada, really\nben@example.test,Ben,,\n')
    assert.deepInclude(done.counts, { new: 1, invalid: 1 })
    assert.deepEqual(await names(baker.workspace.id), ['Ben'])
  })

  test('with a cell of ten megabytes: that row is set aside, memory is not', async ({ assert }) => {
    const baker = await bakery()
    for (const cell of ['x'.repeat(10_000_000), `"${'x,\n'.repeat(3_400_000)}"`]) {
      const before = process.memoryUsage().heapUsed
      const done = await importFile(baker, `email,first_name\nada@example.test,${cell}\nben@example.test,Ben\n`)
      assert.deepInclude(done.counts, { invalid: 1 })
      assert.isBelow(process.memoryUsage().heapUsed - before, 150_000_000)
      const { text } = await ask(baker.token, 'GET', `/imports/${done.id}/rejects.csv`)
      assert.include(text, 'longer than 1 MB')
      assert.isBelow(text.length, 2_000)
    }
    assert.deepEqual(await names(baker.workspace.id), ['Ben'])
  })

  for (const [name, file, status, hint] of [
    ['nothing in it', '', 422, 'empty'],
    ['nothing but blank lines', '\n\n , \n', 422, 'header'],
    ['a header alone', 'email,first_name\n', 422, 'no rows'],
    ['no header', 'ada@example.test,Ada\nben@example.test,Ben\n', 422, 'not a header'],
    ['an Excel file', Buffer.from('504b030414000600', 'hex'), 422, 'Save as'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 422, 'Save as'],
    ['something binary', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i) % 7)), 422, 'not a text'],
    [
      'a thousand and one columns',
      Array.from({ length: 1001 }, (_, i) => `c${i}`).join(',') + '\nx\n',
      422,
      '1001 columns',
    ],
  ] as const) {
    test(`are refused with ${name}, and nothing stays behind`, async ({ assert }) => {
      const { workspace, token } = await bakery()
      const answer = await upload(token, file)
      assert.equal(answer.status, status)
      assert.include(answer.body.errors[0].message, hint)
      assert.equal(answer.body.errors[0].field, 'file')
      assert.lengthOf(await db.from('imports').where('workspace_id', workspace.id), 0)
      assert.lengthOf(await db.from('import_pieces').where('workspace_id', workspace.id), 0)
    })
  }

  test('are refused above 200 MB, whether they say so or not', async ({ assert }) => {
    const { workspace, token } = await bakery()
    const line = Buffer.from('somebody@example.test,Somebody with a long name that fills the file\n'.repeat(15_000))
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(sent === 0 ? Buffer.from('email,first_name\n') : line)
        sent += line.length
        if (sent > 215_000_000) controller.close()
      },
    })
    const answer = await upload(token, endless).catch((error) => error)
    if (!(answer instanceof Error)) {
      assert.equal(answer.status, 413)
      assert.include(answer.body.errors[0].message, 'Split')
    }
    assert.lengthOf(await db.from('import_pieces').where('workspace_id', workspace.id).select('no'), 0)
  })

  test('come back from our own list unchanged', async ({ assert }) => {
    const baker = await bakery()
    await db.table('contact_fields').multiInsert([
      { workspace_id: baker.workspace.id, key: 'city', label: 'City', type: 'text' },
      { workspace_id: baker.workspace.id, key: 'spent', label: 'Spent', type: 'number' },
      { workspace_id: baker.workspace.id, key: 'member', label: 'Member', type: 'boolean' },
      { workspace_id: baker.workspace.id, key: 'born', label: 'Born', type: 'date' },
      { workspace_id: baker.workspace.id, key: 'seen', label: 'Seen', type: 'datetime' },
    ])
    const person = {
      email: 'Ada@Example.test', first_name: 'Ada, "the first"', last_name: "=O'Hara", external_id: '007', phone: '+43 1 234 5678',
      locale: 'de-at', timezone: 'Europe/Vienna', tags: ['vip', 'press'],
      attributes: { city: 'Wien\nZwei', spent: 12.5, member: true, born: '2000-02-29', seen: '2026-01-01T10:00:00Z' },
    } // prettier-ignore
    assert.equal((await ask(baker.token, 'POST', '/contacts', person)).status, 201)
    const { data } = (await ask(baker.token, 'GET', '/contacts')).body
    const columns = [
      'id',
      'email',
      'first_name',
      'last_name',
      'external_id',
      'phone',
      'locale',
      'timezone',
      'tags',
      'created_at',
    ]
    const keys = ['city', 'spent', 'member', 'born', 'seen']
    const quoted = (value: unknown) =>
      `"${String(Array.isArray(value) ? value.join(', ') : value).replaceAll('"', '""')}"`
    const row = [...columns.map((name) => data[0][name]), ...keys.map((key) => data[0].attributes[key])]
      .map(quoted)
      .join(',')
    const done = await importFile(
      baker,
      `${[...columns, ...keys.map((key) => `attributes.${key}`)].join(',')}\n${row}\n`
    )
    assert.deepInclude(done.counts, { new: 0, changed: 0, unchanged: 1, invalid: 0 })
    assert.deepEqual((await ask(baker.token, 'GET', '/contacts')).body.data, data)
  })
})
