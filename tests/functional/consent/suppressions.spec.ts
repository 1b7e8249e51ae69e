import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { anAdmin } from '#tests/support/suppressions'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('Suppressions', () => {
  test('one and many come in, are found, and leave for a reason', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const post = (json: object) => client.post('/api/v1/suppressions').bearerToken(token).json(json)
    const one = await post({ address: 'Eve@Example.com', reason: 'hard_bounce', note: 'mailbox is gone' })
    one.assertStatus(201)
    assert.deepInclude(one.body(), { address: 'Eve@Example.com', reason: 'hard_bounce', note: 'mailbox is gone' })
    const many = await post({ addresses: ['eve@example.com', 'finn@example.com', 'FINN@example.com'] })
    many.assertStatus(201)
    assert.equal(many.body().suppressed, 1)
    assert.deepEqual(
      many.body().data.map(({ reason }: any) => reason),
      ['hard_bounce', 'manual'],
      'a lighter reason does not replace a weightier one'
    )
    const list = async (qs: object) =>
      (await client.get('/api/v1/suppressions').qs(qs).bearerToken(token))
        .body()
        .data.map(({ address }: any) => address.toLowerCase())
    assert.deepEqual(await list({}), ['finn@example.com', 'eve@example.com'])
    assert.deepEqual(await list({ q: 'EVE' }), ['eve@example.com'])
    assert.deepEqual(await list({ reason: 'manual' }), ['finn@example.com'])
    assert.deepEqual(await list({ q: '%' }), [])
    assert.deepEqual(await list({ limit: 1 }), ['finn@example.com'])

    const admin = await anAdmin(workspace)
    const lift = (path: string, body?: object) => admin.ask('DELETE', `/api/v1/suppressions${path}`, body)
    const at = `/${one.body().id}`
    const silent = await lift(at, {})
    assert.equal(silent.status, 422)
    assert.equal(silent.body.errors[0].field, 'reason')
    assert.equal((await lift(at, { reason: 'new mailbox, she wrote to us' })).status, 204)
    assert.equal((await lift(at, { reason: 'again' })).status, 404)
    const typed = new URLSearchParams({ 'reason': 'typed by mistake', 'addresses[]': 'finn@example.com' })
    assert.deepEqual((await lift(`?${typed}`)).body, { lifted: 1 })
    const audited = await db.from('audit_entries').where({ workspace_id: workspace.id, action: 'address.unsuppressed' })
    assert.lengthOf(audited, 2)
    assert.notMatch(JSON.stringify(await db.from('audit_entries').where({ workspace_id: workspace.id })), /finn@|eve@/i)
  })

  test('an erased address is kept as a hash, found by who has it whole', async ({ client, assert }) => {
    const { token } = await bakery()
    const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })).body()
    await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)
    const find = async (q: string) =>
      (await client.get('/api/v1/suppressions').qs({ q }).bearerToken(token)).body().data
    assert.lengthOf(await find('ada'), 0)
    const [erased] = await find('ADA@example.com')
    assert.deepInclude(erased, { address: null, reason: 'erased' })
    await client.post('/api/v1/suppressions').bearerToken(token).json({ address: 'ada@example.com' })
    assert.isNull((await find('ada@example.com'))[0].address)
  })

  test('says which address is none', async ({ client, assert }) => {
    const { token } = await bakery()
    const answer = await client
      .post('/api/v1/suppressions')
      .bearerToken(token)
      .json({ addresses: ['ok@example.com', 'nonsense'] })
    answer.assertStatus(422)
    assert.equal(answer.body().errors[0].field, 'addresses.1')
    ;(await client.post('/api/v1/suppressions').bearerToken(token).json({})).assertStatus(422)
    ;(
      await client.post('/api/v1/suppressions').bearerToken(token).json({ address: 'a@example.com', reason: 'erased' })
    ).assertStatus(422)
  })

  test('are for admins to change; editors and viewers see them; strangers see nothing', async ({ client }) => {
    const { workspace, token } = await bakery()
    const { id } = (
      await client.post('/api/v1/suppressions').bearerToken(token).json({ address: 'eve@example.com' })
    ).body()
    const editor = await memberOf(workspace, { role: 'editor' })
    ;(await client.get('/api/v1/suppressions').bearerToken(editor.token)).assertStatus(200)
    ;(
      await client.post('/api/v1/suppressions').bearerToken(editor.token).json({ address: 'a@example.com' })
    ).assertStatus(403)
    const stranger = await bakery()
    ;(
      await client.delete(`/api/v1/suppressions/${id}`).bearerToken(stranger.token).json({ reason: 'mine now' })
    ).assertStatus(404)
  })
})
