import { test } from '@japa/runner'
import { bakery } from '#tests/support/workspace'

test.group('Contacts and hostile input', () => {
  test('{$self} is refused by name')
    .with(['ada', 'ada@localhost', 'a b@example.com', '"x"@example.com', `${'x'.repeat(400)}@example.com`])
    .run(async ({ client, assert }, email) => {
      const { token } = await bakery()
      const answer = await client.post('/api/v1/contacts').bearerToken(token).json({ email })
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, 'email')
    })

  test('each field says what it wants', async ({ client, assert }) => {
    const { token } = await bakery()
    const post = (json: object) => client.post('/api/v1/contacts').bearerToken(token).json(json)
    for (const [field, json] of Object.entries({
      'phone': { phone: '0117 496 0000' },
      'locale': { email: 'a@example.com', locale: 'not a locale' },
      'timezone': { email: 'a@example.com', timezone: 'Mars/Olympus' },
      'attributes.shoe': { email: 'a@example.com', attributes: { shoe: 1 } },
      'attributes.constructor': { email: 'a@example.com', attributes: { constructor: 1 } },
      'email': {},
      'first_name': { email: 'a@example.com', first_name: 'x'.repeat(1_000_000) },
      'tags.0': { email: 'a@example.com', tags: ['x'.repeat(61)] },
    })) {
      const answer = await post(json)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, field)
    }
    ;(await post({ email: 'a@example.com', first_name: 'x'.repeat(10_000_000) })).assertStatus(413)
  })

  test('a poisoned prototype is not an attribute', async ({ client, assert }) => {
    const { token } = await bakery()
    const made = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .header('content-type', 'application/json')
      .json(JSON.parse('{"email":"a@example.com","attributes":{"__proto__":{"admin":true}}}'))
    assert.notProperty(made.body().attributes ?? {}, 'admin')
    assert.isUndefined(({} as any).admin)
  })

  test('control characters, half surrogates and markup come in as harmless text', async ({ client, assert }) => {
    const { token } = await bakery()
    await client.post('/api/v1/fields').bearerToken(token).json({ key: 'note', label: 'Note', type: 'text' })
    const made = await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({
        email: 'ada@example.com',
        first_name: 'A\u0000da\r\nBcc: eve@example.com',
        last_name: "O'Brien <b>\ud800",
        attributes: { note: 'one\u0000\r\ntwo \udfff 🥐' },
        tags: ["'; drop table contacts; --", 'İstanbul', '🥐'],
      })
    made.assertStatus(201)
    assert.equal(made.body().first_name, 'A da Bcc: eve@example.com')
    assert.equal(made.body().last_name, "O'Brien <b>\ufffd")
    assert.equal(made.body().attributes.note, 'one \ntwo \ufffd 🥐')
    assert.lengthOf(made.body().tags, 3)
  })

  test('what is searched for is text, never SQL or a pattern', async ({ client, assert }) => {
    const { token } = await bakery()
    await client
      .post('/api/v1/contacts')
      .bearerToken(token)
      .json({ email: 'ada_l@example.com', first_name: '100% Ada' })
    const found = async (q: string) => {
      const answer = await client.get('/api/v1/contacts').qs({ q, count: '1' }).bearerToken(token)
      answer.assertStatus(200)
      return answer.body().total.value
    }
    assert.equal(await found(`' or 1=1 --`), 0)
    assert.equal(await found('%'), 1)
    assert.equal(await found('100%'), 1)
    assert.equal(await found('a_a'), 0)
    assert.equal(await found('a_l'), 1)
    assert.equal(await found('\\'), 0)
    assert.equal(await found('?'), 0)
    assert.equal(await found('\u0000ada\u0000'), 1)
    assert.equal(await found('ada example'), 1)
    assert.equal(await found('x'.repeat(3000)), 0)
  })

  test('cursors and limits that are not ours are refused', async ({ client }) => {
    const { token } = await bakery()
    const cursorOf = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
    for (const cursor of [
      'x',
      cursorOf([1]),
      cursorOf(['not a time', 'x']),
      cursorOf(['\u0000', 1]),
      cursorOf([[], {}]),
    ])
      (await client.get('/api/v1/contacts').qs({ cursor }).bearerToken(token)).assertStatus(400)
    ;(await client.get('/api/v1/contacts').qs({ limit: 101 }).bearerToken(token)).assertStatus(400)
  })
})
