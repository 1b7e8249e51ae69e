import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { plantTopic, record } from '#tests/support/consent'
import { bakery } from '#tests/support/workspace'
import { ada } from '#tests/support/ada'

test.group('Merging', () => {
  test('keeps the survivor, fills its gaps, grants nothing, and the stricter word wins', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const [specials, hours, fairs] = [
      await plantTopic(workspace, 'Specials'),
      await plantTopic(workspace, 'Hours'),
      await plantTopic(workspace, 'Fairs'),
    ]
    const make = async (json: object) =>
      Number((await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id)
    const survivor = await make({ email: 'ada@example.com', first_name: 'Ada', tags: ['a'] })
    const other = await make({ email: 'ada@old.example', first_name: 'A.', last_name: 'Lovelace', tags: ['b'] })
    await record(workspace, specials, [survivor, other])
    await record(workspace, specials, [other], { action: 'withdraw' })
    await record(workspace, hours, [other])
    await record(workspace, fairs, [survivor])

    const merged = await client.post(`/api/v1/contacts/${other}/merge`).bearerToken(token).json({ into: survivor })
    merged.assertStatus(200)
    assert.deepInclude(merged.body(), {
      id: String(survivor),
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Lovelace',
      tags: ['a', 'b'],
    })
    const { state, ledger } = (await client.get(`/api/v1/contacts/${survivor}/consents`).bearerToken(token)).body()
    assert.deepEqual(Object.fromEntries(state.map((row: any) => [row.topic_name, row.status])), {
      Specials: 'withdrawn',
      Fairs: 'granted',
    })
    assert.deepInclude(ledger[0], { source_kind: 'merge', source_ref: `contact:${other}`, action: 'withdraw' })
    ;(await client.get(`/api/v1/contacts/${other}`).bearerToken(token)).assertStatus(404)
    ;(await client.post(`/api/v1/contacts/${other}/restore`).bearerToken(token)).assertStatus(409)
    const proof = await client.get(`/api/v1/contacts/${survivor}/consents/proof`).bearerToken(token)
    assert.equal(proof.body().merged[0].contact_id, String(other))
    assert.lengthOf(proof.body().merged[0].ledger, 3)
    ;(await client.post(`/api/v1/contacts/${survivor}/merge`).bearerToken(token).json({ into: survivor })).assertStatus(
      422
    )
  })

  test('an address that comes over brings only what was agreed to for it', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const topic = await plantTopic(workspace)
    const make = async (json: object) =>
      Number((await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id)
    const survivor = await make({ phone: '+441174960000' })
    const other = await make({ email: 'ada@example.com' })
    await record(workspace, topic, [survivor])
    await client.post(`/api/v1/contacts/${other}/merge`).bearerToken(token).json({ into: survivor })
    const verdict = await client
      .post('/api/v1/consents/check')
      .bearerToken(token)
      .json({ contact_id: survivor, topic_id: topic.id })
    assert.deepInclude(verdict.body(), { may_receive: false, reason: 'withdrawn' })
  })
})

test.group('An address of somebody else', () => {
  test('does not become mailable by being written into a contact who agreed', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const topic = await plantTopic(workspace)
    const make = async (json: object) =>
      Number((await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id)
    const ben = await make({ email: 'ben@example.com' })
    await record(workspace, topic, [ben])
    await record(workspace, topic, [ben], { action: 'withdraw' })
    await client.delete(`/api/v1/contacts/${ben}`).bearerToken(token)
    const cara = await make({ email: 'cara@example.com' })
    await record(workspace, topic, [cara])
    const at = `/api/v1/contacts/${cara}`
    const reason = async () =>
      (
        await client.post('/api/v1/consents/check').bearerToken(token).json({ contact_id: cara, topic_id: topic.id })
      ).body().reason
    await client.patch(at).bearerToken(token).json({ email: 'cara@new.example' })
    await client.patch(at).bearerToken(token).json({ email: 'cara@example.com' })
    assert.isNull(await reason())
    ;(await client.patch(at).bearerToken(token).json({ email: 'ben@example.com' })).assertStatus(200)
    assert.equal(await reason(), 'withdrawn')
  })

  test('takes over nothing that a person of the demo agreed to', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const topic = await plantTopic(workspace)
    const make = async (json: object) =>
      Number((await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id)
    const [invented, real] = [await make({ email: 'cara@example.com' }), await make({ email: 'ben@example.com' })]
    await db.from('contacts').where('id', invented).update({ demo: true })
    await record(workspace, topic, [invented])
    const at = `/api/v1/contacts/${invented}`
    ;(await client.patch(at).bearerToken(token).json({ email: 'real@person.test' })).assertStatus(422)
    ;(await client.patch(at).bearerToken(token).json({ first_name: 'Cara' })).assertStatus(200)
    ;(await client.post(`${at}/merge`).bearerToken(token).json({ into: real })).assertStatus(422)
    ;(await client.post(`/api/v1/contacts/${real}/merge`).bearerToken(token).json({ into: invented })).assertStatus(422)
    assert.lengthOf(await db.from('former_addresses').where('workspace_id', workspace.id), 0)
  })

  test('brings no agreement by a merge that had run out or was not known', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const [expired, unknown] = [await plantTopic(workspace, 'Expired'), await plantTopic(workspace, 'Unknown')]
    const make = async (json: object) =>
      Number((await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id)
    const survivor = await make({ phone: '+441174960000' })
    const other = await make({ email: 'cara@example.com' })
    for (const topic of [expired, unknown]) await record(workspace, topic, [survivor])
    await record(workspace, unknown, [other], { basis: 'unknown' })
    await record(workspace, expired, [other])
    await db
      .from('consents')
      .where({ workspace_id: workspace.id, contact_id: other, topic_id: expired.id })
      .update({ expires_at: new Date(Date.now() - 1000) })
    await client.post(`/api/v1/contacts/${other}/merge`).bearerToken(token).json({ into: survivor })
    for (const topic of [expired, unknown]) {
      const check = { contact_id: survivor, topic_id: topic.id }
      const verdict = await client.post('/api/v1/consents/check').bearerToken(token).json(check)
      assert.deepInclude(verdict.body(), { may_receive: false, reason: 'withdrawn' })
    }
  })
})

test.group('An address and its withdrawals', () => {
  test('stay together through deletion, so an import cannot bring it back', async ({ client, assert }) => {
    const { workspace, token, id, say, topic } = await ada(client)
    await say({ action: 'withdraw' })
    await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)
    const { id: again } = (
      await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })
    ).body()
    const { peopleWhere } = await import('#contacts')
    const answer = await record(workspace, topic, peopleWhere(workspace.id), { unless: 'withdrawn' })
    assert.deepEqual(answer.skipped, { suppressed: 0, withdrawn: 1 })
    const { state } = (await client.get(`/api/v1/contacts/${again}/consents`).bearerToken(token)).body()
    assert.deepEqual(state, [])
  })

  test('come along when a contact gets an address that left the topic', async ({ client, assert }) => {
    const { workspace, token, id, topic, say } = await ada(client, 'ben@example.com')
    await say()
    await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)
    const cara = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'cara@example.com' })).body()
    await record(workspace, topic, [Number(cara.id)])
    await record(workspace, topic, [Number(id)], { action: 'withdraw' })
    await client.patch(`/api/v1/contacts/${cara.id}`).bearerToken(token).json({ email: 'ben@example.com' })
    const { state } = (await client.get(`/api/v1/contacts/${cara.id}/consents`).bearerToken(token)).body()
    assert.equal(state[0].status, 'withdrawn')
  })
})
