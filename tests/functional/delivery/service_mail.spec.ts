import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, addressKey, suppress, type SuppressionReason } from '#consent'
import { forgetMessages, sendServiceMailOf } from '#delivery'
import { theSystem } from '#identity'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { RECEIPT, shop } from '#tests/support/service_mail'
import { bakery } from '#tests/support/workspace'

test.group('Service mail', () => {
  test('goes to one person, without pixel, counted links, footer or way out', async ({ assert, client }) => {
    const story = await shop({ client })
    const asked = await story.ask({ reply_to: 'shop@bluedoor.test', headers: { 'X-Order': 'B-12' } })
    asked.assertStatus(202)
    assert.equal(asked.body().status, 'queued')
    await story.send()
    const [mail] = await story.server.mails({ to: 'ada@people.test' })
    assert.equal(mail.subject, 'Your order B-12')
    assert.include(mail.html, 'href="https://bluedoor.test/orders"')
    assert.include(mail.text, 'Thank you for B-12')
    assert.notMatch(`${mail.html}${mail.text}`, /unsubscribe|Harbour Street|\/o\/|\/c\//i)
    assert.notProperty(mail.headers, 'List-Unsubscribe')
    assert.notProperty(mail.headers, 'List-Id')
    assert.containsSubset(mail.headers, { 'X-Order': 'B-12', 'Auto-Submitted': 'auto-generated' })
    const { id } = asked.body()
    assert.deepEqual(mail.tags, { w: String(story.workspace.id), s: id })
    const told = await story.look(id)
    assert.containsSubset(told, { id, to: 'ada@people.test', subject: 'Your order B-12', status: 'accepted' })
    assert.deepEqual(
      told.history.map(({ what }: any) => what),
      ['queued', 'sending', 'accepted']
    )
  })

  test('its links carry what the program gave, encoded, and only after a fixed host', async ({ assert, client }) => {
    const story = await shop({ client })
    const linking = (url: string, data: object) =>
      story.ask({
        content: { kind: 'markdown', source: `Follow [your order](${url}).` },
        data: { order: 'B-12', ...data },
      })
    const url = 'https://bluedoor.test/orders/{{ data.order }}?of={{ data.whose }}'
    const asked = await linking(url, { whose: 'Ada & Ben' })
    asked.assertStatus(202)
    await story.send()
    const [mail] = await story.server.mails({ to: 'ada@people.test' })
    assert.include(mail.html, 'href="https://bluedoor.test/orders/B-12?of=Ada%20%26%20Ben"')
    assert.include(mail.text, 'https://bluedoor.test/orders/B-12?of=Ada%20%26%20Ben')
    assert.equal((await linking(url, {})).status(), 422, 'a value that is missing')
    assert.equal((await linking('https://{{ data.host }}/', { host: 'evil.test' })).status(), 422)
  })

  test('what it says is forgotten as soon as it has left', async ({ assert, client }) => {
    const story = await shop({ client })
    await story.ask({ data: { order: 'secret-77' } })
    assert.include(JSON.stringify(await story.rows()), 'secret-77')
    await story.send()
    const [{ mail }] = await story.rows()
    assert.isNull(mail)
  })

  test('speaks to a contact by name, and is found with the person', async ({ assert, client }) => {
    const story = await shop({ client })
    const [ada] = await plantPeople(story.workspace, ['ada@people.test'])
    await db.from('contacts').where({ id: ada }).update({ first_name: 'Ada', attributes: '{"city": "Bristol"}' })
    const content = { kind: 'markdown', source: 'Dear {{ contact.first_name }} of {{ contact.city }}' }
    const named = await story.ask({ to: undefined, contact_id: ada, content })
    const { id } = (await story.ask({ content })).body()
    await story.send()
    const mails = await story.server.mails({ to: 'ada@people.test' })
    assert.lengthOf(mails, 2)
    for (const mail of mails) assert.include(mail.text, 'Dear Ada of Bristol')
    assert.equal((await story.look(id)).contact_id, String(ada))
    const list = await client.get('/api/v1/messages').qs({ contact_id: ada }).bearerToken(story.token)
    assert.deepEqual(
      list.body().data.map((one: any) => one.id),
      [id, named.body().id]
    )
  })

  for (const reason of ['hard_bounce', 'complaint', 'erased', 'manual'] as SuppressionReason[]) {
    test(`never reaches an address that is suppressed (${reason})`, async ({ assert, client }) => {
      const story = await shop({ client })
      const { id } = (await story.ask()).body()
      await suppressed(story.workspace, reason)
      await story.send()
      assert.equal(story.server.stats().calls, 0)
      assert.containsSubset(await story.look(id), { status: 'withheld', reason: `suppressed_${reason}` })
    })
  }

  test('reaches who left a newsletter, for nobody agrees to a receipt', async ({ assert, client }) => {
    const story = await shop({ client })
    const topic = await plantTopic(story.workspace)
    const [ben] = await plantPeople(story.workspace, ['ben@people.test'])
    await record(story.workspace, topic, [ben])
    await record(story.workspace, topic, [ben], { action: 'withdraw' })
    await story.ask({ to: 'ben@people.test' })
    await story.send()
    assert.lengthOf(await story.server.mails({ to: 'ben@people.test' }), 1)
  })

  test('five hundred are taken together, and one mistake refuses them all by number', async ({ assert, client }) => {
    const story = await shop({ client })
    const many = Array.from({ length: 500 }, (_, no) => ({ ...RECEIPT, to: `p${no}@people.test` }))
    const refused = await story.askMany(
      many.with(7, { ...RECEIPT, data: {} as any }).with(9, { ...RECEIPT, to: 'nobody@nowhere' })
    )
    refused.assertStatus(422)
    assert.lengthOf(await story.rows(), 0)
    const wrong = (
      await story.askMany([...many.slice(0, 7), { ...RECEIPT, data: {} }, { ...RECEIPT, contact_id: 999 }])
    ).body().errors
    assert.deepEqual(
      wrong.map(({ index, field }: any) => [index, field]),
      [
        [7, 'messages.7.data.order'],
        [8, 'messages.8.contact_id'],
      ]
    )
    const taken = await story.askMany(many)
    taken.assertStatus(202)
    assert.lengthOf(taken.body().data, 500)
    await story.send()
    assert.equal(story.server.stats().calls, 5)
    assert.equal((await story.look(taken.body().data[7].id)).to, 'p7@people.test')
    ;(await story.askMany([...many, RECEIPT])).assertStatus(422)
    ;(await story.askMany([])).assertStatus(422)
  })

  test('the same Idempotency-Key is the same mail; another body under it is refused', async ({ assert, client }) => {
    const story = await shop({ client })
    const first = await story.ask().header('idempotency-key', 'order-12')
    const again = await story.ask().header('idempotency-key', 'order-12')
    assert.deepEqual(again.body(), first.body())
    again.assertHeader('idempotent-replayed', 'true')
    const other = await story.ask({ to: 'eve@people.test' }).header('idempotency-key', 'order-12')
    other.assertStatus(409)
    assert.equal(other.body().errors[0].code, 'E_IDEMPOTENCY_KEY_REUSED')
    assert.lengthOf(await story.rows(), 1)
  })

  test('that was accepted is accepted again by its key, though its contact or its sender is gone since', async ({
    assert,
    client,
  }) => {
    const story = await shop({ client })
    const [id] = await plantPeople(story.workspace, ['ben@people.test'])
    const asked = { ...RECEIPT, to: undefined, contact_id: String(id), idempotency_key: 'order-7' }
    const first = await story.ask(asked)
    first.assertStatus(202)
    await db.from('contacts').where({ id }).update({ deleted_at: new Date() })
    await story.workspace.merge({ defaultFromEmail: null }).save()
    const again = await story.ask(asked)
    again.assertStatus(202)
    assert.deepEqual(again.body(), first.body())
    const other = await story.ask({ ...asked, subject: 'Another' })
    other.assertStatus(409)
    other.assertBodyContains({ errors: [{ code: 'E_IDEMPOTENCY_KEY_REUSED', field: 'idempotency_key' }] })
    assert.lengthOf(await story.rows(), 1)
  })

  test('in a list each has a key of its own', async ({ assert, client }) => {
    const story = await shop({ client })
    const [a, b] = ['a', 'b'].map((key) => ({ ...RECEIPT, idempotency_key: key }))
    const first = await story.askMany([a])
    const second = await story.askMany([a, b])
    assert.equal(second.body().data[0].id, first.body().data[0].id)
    assert.lengthOf(await story.rows(), 2)
    const reused = await story.askMany([
      { ...RECEIPT, idempotency_key: 'c' },
      { ...b, to: 'eve@people.test' },
    ])
    reused.assertStatus(409)
    assert.containsSubset(reused.body().errors[0], { index: 1, field: 'messages.1.idempotency_key' })
    ;(await story.askMany([a, a])).assertStatus(422)
    assert.lengthOf(await story.rows(), 2)
  })

  test('whatever is wrong is told at once, with its field', async ({ assert, client }) => {
    const story = await shop({ client })
    const wrongs: [object, string][] = [
      [{ to: undefined }, 'to'],
      [{ to: 'nobody' }, 'to'],
      [{ contact_id: 999_999 }, 'contact_id'],
      [{ subject: '' }, 'subject'],
      [{ subject: '{{ data.x' }, 'subject'],
      [{ data: {} }, 'data.order'],
      [{ content: { kind: 'markdown', source: '{{ order }}' } }, 'content.source'],
      [{ content: { kind: 'markdown', source: '[out]({{ unsubscribe_url }})' } }, 'content.source'],
      [{ content: { kind: 'mjml', source: 'x' } }, 'content.kind'],
      [{ from: { email: 'not an address' } }, 'from.email'],
      [{ reply_to: 'nobody' }, 'reply_to'],
      [{ headers: { Bcc: 'spy@people.test' } }, 'headers'],
      [{ topic: 'news' }, 'topic'],
    ]
    for (const [wrong, field] of wrongs) {
      const answer = await story.ask(wrong)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, field, JSON.stringify(wrong))
    }
    const bad = await story.ask().header('idempotency-key', 'two words')
    bad.assertStatus(400)
    assert.lengthOf(await story.rows(), 0)
  })

  test('needs the permission, and a stranger’s is not there', async ({ client }) => {
    const story = await shop({ client })
    const { id } = (await story.ask()).body()
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.post('/api/v1/messages').bearerToken(viewer.token).json(RECEIPT)).assertStatus(403)
    ;(
      await client
        .post('/api/v1/messages/batch')
        .bearerToken(viewer.token)
        .json({ messages: [RECEIPT] })
    ).assertStatus(403)
    ;(await client.get(`/api/v1/messages/${id}`).bearerToken(viewer.token)).assertStatus(404)
    const sender = await bakery({ scopes: ['messages:send'] })
    ;(await client.post('/api/v1/messages').bearerToken(sender.token).json(RECEIPT)).assertStatus(202)
    ;(await client.get('/api/v1/messages').bearerToken(sender.token)).assertStatus(403)
    ;(await client.get('/api/v1/messages')).assertStatus(401)
  })

  test('delivery is heard of; a hard bounce suppresses the address', async ({ assert, client }) => {
    const story = await shop({ client })
    const [one, two] = (await story.askMany([RECEIPT, { ...RECEIPT, to: 'eve@people.test' }])).body().data
    await story.send()
    const [first, second] = await story.rows()
    await story.happen('email.delivered', { id: one.id, providerId: first.provider_id })
    await story.happen('email.bounced', { id: two.id, providerId: second.provider_id, bounce: { type: 'Permanent' } })
    assert.equal((await story.look(one.id)).status, 'delivered')
    assert.containsSubset(await story.look(two.id), { status: 'bounced', reason: 'bounce_hard' })
    const { id } = (await story.ask({ to: 'eve@people.test' })).body()
    await story.send()
    assert.equal((await story.look(id)).reason, 'suppressed_hard_bounce')
  })

  test('who is erased is forgotten in it, too', async ({ assert, client }) => {
    const story = await shop({ client })
    const [ada] = await plantPeople(story.workspace, ['ada@people.test'])
    await story.ask()
    await story.send()
    const { id } = (await story.ask()).body()
    await forgetMessages({ workspaceId: story.workspace.id, payload: { contact_id: ada } })
    for (const row of await story.rows()) assert.containsSubset(row, { email: null, subject: null, mail: null })
    assert.equal((await story.look(id)).status, 'withheld')
  })

  test('without a provider it is in the Outbox', async ({ assert, client }) => {
    const { workspace, token } = await bakery()
    await client.post('/api/v1/messages').bearerToken(token).json(RECEIPT)
    await sendServiceMailOf({ workspaceId: workspace.id })
    const outbox = await client.get('/api/v1/outbox').bearerToken(token)
    assert.equal(outbox.body().data[0].subject, 'Your order B-12')
  })
})

const suppressed = (workspace: { id: number }, reason: SuppressionReason) =>
  db.transaction((trx) =>
    suppress({
      workspaceId: workspace.id,
      addresses: [{ hash: addressHash(workspace.id, addressKey('ada@people.test')) }],
      reason,
      source: 'test',
      actor: theSystem,
      trx,
    })
  )
