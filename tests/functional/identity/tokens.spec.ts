import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { allPermissions, Invitation, Membership } from '#identity'
import { Browser } from '#tests/support/browser'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('Tokens', () => {
  test('are shown once, work within their scopes, tell when they were used, and end when revoked', async ({
    client,
    assert,
  }) => {
    const { token } = await bakery()
    const made = await client
      .post('/api/v1/tokens')
      .bearerToken(token)
      .json({ name: 'Shop', scopes: ['consent:read'], expires_in_days: 30 })
    made.assertStatus(201)
    const { id, token: shop } = made.body()
    assert.match(shop, /^asn_/)
    ;(await client.get('/api/v1/topics').bearerToken(shop)).assertStatus(200)
    const beyond = await client.post('/api/v1/topics').bearerToken(shop).json({ name: 'x' })
    beyond.assertStatus(403)
    beyond.assertBodyContains({ errors: [{ code: 'E_FORBIDDEN', permission: 'topics:write' }] })

    const list = (await client.get('/api/v1/tokens').bearerToken(token)).body()
    const listed = list.data.find((row: any) => row.id === id)
    assert.deepEqual(listed.scopes, ['consent:read'])
    assert.isNotNull(listed.last_used_at)
    assert.isNotNull(listed.expires_at)
    assert.notInclude(JSON.stringify(list), shop)

    ;(await client.delete(`/api/v1/tokens/${id}`).bearerToken(token)).assertStatus(204)
    ;(await client.get('/api/v1/topics').bearerToken(shop)).assertStatus(401)
  })

  test('are stored hashed', async ({ assert }) => {
    const { token } = await bakery()
    const rows = await db.from('access_tokens').orderBy('id', 'desc').limit(50)
    assert.notInclude(JSON.stringify(rows), token.slice(8))
  })

  test('end when they expire', async ({ client }) => {
    const { token, membership } = await bakery()
    await db
      .from('access_tokens')
      .where('tokenable_id', membership.id)
      .update({ expires_at: new Date(Date.now() - 1000) })
    ;(await client.get('/api/v1/topics').bearerToken(token)).assertStatus(401)
  })

  test('never carry more than whoever makes them has: neither role nor asking token', async ({ client }) => {
    const admin = await bakery({ role: 'admin' })
    const beyondRole = await client
      .post('/api/v1/tokens')
      .bearerToken(admin.token)
      .json({ name: 'x', scopes: ['workspace:delete'] })
    beyondRole.assertStatus(422)
    beyondRole.assertBodyContains({ errors: [{ code: 'E_TOO_MUCH_SCOPE', field: 'scopes' }] })

    const narrow = await bakery({ scopes: ['tokens:write', 'contacts:read'] })
    const wider = (scopes: string[]) =>
      client.post('/api/v1/tokens').bearerToken(narrow.token).json({ name: 'x', scopes })
    ;(await wider(['contacts:write'])).assertStatus(422)
    ;(await wider(['contacts:read'])).assertStatus(201)
    ;(await wider(['nonsense'])).assertStatus(422)
    ;(await wider([])).assertStatus(422)
  })

  test('that end make none that outlive them', async ({ client }) => {
    const { membership } = await bakery()
    const short = await Membership.accessTokens.create(membership, ['tokens:write', 'contacts:read'], {
      name: 'Short',
      expiresIn: '2 days',
    })
    const ask = (more: object) =>
      client
        .post('/api/v1/tokens')
        .bearerToken(short.value!.release())
        .json({ name: 'Heir', scopes: ['contacts:read'], ...more })
    ;(await ask({})).assertStatus(422)
    ;(await ask({ expires_in_days: 3 })).assertStatus(422)
    ;(await ask({ expires_in_days: 1 })).assertStatus(201)
  })

  test('lose what the role of their member loses', async ({ client }) => {
    const { workspace } = await bakery()
    const member = await memberOf(workspace, { role: 'editor' })
    ;(await client.post('/api/v1/topics').bearerToken(member.token).json({ name: 'A' })).assertStatus(201)
    await member.membership.merge({ role: 'viewer' }).save()
    ;(await client.post('/api/v1/topics').bearerToken(member.token).json({ name: 'B' })).assertStatus(403)
  })

  test('are for admins', async ({ client }) => {
    for (const role of ['editor', 'viewer'] as const) {
      const { token } = await bakery({ role })
      ;(await client.get('/api/v1/tokens').bearerToken(token)).assertStatus(403)
      ;(
        await client
          .post('/api/v1/tokens')
          .bearerToken(token)
          .json({ name: 'x', scopes: ['contacts:read'] })
      ).assertStatus(403)
    }
  })

  test('of another workspace are a 404, nonsense is a 401', async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const { data } = (await client.get('/api/v1/tokens').bearerToken(theirs.token)).body()
    ;(await client.delete(`/api/v1/tokens/${data[0].id}`).bearerToken(ours.token)).assertStatus(404)
    ;(await client.delete('/api/v1/tokens/nonsense').bearerToken(ours.token)).assertStatus(404)
    for (const token of ['asn_', 'asn_x.y', `${ours.token}x`, 'oat_MQ.abc', 'asn_LTE.YWJj']) {
      ;(await client.get('/api/v1/topics').bearerToken(token)).assertStatus(401)
    }
  })
})

