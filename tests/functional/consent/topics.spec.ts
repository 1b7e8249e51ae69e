import { test } from '@japa/runner'
import { bakery } from '#tests/support/workspace'

test.group('Topics', () => {
  test('are made, listed, renamed and archived', async ({ client, assert }) => {
    const { token } = await bakery()

    const made = await client.post('/api/v1/topics').bearerToken(token).json({ name: 'Weekly specials' })
    made.assertStatus(201)
    made.assertBodyContains({ name: 'Weekly specials', public: true, double_opt_in: true, description: '' })
    const { id } = made.body()
    assert.isString(id)

    const renamed = await client
      .patch(`/api/v1/topics/${id}`)
      .bearerToken(token)
      .json({ name: 'Specials', double_opt_in: false })
    renamed.assertStatus(200)
    renamed.assertBodyContains({ name: 'Specials', double_opt_in: false })

    ;(await client.delete(`/api/v1/topics/${id}`).bearerToken(token)).assertStatus(204)
    const list = await client.get('/api/v1/topics').bearerToken(token)
    assert.deepEqual(list.body(), { data: [], next_cursor: null })
  })

  test('an archived one comes back, unless its name was given away meanwhile', async ({ client, assert }) => {
    const { token } = await bakery()
    const make = () => client.post('/api/v1/topics').bearerToken(token).json({ name: 'News' })
    const first = (await make()).body()
    await client.delete(`/api/v1/topics/${first.id}`).bearerToken(token)
    const restore = () => client.patch(`/api/v1/topics/${first.id}`).bearerToken(token).json({ archived: false })

    const second = (await make()).body()
    ;(await restore()).assertStatus(409)
    await client.delete(`/api/v1/topics/${second.id}`).bearerToken(token)
    ;(await restore()).assertStatus(200)
    const list = await client.get('/api/v1/topics').bearerToken(token)
    assert.deepEqual(
      list.body().data.map(({ id }: { id: string }) => id),
      [first.id]
    )
  })

  test('two cannot share a name, and the answer says which field', async ({ client }) => {
    const { token } = await bakery()
    await client.post('/api/v1/topics').bearerToken(token).json({ name: 'News' })
    const again = await client.post('/api/v1/topics').bearerToken(token).json({ name: 'news' })
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_TOPIC_NAME_TAKEN', field: 'name' }] })
  })

  test('a name is required', async ({ client }) => {
    const { token } = await bakery()
    const answer = await client.post('/api/v1/topics').bearerToken(token).json({})
    answer.assertStatus(422)
    answer.assertBodyContains({ errors: [{ code: 'E_VALIDATION', field: 'name', rule: 'required' }] })
  })

  test('a viewer reads and does not write', async ({ client }) => {
    const { token } = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/topics').bearerToken(token)).assertStatus(200)
    const answer = await client.post('/api/v1/topics').bearerToken(token).json({ name: 'x' })
    answer.assertStatus(403)
  })

  test("another workspace's topic is a 404", async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const { id } = (await client.post('/api/v1/topics').bearerToken(theirs.token).json({ name: 'Theirs' })).body()
    ;(await client.patch(`/api/v1/topics/${id}`).bearerToken(ours.token).json({ name: 'Ours' })).assertStatus(404)
    ;(await client.delete(`/api/v1/topics/${id}`).bearerToken(ours.token)).assertStatus(404)
    ;(await client.patch('/api/v1/topics/nonsense').bearerToken(ours.token).json({ name: 'Ours' })).assertStatus(404)
  })

  test('nobody without a token or session comes in', async ({ client }) => {
    const answer = await client.get('/api/v1/topics')
    answer.assertStatus(401)
    answer.assertBodyContains({ errors: [{ code: 'E_UNAUTHORIZED' }] })
  })
})
