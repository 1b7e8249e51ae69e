import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { whoUsesSegments } from '#segments'
import { plantPerson, plantSegment } from '#tests/support/people'
import { bakery } from '#tests/support/workspace'

const named = (name: string) => ({ field: 'first_name', op: 'eq', value: name })

test.group('Segments', () => {
  test('are made, listed, changed, deleted and brought back', async ({ client, assert }) => {
    const { token } = await bakery()
    const made = await client
      .post('/api/v1/segments')
      .bearerToken(token)
      .json({ name: 'Adas', rule: named('Ada') })
    made.assertStatus(201)
    made.assertBodyContains({
      name: 'Adas',
      rule: named('Ada'),
      sentence: 'People whose First name is “Ada”.',
      problem: null,
    })
    const { id } = made.body()
    const changed = await client
      .patch(`/api/v1/segments/${id}`)
      .bearerToken(token)
      .json({ rule: { tag: 'vip' } })
    changed.assertBodyContains({ name: 'Adas', sentence: 'People who have the tag “vip”.' })
    ;(await client.delete(`/api/v1/segments/${id}`).bearerToken(token)).assertStatus(204)
    ;(await client.get(`/api/v1/segments/${id}`).bearerToken(token)).assertStatus(404)
    assert.deepEqual((await client.get('/api/v1/segments').bearerToken(token)).body().data, [])
    ;(await client.post(`/api/v1/segments/${id}/restore`).bearerToken(token)).assertStatus(200)
    const list = (await client.get('/api/v1/segments?count=1').bearerToken(token)).body()
    assert.deepInclude(list.data[0], { id, name: 'Adas' })
    assert.deepEqual(list.total, { value: 1, exact: true })
    const trail = await db.from('audit_entries').where({ subject_type: 'segment', subject_id: id }).orderBy('id')
    assert.deepEqual(
      trail.map(({ action }) => action),
      ['segment.created', 'segment.updated', 'segment.deleted', 'segment.updated']
    )
  })

  test('two cannot share a name', async ({ client }) => {
    const { token } = await bakery()
    await client
      .post('/api/v1/segments')
      .bearerToken(token)
      .json({ name: 'Adas', rule: { all: [] } })
    const again = await client
      .post('/api/v1/segments')
      .bearerToken(token)
      .json({ name: 'ADAS', rule: { all: [] } })
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_SEGMENT_NAME_TAKEN', field: 'name' }] })
  })

  test('show whom they pick: count, sentence, a few people and pages of them', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    for (let i = 0; i < 7; i++) await plantPerson(workspace.id, { name: `Ada${i}`, locale: 'de', tags: ['vip'] })
    await plantPerson(workspace.id, { name: 'Ben', locale: 'en' })
    const rule = { all: [{ field: 'locale', op: 'eq', value: 'de' }, { tag: 'VIP' }] }
    const preview = await client.post('/api/v1/segments/preview').bearerToken(token).json({ rule })
    preview.assertStatus(200)
    assert.equal(preview.body().count, 7)
    assert.equal(preview.body().sentence, 'People whose Locale is “de” and who have the tag “VIP”.')
    assert.lengthOf(preview.body().sample, 5)
    assert.deepInclude(preview.body().sample[0], { first_name: 'Ada6', tags: ['vip'] })

    const id = await plantSegment(workspace.id, 'German', rule)
    assert.equal((await client.get(`/api/v1/segments/${id}`).bearerToken(token)).body().count, 7)
    const first = (await client.get(`/api/v1/segments/${id}/contacts?limit=4`).bearerToken(token)).body()
    const next = `/api/v1/segments/${id}/contacts?limit=4&cursor=${first.next_cursor}`
    const second = (await client.get(next).bearerToken(token)).body()
    const seen = [...first.data, ...second.data].map(({ first_name: name }: any) => name)
    assert.deepEqual(seen, ['Ada6', 'Ada5', 'Ada4', 'Ada3', 'Ada2', 'Ada1', 'Ada0'])
    assert.isNull(second.next_cursor)
  })

  test('explain at each leaf what was seen', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const id = await plantPerson(workspace.id, { name: 'Ada', tags: ['press'], attributes: { city: 'Wien' } })
    await db.table('contact_fields').insert({ workspace_id: workspace.id, key: 'city', label: 'City', type: 'text' })
    const rule = {
      all: [
        { field: 'attributes.city', op: 'eq', value: 'Wien' },
        { any: [{ tag: 'vip' }, { not: { event: 'opened', within_days: 90 } }] },
      ],
    }
    const answer = await client
      .post('/api/v1/segments/explain')
      .bearerToken(token)
      .json({ rule, contact_id: String(id) })
    answer.assertStatus(200)
    const { matched, all } = answer.body()
    assert.isTrue(matched)
    assert.deepEqual(all[0], { ...rule.all[0], matched: true, seen: 'Wien', sentence: 'whose City is “Wien”' })
    assert.deepInclude(all[1].any[0], { tag: 'vip', matched: false, seen: ['press'] })
    assert.deepInclude(all[1].any[1], { matched: true, sentence: 'who did not open a mail in the last 90 days' })
    assert.deepInclude(all[1].any[1].not, { event: 'opened', matched: false, seen: { times: 0, last_at: null } })

    const segmentId = await plantSegment(workspace.id, 'Wien', rule)
    const bySegment = await client
      .post('/api/v1/segments/explain')
      .bearerToken(token)
      .json({ segment_id: segmentId, contact_id: String(id) })
    assert.isTrue(bySegment.body().matched)
  })

  test('cannot contain themselves, however long the way round', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const first = await plantSegment(workspace.id, 'First', { all: [] })
    const second = await plantSegment(workspace.id, 'Second', { segment_id: first })
    const third = await plantSegment(workspace.id, 'Third', { not: { segment_id: second } })
    const circle = await client
      .patch(`/api/v1/segments/${first}`)
      .bearerToken(token)
      .json({ rule: { all: [{ segment_id: third }] } })
    circle.assertStatus(422)
    const [error] = circle.body().errors
    assert.equal(error.message, 'A segment cannot contain itself: “First” → “Third” → “Second” → “First”.')
    assert.equal(error.field, 'rule.all[0].segment_id')
  })

  test('are not deleted while something needs them, and that is named', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const inner = await plantSegment(workspace.id, 'Inner', { all: [] })
    await plantSegment(workspace.id, 'Outer', { any: [{ segment_id: inner }] })
    const answer = await client.delete(`/api/v1/segments/${inner}`).bearerToken(token)
    answer.assertStatus(409)
    answer.assertBodyContains({ errors: [{ code: 'E_SEGMENT_IN_USE' }] })
    assert.include(answer.body().errors[0].message, 'the segment “Outer”')

    const needed = await plantSegment(workspace.id, 'Needed', { all: [] })
    whoUsesSegments(async ({ segmentId }) =>
      segmentId === Number(needed) ? [{ kind: 'campaign', id: '1', name: 'Autumn' }] : []
    )
    const byCampaign = await client.delete(`/api/v1/segments/${needed}`).bearerToken(token)
    byCampaign.assertStatus(409)
    assert.include(byCampaign.body().errors[0].message, 'the campaign “Autumn”')
  })

  test('say so when their rule no longer works', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const id = await plantSegment(workspace.id, 'Old', { field: 'attributes.gone', op: 'eq', value: 'x' })
    const answer = await client.get(`/api/v1/segments/${id}`).bearerToken(token)
    answer.assertStatus(200)
    assert.isNull(answer.body().sentence)
    assert.include(answer.body().problem, 'no such field')
    ;(await client.get(`/api/v1/segments/${id}/contacts`).bearerToken(token)).assertStatus(422)
  })

  test("another workspace's segment and people are 404", async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const id = await plantSegment(theirs.workspace.id, 'Theirs', { all: [] })
    const person = await plantPerson(theirs.workspace.id, { name: 'Ada' })
    const as = (request: any) => request.bearerToken(ours.token)
    ;(await as(client.get(`/api/v1/segments/${id}`))).assertStatus(404)
    ;(await as(client.get(`/api/v1/segments/${id}/contacts`))).assertStatus(404)
    ;(await as(client.patch(`/api/v1/segments/${id}`)).json({ name: 'x' })).assertStatus(404)
    ;(await as(client.delete(`/api/v1/segments/${id}`))).assertStatus(404)
    ;(await as(client.post(`/api/v1/segments/${id}/restore`))).assertStatus(404)
    const rule = { all: [] }
    ;(await as(client.post('/api/v1/segments/explain')).json({ rule, contact_id: String(person) })).assertStatus(404)
    ;(await as(client.post('/api/v1/segments/preview')).json({ rule: { segment_id: id } })).assertStatus(422)
  })

  test('a viewer asks and does not save', async ({ client }) => {
    const { token } = await bakery({ role: 'viewer' })
    ;(
      await client
        .post('/api/v1/segments/preview')
        .bearerToken(token)
        .json({ rule: { all: [] } })
    ).assertStatus(200)
    ;(
      await client
        .post('/api/v1/segments')
        .bearerToken(token)
        .json({ name: 'x', rule: { all: [] } })
    ).assertStatus(403)
  })
})
