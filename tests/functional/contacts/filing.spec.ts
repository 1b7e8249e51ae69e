import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { bakery } from '#tests/support/workspace'

/** A bakery with people, and a short way to its doors. */
async function bakeryWith(client: any, names: string[]) {
  const { workspace, token } = await bakery()
  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, json?: object) => {
    const request = client[method](`/api/v1${path}`).bearerToken(token)
    return json ? request.json(json) : request
  }
  const ids: string[] = []
  for (const name of names)
    ids.push((await call('post', '/contacts', { email: `${name}@example.com`, tags: ['all'] })).body().id)
  return { workspace, token, call, ids }
}

test.group('Tags', () => {
  test('are made, counted and taken away from everybody', async ({ client, assert }) => {
    const { call, ids } = await bakeryWith(client, ['ada', 'ben'])
    const made = await call('post', '/tags', { name: '  Autumn   fair ' })
    made.assertStatus(201)
    assert.deepInclude(made.body(), { name: 'Autumn fair', people: 0 })
    ;(await call('post', '/tags', { name: 'autumn FAIR' })).assertStatus(409)
    ;(await call('post', '/tags', { name: '' })).assertStatus(422)
    const list = (await call('get', '/tags')).body().data
    assert.deepEqual(
      list.map(({ name, people }: any) => [name, people]),
      [
        ['all', 2],
        ['Autumn fair', 0],
      ]
    )
    ;(await call('delete', `/tags/${list[0].id}`)).assertStatus(204)
    assert.deepEqual((await call('get', `/contacts/${ids[0]}`)).body().tags, [])
    const stranger = await bakery()
    ;(await client.delete(`/api/v1/tags/${list[1].id}`).bearerToken(stranger.token)).assertStatus(404)
  })
})

test.group('Many at once', () => {
  test('tags by ids and by filter, with an undo that takes back exactly what was done', async ({ client, assert }) => {
    const { call, ids } = await bakeryWith(client, ['ada', 'ben', 'cara'])
    const first = await call('post', '/contacts/bulk', { action: 'add_tag', tag: 'VIP', ids: [ids[0]] })
    first.assertStatus(200)
    assert.equal(first.body().changed, 1)
    const rest = (
      await call('post', '/contacts/bulk', { action: 'add_tag', tag: 'vip', filter: { tag: 'all' } })
    ).body()
    assert.equal(rest.changed, 2)
    const vips = async () => (await call('get', '/contacts?tag=vip&count=1')).body().total.value
    assert.equal(await vips(), 3)
    ;(await call('delete', `/contacts/bulk/${rest.undo}`)).assertBody({ changed: 2 })
    assert.equal(await vips(), 1)
    ;(await call('delete', `/contacts/bulk/${rest.undo}`)).assertStatus(404)

    const removed = (
      await call('post', '/contacts/bulk', { action: 'remove_tag', tag: 'all', filter: { q: 'a' } })
    ).body()
    assert.equal(removed.changed, 3)
    await call('delete', `/contacts/bulk/${removed.undo}`)
    assert.equal((await call('get', '/contacts?tag=all&count=1')).body().total.value, 3)
  })

  test('deletes, and brings back those whose address is still free', async ({ client, assert }) => {
    const { call } = await bakeryWith(client, ['ada', 'ben', 'cara'])
    const gone = (await call('post', '/contacts/bulk', { action: 'delete', filter: {} })).body()
    assert.equal(gone.changed, 3)
    assert.lengthOf((await call('get', '/contacts')).body().data, 0)
    await call('post', '/contacts', { email: 'ben@example.com' })
    ;(await call('delete', `/contacts/bulk/${gone.undo}`)).assertBody({ changed: 2 })
    assert.lengthOf((await call('get', '/contacts')).body().data, 3)
  })

  test('never reaches into another workspace, and says what it needs', async ({ client, assert }) => {
    const [ours, theirs] = [await bakeryWith(client, ['ada']), await bakeryWith(client, ['ben'])]
    const answer = await ours.call('post', '/contacts/bulk', { action: 'delete', ids: theirs.ids })
    assert.equal(answer.body().changed, 0)
    ;(await theirs.call('get', `/contacts/${theirs.ids[0]}`)).assertStatus(200)
    const mine = (await ours.call('post', '/contacts/bulk', { action: 'delete', ids: ours.ids })).body()
    ;(await theirs.call('delete', `/contacts/bulk/${mine.undo}`)).assertStatus(404)
    ;(await ours.call('post', '/contacts/bulk', { action: 'delete' })).assertStatus(422)
    ;(await ours.call('post', '/contacts/bulk', { action: 'add_tag', ids: ours.ids })).assertStatus(422)
    ;(await ours.call('post', '/contacts/bulk', { action: 'add_tag', tag: '\u0000', ids: ours.ids })).assertStatus(422)
    ;(await ours.call('post', '/contacts/bulk', { action: 'explode', ids: ours.ids })).assertStatus(422)
  })
})

