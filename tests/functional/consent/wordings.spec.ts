import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { verifyLedger } from '#consent'
import { ada, yes } from '#tests/support/ada'
import { ask, importFile, upload } from '#tests/support/imports'
import { tamper } from '#tests/support/owner'
import { bakery, memberOf } from '#tests/support/workspace'

const written = {
  text: 'Yes, send me the weekly specials. I can stop at any time.',
  language: 'en',
  shown: 'sign-up form on bluedoor.test',
}

test.group('Wordings', () => {
  test('are written, revised and never lost', async ({ assert }) => {
    const { token } = await bakery()
    const made = await ask(token, 'POST', '/wordings', { ...written, language: 'EN_gb' })
    assert.equal(made.status, 201, made.text)
    assert.deepInclude(made.body, { ...written, language: 'en-GB', version: 1, origin: 'written' })
    const at = `/wordings/${made.body.id}`
    const text = 'Yes, send me the weekly specials by e-mail.'
    const revised = await ask(token, 'POST', `${at}/revise`, { text, version: 1 })
    assert.deepInclude(revised.body, { id: made.body.id, version: 2, text, language: 'en-GB', shown: written.shown })
    const again = await ask(token, 'POST', `${at}/revise`, { text })
    assert.equal(again.body.version, 2, 'the same words are no new version')
    const late = await ask(token, 'POST', `${at}/revise`, { text: 'Something else.', version: 1 })
    assert.equal(late.status, 409)
    assert.deepInclude(late.body.errors[0], { code: 'E_WORDING_REVISED', field: 'version' })

    const { body: list } = await ask(token, 'GET', '/wordings')
    assert.deepEqual(
      list.data.map(({ id, version }: any) => [id, version]),
      [[made.body.id, 2]]
    )
    const { body: whole } = await ask(token, 'GET', at)
    assert.equal(whole.text, text)
    assert.deepEqual(
      whole.versions.map((one: any) => one.text),
      [text, written.text]
    )
  })

  test('two who revise at once do not overwrite each other', async ({ assert }) => {
    const { token } = await bakery()
    const { id } = (await ask(token, 'POST', '/wordings', written)).body
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((text) => ask(token, 'POST', `/wordings/${id}/revise`, { text, version: 1 }))
    )
    assert.sameMembers(
      answers.map(({ status }) => status),
      [200, 409, 409]
    )
  })

  test('cannot be changed or removed in the database', async ({ assert }) => {
    const { workspace, token } = await bakery()
    await ask(token, 'POST', '/wordings', written)
    const own = () => db.from('consent_wordings').where({ workspace_id: workspace.id })
    await assert.rejects(() => own().update({ text: 'Yes to everything.' }), /permission denied/)
    await assert.rejects(() => own().delete(), /permission denied/)
    await assert.rejects(() => db.rawQuery('truncate consent_wordings'), /permission denied/)
  })

  test('say what is missing or wrong', async ({ assert }) => {
    const { token } = await bakery()
    for (const [field, wrong] of [
      ['text', ''],
      ['text', 'x'.repeat(5001)],
      ['language', undefined],
      ['language', 'not a language'],
      ['shown', ' '],
    ] as const) {
      const answer = await ask(token, 'POST', '/wordings', { ...written, [field]: wrong })
      assert.equal(answer.status, 422)
      assert.equal(answer.body.errors[0].field, field, answer.text)
    }
  })

  test('a viewer reads them; strangers find nothing', async ({ assert }) => {
    const { workspace, token } = await bakery()
    const { id } = (await ask(token, 'POST', '/wordings', written)).body
    const viewer = await memberOf(workspace, { role: 'viewer' })
    assert.equal((await ask(viewer.token, 'GET', '/wordings')).status, 200)
    assert.equal((await ask(viewer.token, 'POST', '/wordings', written)).status, 403)
    assert.equal((await ask(viewer.token, 'POST', `/wordings/${id}/revise`, { text: 'x' })).status, 403)
    const stranger = await bakery()
    for (const at of [id, 'nonsense', '99999999999999999999']) {
      assert.equal((await ask(stranger.token, 'GET', `/wordings/${at}`)).status, 404)
      assert.equal((await ask(stranger.token, 'POST', `/wordings/${at}/revise`, { text: 'x' })).status, 404)
    }
    assert.lengthOf((await ask(stranger.token, 'GET', '/wordings')).body.data, 0)
  })
})

