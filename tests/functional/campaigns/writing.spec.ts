import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { allPermissions } from '#identity'
import { bakery, memberOf } from '#tests/support/workspace'
import { campaign, door } from '#tests/support/written_campaign'

test.group('Campaigns, written', () => {
  test('begin with a name alone and the workspace’s sender', async ({ client, assert }) => {
    const { token } = await bakery()
    const made = await door(client, token).post('', { name: 'Plums' })
    made.assertStatus(201)
    made.assertBodyContains({
      status: 'draft',
      from: { name: 'Blue Door Bakery', email: 'hello@bluedoor.test' },
      content: { kind: 'markdown', source: '' },
      tracking: { opens: true, clicks: true },
      version: 1,
      topic_id: null,
      tested: false,
    })
    assert.isString(made.body().id)
  })

  test('are listed newest first, searched and filtered, a page at a time', async ({ client, assert }) => {
    const { token } = await bakery()
    const api = door(client, token)
    for (const name of ['one', 'two', 'three']) await api.post('', { name, subject: `About ${name}` })
    const first = (await api.get('', { limit: '2', count: '1' })).body()
    assert.deepEqual(
      first.data.map(({ name }: any) => name),
      ['three', 'two']
    )
    assert.deepEqual(first.total, { value: 3, exact: true })
    const second = (await api.get('', { limit: '2', cursor: first.next_cursor })).body()
    assert.deepEqual(
      second.data.map(({ name }: any) => name),
      ['one']
    )
    assert.isNull(second.next_cursor)
    assert.lengthOf((await api.get('', { q: 'about TWO' })).body().data, 1)
    assert.lengthOf((await api.get('', { q: '100%' })).body().data, 0)
    assert.lengthOf((await api.get('', { status: 'sending,sent' })).body().data, 0)
    assert.lengthOf((await api.get('', { status: 'draft' })).body().data, 3)
    ;(await api.get('', { status: 'nonsense' })).assertStatus(422)
  })

  test('a change names the version it was made from; two editors do not overwrite each other', async ({
    client,
    assert,
  }) => {
    const { workspace, token } = await bakery()
    const other = await memberOf(workspace)
    const { id } = (await door(client, token).post('', { name: 'Plums' })).body()
    const mine = await door(client, token).patch(`/${id}`, { version: 1, subject: 'Mine' })
    mine.assertStatus(200)
    mine.assertBodyContains({ version: 2, subject: 'Mine' })
    const theirs = await door(client, other.token).patch(`/${id}`, { version: 1, subject: 'Theirs' })
    theirs.assertStatus(409)
    theirs.assertBodyContains({ errors: [{ code: 'E_EDITED_MEANWHILE', version: 2, edited_by: "owner's token" }] })
    assert.isString(theirs.body().errors[0].edited_at)
    ;(await door(client, other.token).get(`/${id}`)).assertBodyContains({ subject: 'Mine' })
  })

  test('who sends or schedules names what they saw, and nothing else leaves', async ({ client, assert }) => {
    const { id, api } = await campaign(client)
    const { version } = (await api.get(`/${id}`)).body()
    ;(await api.patch(`/${id}`, { subject: 'What a colleague wrote meanwhile' })).assertStatus(200)
    for (const [path, body] of [
      ['send', { version }],
      ['schedule', { version, at: new Date(Date.now() + 86_400_000).toISOString() }],
    ] as const) {
      const late = await api.post(`/${id}/${path}`, body)
      late.assertStatus(409)
      late.assertBodyContains({ errors: [{ code: 'E_EDITED_MEANWHILE', version: version + 1 }] })
    }
    assert.equal((await api.get(`/${id}`)).body().status, 'draft')
    const seen = await api.post(`/${id}/send`, { version: version + 1 })
    assert.notEqual(seen.status(), 409, 'what was seen goes on to its review')
  })

  test('two saves at the same moment: exactly one wins', async ({ client, assert }) => {
    const { id, api } = await campaign(client)
    const answers = await Promise.all(['a', 'b', 'c'].map((subject) => api.patch(`/${id}`, { version: 1, subject })))
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [200, 409, 409])
  })

  test('saving the same again changes no version, so an editor may save all the time', async ({ client }) => {
    const { id, api, made } = await campaign(client)
    const again = await api.patch(`/${id}`, {
      version: 1,
      subject: made.subject,
      audience: made.audience,
      content: made.content,
    })
    again.assertBodyContains({ version: 1 })
  })

  test('half-written templates are kept while they are written', async ({ client }) => {
    const { id, api } = await campaign(client)
    const saved = await api.patch(`/${id}`, { content: { kind: 'markdown', source: 'Hello {{ contact.first' } })
    saved.assertStatus(200)
    const shown = await api.post(`/${id}/render`)
    shown.assertStatus(422)
    shown.assertBodyContains({ errors: [{ code: 'E_TEMPLATE', field: 'content.source', line: 1 }] })
  })

  test('what cannot be is refused by field', async ({ client }) => {
    const { api } = await campaign(client)
    const other = await campaign(client)
    for (const [body, field] of [
      [{}, 'name'],
      [{ name: 'x', topic_id: String(other.topic.id) }, 'topic_id'],
      [{ name: 'x', content: { kind: 'mjml', source: '' } }, 'content.kind'],
      [{ name: 'x', audience: { segment_ids: ['1; drop'] } }, 'audience.segment_ids.0'],
      [{ name: 'x', tracking: { opens: 'yes', clicks: true } }, 'tracking.opens'],
      [{ name: 'x', channel: 'fax' }, 'channel'],
    ] as const) {
      const answer = await api.post('', body)
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ field }] })
    }
    const subject = await api.post('', { name: 'x', subject: 'Hi\r\nBcc: x@example.test\u0000' })
    subject.assertBodyContains({ subject: 'Hi Bcc: x@example.test' })
  })

  test('a draft is deleted and brought back; a copy is a new draft', async ({ client, assert }) => {
    const { id, api } = await campaign(client)
    ;(await api.delete(`/${id}`)).assertStatus(204)
    ;(await api.get(`/${id}`)).assertStatus(404)
    assert.lengthOf((await api.get('')).body().data, 0)
    const back = await api.post(`/${id}/restore`)
    back.assertStatus(200)
    back.assertBodyContains({ status: 'draft', subject: 'Plums for {{ contact.first_name }}' })
    const copy = await api.post(`/${id}/duplicate`)
    copy.assertStatus(201)
    copy.assertBodyContains({ name: 'Copy of Plums', status: 'draft', version: 1 })
    assert.notEqual(copy.body().id, id)
  })

  test('every change stands in the audit', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    await api.patch(`/${id}`, { name: 'Pears' })
    await api.post(`/${id}/duplicate`)
    await api.delete(`/${id}`)
    const rows = await db
      .from('audit_entries')
      .where({ workspace_id: workspace.id, subject_type: 'campaign' })
      .orderBy('id')
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['campaign.created', 'campaign.updated', 'campaign.duplicated', 'campaign.deleted']
    )
  })
})

