import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('Contacts', () => {
  test('come in, are shown, changed and found', async ({ client, assert }) => {
    const { token } = await bakery()
    await client.post('/api/v1/fields').bearerToken(token).json({ key: 'city', label: 'City', type: 'text' })

    const made = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({
        email: ' Ada@Example.com ',
        first_name: 'Ada',
        last_name: 'Lovelace',
        phone: '0044 (117) 496-0000',
        locale: 'en_gb',
        timezone: 'Europe/London',
        attributes: { city: 'Bristol' },
        tags: ['VIP', ' vip ', 'autumn fair'],
      })
    made.assertStatus(201)
    const ada = made.body()
    assert.deepInclude(ada, {
      email: 'Ada@Example.com',
      phone: '+441174960000',
      locale: 'en-GB',
      attributes: { city: 'Bristol' },
      tags: ['autumn fair', 'VIP'],
    })
    assert.isString(ada.id)

    const shown = await client.get(`/api/v1/contacts/${ada.id}`).bearerToken(token)
    shown.assertStatus(200)
    assert.deepEqual(shown.body(), ada)

    const changed = await client
      .patch(`/api/v1/contacts/${ada.id}`)
      .bearerToken(token)
      .json({ last_name: null, attributes: { city: null }, tags: ['vip'] })
    changed.assertStatus(200)
    assert.deepInclude(changed.body(), { first_name: 'Ada', last_name: null, attributes: {}, tags: ['VIP'] })

    const found = await client.get('/api/v1/contacts').qs({ q: 'ADA@exa', tag: 'vip', count: '1' }).bearerToken(token)
    assert.equal(found.body().data.length, 1)
    assert.deepEqual(found.body().total, { value: 1, exact: true })
    assert.lengthOf((await client.get('/api/v1/contacts').qs({ q: 'ben' }).bearerToken(token)).body().data, 0)
  })

  test('grant nothing by coming in', async ({ client, assert }) => {
    const { token } = await bakery()
    const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })).body()
    const consents = await client.get(`/api/v1/contacts/${id}/consents`).bearerToken(token)
    const { tracking, restriction, ...agreed } = consents.body()
    assert.deepEqual(agreed, { state: [], ledger: [], wishes: [], rests: [] })
    assert.isNull(restriction)
    assert.equal(tracking.status, 'none')
  })

  test('an address has one contact: the second answer names the first', async ({ client, assert }) => {
    const { token } = await bakery()
    const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })).body()
    const again = await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ADA@example.com' })
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_CONTACT_EXISTS', field: 'email', contact_id: id }] })

    const ben = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({ email: 'ben@example.com', external_id: 'B1' })
    const moved = await client
      .patch(`/api/v1/contacts/${ben.body().id}`)
      .bearerToken(token)
      .json({ email: 'ada@example.com' })
    moved.assertStatus(409)
    moved.assertBodyContains({ errors: [{ code: 'E_CONTACT_EXISTS', contact_id: id }] })
    const sameId = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({ email: 'c@example.com', external_id: 'B1' })
    sameId.assertStatus(409)
    assert.equal(sameId.body().errors[0].field, 'external_id')
  })

  test('the same address twice at once: one comes in, one is told', async ({ client, assert }) => {
    const { token } = await bakery()
    const post = () => client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })
    const answers = await Promise.all([post(), post(), post(), post()])
    assert.deepEqual(
      answers.map((answer) => answer.status()).toSorted((a, b) => a - b),
      [201, 409, 409, 409]
    )
  })

  test('by address: made once, then changed; attributes merge, tags join', async ({ client, assert }) => {
    const { token } = await bakery()
    for (const key of ['city', 'shoe'])
      await client.post('/api/v1/fields').bearerToken(token).json({ key, label: key, type: 'text' })
    const put = (json: object) =>
      client
        .put(`/api/v1/contacts/by-email/${encodeURIComponent('ada+news@example.com')}`)
        .bearerToken(token)
        .json(json)
    const made = await put({ first_name: 'Ada', attributes: { city: 'Bath', shoe: '38' }, tags: ['a'] })
    made.assertStatus(201)
    assert.equal(made.body().email, 'ada+news@example.com')
    const changed = await put({ attributes: { city: 'Bristol', shoe: null }, tags: ['b'] })
    changed.assertStatus(200)
    assert.deepInclude(changed.body(), {
      id: made.body().id,
      first_name: 'Ada',
      attributes: { city: 'Bristol' },
      tags: ['a', 'b'],
    })
    ;(await put({ email: 'other@example.com' })).assertStatus(422)
    const both = await Promise.all(
      [1, 2, 3].map(() => client.put('/api/v1/contacts/by-email/new@example.com').bearerToken(token).json({}))
    )
    assert.sameMembers(
      both.map((answer) => answer.status()),
      [201, 200, 200]
    )
  })

  test('a deleted one is gone, comes back by restore, and its address is free meanwhile', async ({
    client,
    assert,
  }) => {
    const { token } = await bakery()
    const post = () => client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })
    const { id } = (await post()).body()
    ;(await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)).assertBody({ id, deleted: true })
    ;(await client.get(`/api/v1/contacts/${id}`).bearerToken(token)).assertStatus(404)
    assert.lengthOf((await client.get('/api/v1/contacts').bearerToken(token)).body().data, 0)
    ;(await client.post(`/api/v1/contacts/${id}/restore`).bearerToken(token)).assertStatus(200)
    ;(await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)).assertStatus(200)
    const second = (await post()).body().id
    const taken = await client.post(`/api/v1/contacts/${id}/restore`).bearerToken(token)
    taken.assertStatus(409)
    taken.assertBodyContains({ errors: [{ code: 'E_CONTACT_EXISTS', contact_id: second }] })
  })

  test('are listed by creation, address and name, both ways, page by page, with the nameless', async ({
    client,
    assert,
  }) => {
    const { workspace, token } = await bakery()
    await db
      .insertQuery()
      .table('contacts')
      .multiInsert(
        Array.from({ length: 23 }, (_, i) => ({
          workspace_id: workspace.id,
          email: i % 4 === 3 ? null : `p${(i * 7) % 23}@example.com`,
          email_key: i % 4 === 3 ? null : `p${(i * 7) % 23}@example.com`,
          first_name: i % 3 === 0 ? null : `Name ${(i * 5) % 23}`,
        }))
      )
    for (const sort of ['created_at', '-created_at', 'email', '-email', 'name', '-name']) {
      const seen: any[] = []
      let cursor: string | undefined
      do {
        const { data, next_cursor: next } = (
          await client.get('/api/v1/contacts').qs({ sort, limit: 5, cursor }).bearerToken(token)
        ).body()
        seen.push(...data)
        cursor = next ?? undefined
      } while (cursor)
      assert.lengthOf(new Set(seen.map(({ id }) => id)), 23, sort)
      if (sort.endsWith('created_at')) continue
      const keys = seen.map((c) => (sort.endsWith('email') ? (c.email ?? '') : ` ${c.first_name ?? ''}`.toLowerCase()))
      const sorted = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      assert.deepEqual(keys, sort.startsWith('-') ? sorted.toReversed() : sorted, sort)
    }
    const bad = await client.get('/api/v1/contacts').qs({ sort: 'email; drop table' }).bearerToken(token)
    bad.assertStatus(400)
  })

  test('are found by their ids, at most those of the workspace', async ({ client, assert }) => {
    const { token } = await bakery()
    const add = async (who: string, by = token) =>
      (
        await client
          .post('/api/v1/contacts')
          .bearerToken(by)
          .json({ email: `${who}@people.test` })
      ).body().id as string
    const [ada, ben] = [await add('ada'), await add('ben')]
    await add('cara')
    const stranger = await add('dev', (await bakery()).token)
    const { data } = (
      await client.get(`/api/v1/contacts?ids=${[ada, ben, stranger, 'x'].join(',')}`).bearerToken(token)
    ).body()
    assert.sameMembers(
      data.map(({ id }: any) => id),
      [ada, ben]
    )
    ;(await client.get(`/api/v1/contacts?ids=x`).bearerToken(token)).assertBodyContains({ data: [] })
  })

  test('take a segment', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const ada = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({ email: 'ada@example.com', tags: ['vip'] })
    await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ben@example.com' })
    const [segment] = await db
      .insertQuery()
      .table('segments')
      .insert({ workspace_id: workspace.id, name: 'VIPs', rule: JSON.stringify({ tag: 'vip' }) })
      .returning('id')
    const list = await client
      .get('/api/v1/contacts')
      .qs({ segment_id: String(segment.id ?? segment) })
      .bearerToken(token)
    list.assertStatus(200)
    assert.deepEqual(
      list.body().data.map(({ id }: any) => id),
      [ada.body().id]
    )
    const stranger = await bakery()
    ;(
      await client
        .get('/api/v1/contacts')
        .qs({ segment_id: String(segment.id ?? segment) })
        .bearerToken(stranger.token)
    ).assertStatus(404)
  })

  test("another workspace's contact is a 404 at every door", async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const { id } = (
      await client.post('/api/v1/contacts').bearerToken(theirs.token).json({ email: 'ada@example.com' })
    ).body()
    const mine = (
      await client.post('/api/v1/contacts').bearerToken(ours.token).json({ email: 'ada@example.com' })
    ).body()
    const at = `/api/v1/contacts/${id}`
    const { token } = ours
    ;(await client.get(at).bearerToken(token)).assertStatus(404)
    ;(await client.patch(at).bearerToken(token).json({ first_name: 'x' })).assertStatus(404)
    ;(await client.delete(at).bearerToken(token)).assertStatus(404)
    ;(await client.post(`${at}/restore`).bearerToken(token)).assertStatus(404)
    ;(await client.post(`${at}/merge`).bearerToken(token).json({ into: mine.id })).assertStatus(404)
    ;(await client.post(`/api/v1/contacts/${mine.id}/merge`).bearerToken(token).json({ into: id })).assertStatus(404)
    ;(await client.get(`${at}/export`).bearerToken(token)).assertStatus(404)
    ;(await client.post(`${at}/erase`).bearerToken(token)).assertStatus(404)
    ;(await client.get(`${at}/consents`).bearerToken(token)).assertStatus(404)
    ;(await client.get(`${at}/consents/proof`).bearerToken(token)).assertStatus(404)
    ;(await client.get('/api/v1/contacts/nonsense').bearerToken(token)).assertStatus(404)
  })

  test('a viewer reads, an editor writes, only an admin exports and erases', async ({ client }) => {
    const { workspace, token } = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const editor = await memberOf(workspace, { role: 'editor' })
    const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })).body()
    ;(await client.get(`/api/v1/contacts/${id}`).bearerToken(viewer.token)).assertStatus(200)
    ;(await client.post('/api/v1/contacts').bearerToken(viewer.token).json({ email: 'b@example.com' })).assertStatus(
      403
    )
    ;(
      await client
        .post('/api/v1/contacts/bulk')
        .bearerToken(viewer.token)
        .json({ action: 'delete', ids: [id] })
    ).assertStatus(403)
    ;(await client.patch(`/api/v1/contacts/${id}`).bearerToken(editor.token).json({ first_name: 'Ada' })).assertStatus(
      200
    )
    ;(await client.get(`/api/v1/contacts/${id}/export`).bearerToken(editor.token)).assertStatus(403)
    ;(await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(editor.token)).assertStatus(403)
  })

  test('every write is in the audit, without personal data', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const { id } = (
      await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com', first_name: 'Zebedee' })
    ).body()
    await client.patch(`/api/v1/contacts/${id}`).bearerToken(token).json({ email: 'zeb@example.com' })
    await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)
    const entries = await db.from('audit_entries').where({ workspace_id: workspace.id, subject_id: id }).orderBy('id')
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['contact.created', 'contact.updated', 'contact.deleted']
    )
    assert.notMatch(JSON.stringify(entries), /ada@|zeb|Zebedee/i)
  })
})