test.group('The audit', () => {
  test('names who did what to which thing, newest first, in pages', async ({ client, assert }) => {
    const { token } = await bakery()
    for (const name of ['A', 'B', 'C']) await client.post('/api/v1/topics').bearerToken(token).json({ name })
    const first = (
      await client.get('/api/v1/audit').qs({ action: 'topic.created', limit: 2 }).bearerToken(token)
    ).body()
    assert.lengthOf(first.data, 2)
    assert.isAbove(Number(first.data[0].id), Number(first.data[1].id))
    assert.include(first.data[0].actor, { kind: 'token' })
    assert.equal(first.data[0].subject.type, 'topic')
    assert.isString(first.data[0].request_id)
    const second = (
      await client
        .get('/api/v1/audit')
        .qs({ action: 'topic.created', limit: 2, cursor: first.next_cursor })
        .bearerToken(token)
    ).body()
    assert.lengthOf(second.data, 1)
    assert.isNull(second.next_cursor)
    const one = await client
      .get('/api/v1/audit')
      .qs({ subject_type: 'topic', subject_id: first.data[0].subject.id })
      .bearerToken(token)
    assert.lengthOf(one.body().data, 1)
  })

  test('is for admins, and of one workspace', async ({ client, assert }) => {
    const { token } = await bakery({ role: 'editor' })
    ;(await client.get('/api/v1/audit').bearerToken(token)).assertStatus(403)
    const [ours, theirs] = [await bakery(), await bakery()]
    await client.post('/api/v1/topics').bearerToken(theirs.token).json({ name: 'Theirs' })
    assert.deepEqual((await client.get('/api/v1/audit').bearerToken(ours.token)).body().data, [])
  })

  test('cannot be changed', async ({ client, assert }) => {
    const { token, workspace } = await bakery()
    await client.post('/api/v1/topics').bearerToken(token).json({ name: 'A' })
    await assert.rejects(
      () => db.from('audit_entries').where('workspace_id', workspace.id).delete(),
      /permission denied/
    )
  })
})

test.group('Permissions', () => {
  test('are one table, with what of it is mine', async ({ client, assert }) => {
    const { token } = await bakery({ role: 'viewer', scopes: ['members:read', 'contacts:read', 'contacts:write'] })
    const { permissions, mine, roles } = (await client.get('/api/v1/permissions').bearerToken(token)).body()
    assert.deepEqual(roles, ['owner', 'admin', 'editor', 'viewer'])
    assert.lengthOf(permissions, allPermissions.length)
    assert.sameMembers(mine, ['members:read', 'contacts:read'])
  })

  test('a revoked one takes the invitations along that it made and nobody took up, and no others', async ({
    client,
    assert,
  }) => {
    const { workspace, token, user } = await bakery()
    const browser = await Browser.signedIn(user)
    const made = await client
      .post('/api/v1/tokens')
      .bearerToken(token)
      .json({ name: 'thief', scopes: ['members:write', 'members:read'] })
    const invite = (email: string) => ({ email, role: 'editor' })
    const byThief = await client
      .post('/api/v1/invitations')
      .bearerToken(made.body().token)
      .json(invite('mallory@example.com'))
    byThief.assertStatus(201)
    assert.equal((await browser.post('/api/v1/invitations', invite('ben@example.com'))).status, 201)
    ;(await client.delete(`/api/v1/tokens/${made.body().id}`).bearerToken(token)).assertStatus(204)
    const left = await Invitation.of(workspace)
    assert.deepEqual(
      left.map(({ email, invitedBy }) => [email, invitedBy]),
      [['ben@example.com', user.id]]
    )
    const secret = byThief.body().link.split('/').at(-1)
    ;(await client.get(`/api/v1/invitations/${secret}`)).assertStatus(404)
  })
})