test.group('Fields', () => {
  test('give attributes their types', async ({ client, assert }) => {
    const { call } = await bakeryWith(client, [])
    const fields = [
      { key: 'note', type: 'text' },
      { key: 'orders', type: 'number' },
      { key: 'member', type: 'boolean' },
      { key: 'birthday', type: 'date' },
      { key: 'last_visit', type: 'datetime' },
      { key: 'site', type: 'url' },
      { key: 'bread', type: 'choice', choices: ['Rye', 'Wheat'] },
      { key: 'days', type: 'multi_choice', choices: ['Mon', 'Tue', 'Wed'] },
    ]
    for (const field of fields) (await call('post', '/fields', { label: field.key, ...field })).assertStatus(201)
    const made = await call('post', '/contacts', {
      email: 'ada@example.com',
      attributes: {
        note: ' hello ',
        orders: '12.50',
        member: 'yes',
        birthday: '1990-02-28',
        last_visit: '2026-11-20T10:00:00+02:00',
        site: 'https://example.com/?a=1',
        bread: 'rye',
        days: ['wed', 'MON'],
      },
    })
    assert.deepEqual(made.body().attributes, {
      note: 'hello',
      orders: 12.5,
      member: true,
      birthday: '1990-02-28',
      last_visit: '2026-11-20T08:00:00.000Z',
      site: 'https://example.com/?a=1',
      bread: 'Rye',
      days: ['Mon', 'Wed'],
    })
    const wrong: Record<string, unknown[]> = {
      note: [{}, ['x'], 'x'.repeat(6000)],
      orders: ['twelve', '1e999', Number.NaN, {}, true, '0x10'],
      member: ['perhaps', 2, {}],
      birthday: ['1990-02-30', '28.2.1990', 19900228, '0000-01-01'],
      last_visit: ['noon', '2026-13-01T00:00:00Z', 5],
      site: ['javascript:alert(1)', 'example.com', 'https://', `https://e.com/${'x'.repeat(3000)}`],
      bread: ['Oat', ['Rye'].concat('Wheat')],
      days: ['Sun', ['Mon', 'Sun'], { 0: 'Mon' }],
    }
    for (const [key, values] of Object.entries(wrong)) {
      for (const value of values) {
        if (Number.isNaN(value)) continue
        const answer = await call('patch', `/contacts/${made.body().id}`, { attributes: { [key]: value } })
        assert.equal(answer.status(), 422, `${key} ${JSON.stringify(value).slice(0, 50)}`)
        assert.equal(answer.body().errors[0].field, `attributes.${key}`)
      }
    }
  })

  test('are listed, renamed, given more choices, and removed with what people had in them', async ({
    client,
    assert,
  }) => {
    const { call, workspace } = await bakeryWith(client, [])
    const { id } = (
      await call('post', '/fields', { key: 'bread', label: 'Bread', type: 'choice', choices: ['Rye', 'Oat'] })
    ).body()
    ;(await call('post', '/fields', { key: 'bread', label: 'Again', type: 'text' })).assertStatus(409)
    ;(await call('post', '/fields', { key: 'email', label: 'E', type: 'text' })).assertStatus(422)
    ;(await call('post', '/fields', { key: 'no spaces', label: 'E', type: 'text' })).assertStatus(422)
    ;(await call('post', '/fields', { key: 'x', label: 'E', type: 'choice' })).assertStatus(422)
    ;(await call('post', '/fields', { key: 'x', label: 'E', type: 'text', choices: ['a'] })).assertStatus(422)
    ;(await call('post', '/fields', { key: 'x', label: 'E', type: 'colour' })).assertStatus(422)

    const ada = (await call('post', '/contacts', { email: 'ada@example.com', attributes: { bread: 'Rye' } })).body()
    const used = await call('patch', `/fields/${id}`, { choices: ['Oat', 'Spelt'] })
    used.assertStatus(409)
    assert.equal(used.body().errors[0].people, 1)
    ;(await call('patch', `/fields/${id}`, { label: 'Loaf', choices: ['Rye', 'Spelt'] })).assertBodyContains({
      label: 'Loaf',
      choices: ['Rye', 'Spelt'],
    })
    ;(await call('patch', `/fields/${id}`, { type: 'text' })).assertStatus(422)
    const removed = await call('delete', `/fields/${id}`)
    removed.assertBody({ id, deleted: true, removed_from: 1 })
    assert.deepEqual((await call('get', `/contacts/${ada.id}`)).body().attributes, {})
    assert.deepEqual((await call('get', '/fields')).body(), { data: [], next_cursor: null })
    assert.lengthOf(await db.from('audit_entries').where({ workspace_id: workspace.id, subject_type: 'field' }), 3)
    const stranger = await bakery()
    ;(await client.delete(`/api/v1/fields/${id}`).bearerToken(stranger.token)).assertStatus(404)
  })
})