test.group('What the ledger says people were told', () => {
  test('names the wording and the version that they saw', async ({ client, assert }) => {
    const { workspace, token, say } = await ada(client)
    const { id } = (await ask(token, 'POST', '/wordings', written)).body
    const named = { statement: undefined, wording_id: id }
    const first = await say(named)
    first.assertStatus(201)
    assert.deepInclude(first.body(), {
      statement: written.text,
      language: 'en',
      wording: { id, version: 1, shown: written.shown },
    })
    await ask(token, 'POST', `/wordings/${id}/revise`, { text: 'Shorter.' })
    assert.deepInclude((await say(named)).body(), {
      statement: 'Shorter.',
      wording: { id, version: 2, shown: written.shown },
    })
    const older = await say({ ...named, wording_version: 1 })
    assert.deepInclude(older.body(), { statement: written.text, wording: { id, version: 1, shown: written.shown } })

    for (const [status, field, more] of [
      [404, 'wording_id', { ...named, wording_version: 7 }],
      [404, 'wording_id', { ...named, wording_id: '999999999' }],
      [422, 'statement', { wording_id: id, statement: 'Something else.' }],
      [422, 'statement', { statement: undefined }],
    ] as const) {
      const answer = await say(more)
      answer.assertStatus(status)
      assert.equal(answer.body().errors[0].field, field)
    }
    const stranger = await ada(client)
    ;(await stranger.say(named)).assertStatus(404)
    assert.deepEqual((await verifyLedger({ workspaceId: workspace.id })).breaks, [])
  })

  test('a statement becomes a wording, once; who wrote it as a wording is found', async ({ client, assert }) => {
    const { token, say } = await ada(client)
    const { wording } = (await say()).body()
    assert.equal(wording.version, 1)
    const many = await Promise.all(Array.from({ length: 5 }, () => say({ statement: 'By phone.' })))
    assert.lengthOf(new Set(many.map((answer) => answer.body().wording.id)), 1)
    assert.deepEqual((await say()).body().wording, wording)
    const { body: list } = await ask(token, 'GET', '/wordings')
    assert.deepInclude(list.data.at(-1), { text: yes.statement, origin: 'stated', shown: yes.source, language: null })
    assert.lengthOf((await ask(token, 'GET', '/wordings?origin=written')).body.data, 0)

    const { id } = (await ask(token, 'POST', '/wordings', written)).body
    assert.deepEqual((await say({ statement: written.text })).body().wording, { id, version: 1, shown: written.shown })
    const german = await say({ statement: written.text, language: 'de' })
    assert.notEqual(german.body().wording.id, id, 'the same words in another language are another wording')
  })

  test('who leaves, and a basis that mails nobody, need no wording; everybody else does', async ({
    client,
    assert,
  }) => {
    const { workspace, topic, token, id, say } = await ada(client)
    assert.isNull((await say({ basis: 'unknown' })).body().wording)
    assert.isNull((await say({ action: 'withdraw', basis: undefined, statement: undefined })).body().wording)
    assert.lengthOf((await ask(token, 'GET', '/wordings')).body.data, 0)
    await assert.rejects(
      () =>
        db.rawQuery(
          `insert into consent_entries (workspace_id, contact_id, channel, topic_id, action, status, basis, statement,
             source, source_kind, actor_label, occurred_at, personal_digest, hash)
           values (?, ?, 'email', ?, 'grant', 'granted', 'consent_express', 'yes', 'x', 'api', 'x', now(), '', '')`,
          [workspace.id, id, topic.id]
        ),
      /check constraint/
    )
  })

  test('a wording that was tampered with is told', async ({ client, assert }) => {
    const { workspace, id, say } = await ada(client)
    const entry = (await say()).body()
    await tamper('consent_wordings', async (trx) => {
      await trx.from('consent_wordings').where({ workspace_id: workspace.id }).update({ text: 'Yes to everything.' })
    })
    const { breaks } = await verifyLedger({ workspaceId: workspace.id })
    assert.deepEqual(breaks, [
      { workspace_id: String(workspace.id), contact_id: id, entry_id: entry.id, why: 'wording' },
    ])
  })

  test('an import names a wording, or its statement becomes one for all of its lots', async ({ assert }) => {
    const baker = await bakery()
    const topic = (await ask(baker.token, 'POST', '/topics', { name: 'News' })).body.id
    const { id } = (await ask(baker.token, 'POST', '/wordings', written)).body
    const consent = (more: object) => ({
      consent: {
        topic_ids: [topic],
        basis: 'consent_express',
        source: 'paper list',
        collected_at: '2026-10-03',
        ...more,
      },
    })
    const named = await importFile(baker, 'email\nada@example.test\n', consent({ wording_id: id }))
    assert.deepEqual(named.options.consent.wording, { id: Number(id), version: 1 })
    await importFile(baker, 'email\nben@example.test\ncara@example.test\n', consent({ statement: 'I want the news.' }))
    const entries = await db.from('consent_entries').where('workspace_id', baker.workspace.id).orderBy('id')
    assert.deepEqual(
      entries.map(({ statement }) => statement),
      [written.text, 'I want the news.', 'I want the news.']
    )
    assert.equal(entries[0].wording_id, Number(id))
    assert.equal(entries[1].wording_id, entries[2].wording_id)

    const { body: file } = await upload(baker.token, 'email\ndev@example.test\n')
    for (const [field, more] of [
      ['consent.statement', {}],
      ['consent.statement', { wording_id: id, statement: 'Both.' }],
      ['consent.wording_id', { wording_id: '999999999' }],
    ] as const) {
      const answer = await ask(baker.token, 'POST', `/imports/${file.id}/start`, {
        mapping: { email: 'email' },
        ...consent(more),
      })
      assert.equal(answer.status, 422)
      assert.equal(answer.body.errors[0].field, field, answer.text)
    }
  })
})
