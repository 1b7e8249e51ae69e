import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { verifyLedger } from '#consent'
import { ask, importFile, upload } from '#tests/support/imports'
import { bakery } from '#tests/support/workspace'

const mapping = { email: 'email', tracking: 'tracking' }
const tracking = { statement: 'You may note what I open.', source: 'Paper list', collected_at: '2026-10-03' }
const LIST = 'email,tracking\nada@x.test,yes\nben@x.test,Nein\ncara@x.test,\ndev@x.test,perhaps\n'

async function words(workspaceId: number) {
  const { rows } = await db.rawQuery(
    `select c.email, k.status, k.basis from contacts c join consents k on k.workspace_id = c.workspace_id and k.contact_id = c.id
     where c.workspace_id = ? and k.channel = 'tracking' order by c.email`,
    [workspaceId]
  )
  return rows.map(({ email, status, basis }: any) => `${email} ${status} ${basis}`)
}

test.group('A column that says whether opens and clicks may be noted', () => {
  test('is known by its name, needs the words, and writes yes and no down once', async ({ assert }) => {
    const baker = await bakery()
    const { body } = await upload(baker.token, LIST)
    assert.equal(body.columns[1].suggested, 'tracking')
    const bare = await ask(baker.token, 'POST', `/imports/${body.id}/preview`, { mapping })
    assert.equal(bare.status, 422)
    assert.equal(bare.body.errors[0].field, 'tracking')
    const wordless = { ...tracking, statement: undefined }
    const mute = await ask(baker.token, 'POST', `/imports/${body.id}/preview`, { mapping, tracking: wordless })
    assert.equal(mute.body.errors[0].field, 'tracking.statement')

    const done = await importFile(baker, LIST, { mapping, tracking })
    assert.equal(done.counts.invalid, 1)
    const expected = ['ada@x.test granted consent_express', 'ben@x.test withdrawn consent_express']
    assert.deepEqual(await words(baker.workspace.id), expected)
    await importFile(baker, LIST, { mapping, tracking })
    const entries = await db.from('consent_entries').where({ workspace_id: baker.workspace.id, channel: 'tracking' })
    assert.lengthOf(entries, 2)
    assert.containsSubset(
      entries.find(({ action }) => action === 'grant'),
      { statement: tracking.statement, source_kind: 'import', source_ref: done.id }
    )
    assert.isNotNull(entries.find(({ action }) => action === 'grant').wording_id)
    assert.lengthOf((await verifyLedger({ workspaceId: baker.workspace.id })).breaks, 0)
  })

  test('never turns a no into a yes; taken back, its yes vouches for nothing', async ({ assert }) => {
    const baker = await bakery()
    await importFile(baker, LIST, { mapping, tracking })
    const done = await importFile(baker, LIST.replace('Nein', 'yes').replace('ada@x.test,yes', 'eve@x.test,ja'), {
      mapping,
      tracking,
    })
    assert.deepEqual(await words(baker.workspace.id), [
      'ada@x.test granted consent_express',
      'ben@x.test withdrawn consent_express',
      'eve@x.test granted consent_express',
    ])
    await ask(baker.token, 'POST', '/contacts', { email: 'zoe@x.test' })
    await db
      .from('contacts')
      .where({ workspace_id: baker.workspace.id, email: 'eve@x.test' })
      .update({ phone: '1', updated_at: new Date(Date.now() + 60_000) })
    assert.equal((await ask(baker.token, 'POST', `/imports/${done.id}/undo`)).status, 200)
    const eve = await db.from('contacts').where({ workspace_id: baker.workspace.id, email: 'eve@x.test' }).firstOrFail()
    const { body } = await ask(baker.token, 'GET', `/contacts/${eve.id}/consents`)
    assert.equal(body.tracking.status, 'none')
  })
})