test.group('Campaigns, doors', () => {
  const doors: [string, string][] = [
    ['patch', ''],
    ['delete', ''],
    ['get', ''],
    ['post', '/duplicate'],
    ['post', '/restore'],
    ['post', '/render'],
    ['post', '/test'],
    ['get', '/preflight'],
    ['post', '/schedule'],
    ['delete', '/schedule'],
    ['post', '/send'],
    ['post', '/pause'],
    ['post', '/resume'],
    ['post', '/cancel'],
    ['post', '/retry'],
    ['post', '/unconfirmed'],
    ['get', '/receipt'],
    ['get', '/receipt.csv'],
    ['get', '/messages'],
  ]
  const bodies: Record<string, object> = {
    '/unconfirmed': { outcome: 'sent', note: 'They have it.' },
    '/test': { to: ['a@example.test'] },
    '/schedule': { at: new Date(Date.now() + 60_000).toISOString() },
  }

  test("another workspace's campaign is a 404 at every door", async ({ client, assert }) => {
    const theirs = await campaign(client)
    const ours = door(client, (await bakery()).token) as any
    for (const [method, path] of doors) {
      const answer = await ours[method](`/${theirs.id}${path}`, bodies[path] ?? {})
      assert.equal(answer.status(), 404, `${method} ${path}`)
    }
  })

  test('a viewer reads and changes nothing; a token only does what its scopes name', async ({ client, assert }) => {
    const { workspace, id } = await campaign(client)
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const scoped = await memberOf(workspace, {
      role: 'owner',
      scopes: allPermissions.filter((scope) => scope !== 'campaigns:send'),
    })
    for (const [method, path] of doors) {
      const isReading = method === 'get' || path === '/render'
      const answer = await (door(client, viewer.token) as any)[method](`/${id}${path}`, bodies[path] ?? {})
      assert.equal(answer.status() === 403, !isReading, `viewer ${method} ${path}: ${answer.status()}`)
    }
    for (const path of ['/send', '/schedule', '/pause', '/resume', '/cancel', '/retry', '/unconfirmed']) {
      ;(await door(client, scoped.token).post(`/${id}${path}`, bodies[path] ?? {})).assertStatus(403)
    }
    ;(await door(client, viewer.token).post('', { name: 'x' })).assertStatus(403)
  })
})
