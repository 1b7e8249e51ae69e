import { test } from '@japa/runner'
import { bakeryForm, seenBefore, WORDING } from '#tests/support/sign_up_form'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('The door of a form', () => {
  test('mistakes are told on the page, in its language, and nothing is lost or ticked beforehand', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { language: 'de', fields: [{ name: 'first_name', label: 'Vorname' }] })
    assert.notInclude((await client.get(it.path)).text(), 'checked')
    const answer = await it.post({ email: 'ada', first_name: 'Win at casino.com', topics: [] })
    answer.assertStatus(422)
    const text = answer.text()
    for (const words of ['keine E-Mail-Adresse', 'darf keine Internetadresse', 'mindestens ein Thema', 'value="ada"']) {
      assert.include(text, words)
    }
    assert.lengthOf(await it.submissions(), 0)
  })

  test('a redirect leads only where the form says; scripts of named origins may post', async ({ client, assert }) => {
    const it = await bakeryForm(client, {
      success: { redirect_url: 'https://bluedoor.test/thanks' },
      origins: ['https://bluedoor.test'],
    })
    const page = await client.get(it.path)
    assert.include(page.header('content-security-policy'), "form-action 'self' https://bluedoor.test")
    const moved = await it.post({ email: 'ada@people.test', redirect_url: 'https://evil.test' })
    assert.deepEqual([moved.status(), moved.header('location')], [303, 'https://bluedoor.test/thanks'])
    const body = { email: 'ben@people.test', topics: [String(it.specials.id)] }
    const named = await client.post(it.path).header('origin', 'https://bluedoor.test').json(body)
    named.assertStatus(200)
    assert.equal(named.header('access-control-allow-origin'), 'https://bluedoor.test')
    const foreign = await client.post(it.path).header('origin', 'https://evil.test').json(body)
    assert.deepEqual([foreign.status(), foreign.header('access-control-allow-origin')], [403, undefined])
    const wrong = await client.post(it.path).json({ email: 'x' })
    assert.equal(wrong.status(), 422)
    assert.deepEqual(
      wrong.body().errors.map(({ field }: any) => field),
      ['email', 'topics']
    )
    ;(await client.post(it.path).json([])).assertStatus(400)
  })

  test('a stamp keeps the words that were seen; a closed or deleted form takes nobody', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const stamp = seenBefore({ ...it, seconds: 60 })
    const changed = await it.api.patch(`/forms/${it.form.id}`, { wording: 'Quite other words than before.' })
    assert.include(changed.body(), { version: 2 })
    assert.equal(changed.body().wording.version, 2)
    assert.equal((await it.api.patch(`/forms/${it.form.id}`, { title: it.form.title })).body().version, 2)
    await client.post(it.path).form({ stamp, email: 'ada@people.test', topics: [String(it.specials.id)] })
    assert.include((await it.ledger())[0].statement, WORDING)
    await it.api.patch(`/forms/${it.form.id}`, { is_open: false })
    assert.include((await client.get(it.path)).text(), 'This form is closed')
    await client.post(it.path).form({ email: 'ben@people.test', topics: [String(it.specials.id)] })
    assert.lengthOf(await it.submissions(), 1)
    ;(await it.api.delete(`/forms/${it.form.id}`)).assertStatus(204)
    ;(await client.get(it.path)).assertStatus(404)
    ;(await it.api.post(`/forms/${it.form.id}/restore`)).assertStatus(200)
  })
})

test.group('Keeping forms', () => {
  test('what cannot work is refused with the field and the fix', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const refused = async (body: object) => {
      const answer = await it.api.patch(`/forms/${it.form.id}`, body)
      assert.equal(answer.status(), 422, JSON.stringify(body))
      return answer.body().errors[0].field
    }
    assert.equal(await refused({ topic_ids: ['999999999'] }), 'topic_ids')
    assert.equal(await refused({ double_opt_in: false }), 'double_opt_in')
    assert.equal(await refused({ fields: [{ name: 'attributes.none', label: 'x' }] }), 'fields.0.name')
    assert.equal(
      await refused({ fields: [{ name: 'phone', label: 'x', hidden: true, value: 'no' }] }),
      'fields.0.value'
    )
    assert.equal(await refused({ success: { redirect_url: 'javascript:alert(1)' } }), 'success.redirect_url')
    assert.equal(await refused({ origins: ['https://a.test/path'] }), 'origins.0')
  })

  test('a form for another page is plain HTML whose post is taken, and nobody’s words become its markup', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, {
      fields: [
        { name: 'first_name', label: 'Name <b>&"', required: true },
        { name: 'last_name', label: 'Came by', hidden: true, value: 'Fair' },
      ],
    })
    const { html } = (await it.api.get(`/forms/${it.form.id}/embed`)).body()
    assert.include(html, `action="${it.form.url}"`)
    assert.include(html, 'Name &lt;b&gt;&amp;&quot;')
    for (const never of ['<script', 'checked', 'Came by', '<b>']) assert.notInclude(html, never)
    const names = new Set([...html.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name))
    assert.deepEqual([...names], ['stamp', 'email', 'first_name', 'topics', 'website'])
    const answer = await client
      .post(it.path)
      .header('origin', 'https://bluedoor.test')
      .form({ email: 'ada@people.test', first_name: 'Ada', topics: String(it.hours.id), website: '' })
    answer.assertStatus(200)
    const [row] = await it.submissions()
    assert.include(row, { state: 'pending', origin: 'https://bluedoor.test' })
  })

  test('a form of another workspace is not there; viewers read and do not write', async ({ client }) => {
    const it = await bakeryForm(client)
    const other = await bakery()
    for (const path of [`/forms/${it.form.id}`, `/forms/${it.form.id}/submissions`]) {
      ;(await client.get(`/api/v1${path}`).bearerToken(other.token)).assertStatus(404)
    }
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/forms').bearerToken(viewer.token)).assertStatus(200)
    ;(
      await client
        .post('/api/v1/forms')
        .bearerToken(viewer.token)
        .json({ name: 'x', topic_ids: ['1'], wording: WORDING })
    ).assertStatus(403)
  })

  test('who may only look cannot confirm for somebody whose mail is in the Outbox', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test' })
    const [{ id, link }] = await it.mails()
    const viewer = await memberOf(it.workspace, { role: 'viewer' })
    const seenBy = async (token: string) =>
      JSON.stringify((await client.get(`/api/v1/outbox/${id}`).bearerToken(token)).body())
    assert.include(await seenBy(it.token), link)
    assert.notInclude(await seenBy(viewer.token), link)
    assert.include(await seenBy(viewer.token), '/confirm/test')
  })

  test('no program takes the key of a confirmation before it', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'first@people.test' })
    const [{ id }] = await it.submissions()
    const message = { to: 'x@people.test', subject: 'x', content: { kind: 'markdown', source: 'x' } }
    for (const no of [1, 2, 3]) {
      const idempotencyKey = `form-confirmation-${Number(id) + no}`
      ;(await it.api.post('/messages', { ...message, idempotency_key: idempotencyKey })).assertStatus(202)
    }
    const blank = await it.api.post('/messages', { ...message, idempotency_key: `form confirmation ${Number(id) + 1}` })
    blank.assertStatus(422)
    ;(await it.post({ email: 'second@people.test' })).assertStatus(200)
    assert.isTrue((await it.mails()).some(({ to_address: to, link }) => to === 'second@people.test' && link))
  })
})
