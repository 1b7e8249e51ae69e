import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { enforceRetention } from '#compliance'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { ask, importFile, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const refused =
  'email,spent\nada@x.test,7\n"Ada.B+1@x.test and more",8\nnobody,bread for ada.b+1@x.test\nbada.b+1@x.test and more,\n'
const rejects = async (token: string, id: string) => (await ask(token, 'GET', `/imports/${id}/rejects.csv`)).text
const enforce = ({ workspace }: { workspace: { id: number } }) => enforceRetention({ workspaceId: workspace.id })
const age = (id: string, days: number) =>
  db
    .from('imports')
    .where('id', id)
    .update({ finished_at: db.raw(`now() - interval '${days} days'`) })

test.group('What imports keep', () => {
  test('erasing a person reaches the rows that imports refused, wherever their address stands, and nobody else', async ({
    assert,
  }) => {
    const baker = await bakery()
    const made = await ask(baker.token, 'POST', '/contacts', { email: 'ada.b+1@x.test' })
    const done = await importFile(baker, refused)
    assert.equal(done.counts.invalid, 3)
    assert.equal((await ask(baker.token, 'POST', `/contacts/${made.body.id}/erase`)).status, 200)
    const left = await rejects(baker.token, done.id)
    assert.notMatch(left, /[^b]ada\.b\+1/i)
    assert.include(left, 'bada.b+1@x.test')
    assert.lengthOf(left.trim().split('\n'), 4)
  })

  test('erasing a person leaves the rows of files that wait to others whose address ends like theirs', async ({
    assert,
  }) => {
    const { token, workspace } = await bakery()
    const made = await ask(token, 'POST', '/contacts', { email: 'e-n+{1}@x-y.test' })
    const file =
      'email,news\nE-N+{1}@X-Y.test,yes\nbe-n+{1}@x-y.test,no\n<e-n+{1}@x-y.test>,yes\ne-n+{1}@x-y.test.example,no\nmail e-n+{1}@x-y.test.,yes\ne-n+{1}@x-y.test-y.example,no\n'
    const { body } = await upload(token, file)
    assert.equal((await ask(token, 'POST', `/contacts/${made.body.id}/erase`)).status, 200)
    while ((await dispatchDueEvents(listeners, { workspaceId: workspace.id })) > 0);
    const values = await ask(token, 'GET', `/imports/${body.id}/values?column=email`)
    assert.deepEqual(
      values.body.values.map(({ value }: { value: string }) => value),
      ['be-n+{1}@x-y.test', 'e-n+{1}@x-y.test.example', 'e-n+{1}@x-y.test-y.example']
    )
  })

  test('refused rows go after 90 days, or when the workspace says; the counts stay', async ({ assert }) => {
    const baker = await bakery()
    const done = await importFile(baker, refused)
    await age(done.id, 80)
    await enforce(baker)
    assert.include(await rejects(baker.token, done.id), 'nobody')
    assert.equal((await ask(baker.token, 'PATCH', '/workspace', { import_rejects_days: 30 })).status, 200)
    await enforce(baker)
    assert.notInclude(await rejects(baker.token, done.id), 'nobody')
    assert.equal((await ask(baker.token, 'GET', `/imports/${done.id}`)).body.counts.invalid, 3)
    await ask(baker.token, 'PATCH', '/workspace', { import_rejects_days: 0 }).then(({ status }) =>
      assert.equal(status, 422)
    )
  })

  test('the file of an import that failed goes after a week', async ({ assert }) => {
    const { token, workspace } = await bakery()
    const { body } = await upload(token, refused)
    await db.from('imports').where('id', body.id).update({ status: 'failed' })
    const pieces = () => db.from('import_pieces').where({ workspace_id: workspace.id, import_id: body.id })
    await age(body.id, 6)
    await enforceRetention({ workspaceId: workspace.id })
    assert.lengthOf(await pieces(), 1)
    await age(body.id, 8)
    await enforceRetention({ workspaceId: workspace.id })
    assert.lengthOf(await pieces(), 0)
  })

  test('a workspace in which a gigabyte waits takes in no more until some of it is started or deleted', async ({
    assert,
  }) => {
    const { token, workspace } = await bakery()
    const first = await upload(token, refused)
    await db.rawQuery(
      `insert into import_pieces (workspace_id, import_id, no, bytes) select ?, ?, i, '' from generate_series(1, 999) i`,
      [workspace.id, first.body.id]
    )
    const second = await upload(token, refused)
    assert.equal(second.status, 409)
    assert.include(second.body.errors[0], { code: 'E_UPLOADS_FULL', field: 'file' })
    assert.equal((await ask(token, 'DELETE', `/imports/${first.body.id}`)).status, 204)
    assert.equal((await upload(token, refused)).status, 201)
  })
})
