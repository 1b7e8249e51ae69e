import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { addressHash } from '#consent'
import { ensureMonth, thisMonth } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { ada, yes } from '#tests/support/ada'
import { importFile } from '#tests/support/imports'

test.group('Erasure', () => {
  test('takes the person out, leaves the numbers and the hash, and nothing brings them back', async ({
    client,
    assert,
  }) => {
    const { workspace, token, id, say, topic, at } = await ada(client)
    await client
      .patch(`/api/v1/contacts/${id}`)
      .bearerToken(token)
      .json({ first_name: 'Zebedee', phone: '+441174960000', external_id: 'Z-77' })
    await say({ ip: '203.0.113.99', user_agent: 'ZebraBrowser', reason: 'Zebedee said so' })
    const erased = await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)
    erased.assertStatus(200)
    erased.assertBody({ id, erased: true })

    for (const table of ['contacts', 'consent_entries', 'suppressions', 'audit_entries', 'domain_events']) {
      const rows = await db.from(table).where('workspace_id', workspace.id)
      assert.notMatch(JSON.stringify(rows), /zebedee|ada@example|4960000|Z-77|203\.0\.113\.99|ZebraBrowser/i, table)
    }
    const proof = (await client.get(`${at}/proof`).bearerToken(token)).body()
    assert.deepInclude(proof.chain, { verified: true, entries: 2 })
    assert.equal(proof.ledger[1].statement, yes.statement)
    ;(await client.get(`/api/v1/contacts/${id}`).bearerToken(token)).assertStatus(404)
    ;(await client.post(`/api/v1/contacts/${id}/restore`).bearerToken(token)).assertStatus(409)
    ;(await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)).assertStatus(409)

    const back = (await client.post('/api/v1/contacts').bearerToken(token).json({ email: 'ada@example.com' })).body()
    await client
      .post(`/api/v1/contacts/${back.id}/consents`)
      .bearerToken(token)
      .json({ ...yes, topic_id: topic.id })
    const verdict = await client
      .post('/api/v1/consents/check')
      .bearerToken(token)
      .json({ contact_id: back.id, topic_id: topic.id })
    assert.deepInclude(verdict.body(), { may_receive: false, reason: 'suppressed_erased' })
  })

  test('reaches merged and former records, the Outbox and the messages', async ({ client, assert }) => {
    const { workspace, token, id } = await ada(client)
    const post = async (json: object) =>
      (await client.post('/api/v1/contacts').bearerToken(token).json(json)).body().id as string
    const merged = await post({ email: 'old@example.com', first_name: 'Zebedee' })
    await client.post(`/api/v1/contacts/${merged}/merge`).bearerToken(token).json({ into: id })
    await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)
    const now = await post({ email: 'ada@example.com', first_name: 'Zebedee' })
    const mine = { workspace_id: workspace.id }
    await db.table('captured_messages').insert({
      ...mine,
      provider_id: 'x',
      from_address: 'hello@bluedoor.test',
      to_address: 'ada@example.com',
      subject: 'Zebedee!',
      html: 'Zebedee',
      contact_id: now,
    })
    const month = thisMonth()
    await ensureMonth(db.connection(), month)
    const of = { ...mine, month, campaign_id: 1 }
    const told = (contactId: number) => ({
      id: contactId,
      email: 'ada@example.com',
      merge: { contact: { first_name: 'Zebedee' } },
    })
    const [batch] = await db
      .table('batches')
      .returning('id')
      .insert({
        ...of,
        shipment_id: 1,
        no: 0,
        contact_ids: [Number(now), 999],
        state: 'done',
        idempotency_key: 'erased',
        sealed: JSON.stringify([told(Number(now)), { id: 999, email: 'ben@example.com', merge: { contact: {} } }]),
      })
    await db.table('messages').insert({
      ...of,
      contact_id: now,
      batch_id: batch.id,
      position: 0,
      state: 'delivered',
      email: 'ada@example.com',
    })
    ;(await client.post(`/api/v1/contacts/${now}/erase`).bearerToken(token)).assertStatus(200)
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    for (const table of ['contacts', 'captured_messages', 'messages', 'batches', 'suppressions']) {
      assert.notMatch(JSON.stringify(await db.from(table).where(mine)), /zebedee|ada@|old@/i, table)
    }
    assert.lengthOf(await db.from('suppressions').where(mine), 2)
    const [{ sealed }] = await db.from('batches').where(mine)
    assert.deepEqual(sealed, [{ id: Number(now) }, { id: 999, email: 'ben@example.com', merge: { contact: {} } }])
  })

  test('the export before it holds everything', async ({ client, assert }) => {
    const { token, id, say } = await ada(client)
    await say()
    const exported = await client.get(`/api/v1/contacts/${id}/export`).bearerToken(token)
    exported.assertStatus(200)
    const whole = exported.body()
    assert.equal(whole.contact.email, 'ada@example.com')
    assert.lengthOf(whole.consents.ledger, 1)
    assert.properties(whole, ['exported_at', 'suppressions', 'messages', 'engagements', 'history'])
    assert.include(
      whole.history.map(({ action }: any) => action),
      'contact.created'
    )
  })

  test('the export holds what was merged into the record, earlier addresses, files and mails that came back', async ({
    client,
    assert,
  }) => {
    const { workspace, token, topic, id, say } = await ada(client)
    await say()
    await importFile({ workspace, token }, 'email,first_name\nada@example.com,Adaline\n', {
      mapping: { email: 'email', first_name: 'first_name' },
    })
    const send = (verb: 'post' | 'patch', path: string, body: object) =>
      client[verb](`/api/v1${path}`).bearerToken(token).json(body)
    const other = (await send('post', '/contacts', { email: 'ada@work.example', last_name: 'Byron' })).body()
    await send('post', `/contacts/${other.id}/consents`, { ...yes, topic_id: String(topic.id), source: 'at work' })
    await send('post', `/contacts/${other.id}/merge`, { into: id })
    await send('patch', `/contacts/${id}`, { email: 'ada@new.example' })
    const hash = addressHash(workspace.id, 'ada@work.example')
    const bounce = { rule: 'no_such_user', words: 'Nobody here', at: new Date(), source: 'webhook', address_hash: hash }
    await db.table('bounces').insert({ ...bounce, workspace_id: workspace.id, class: 'hard', contact_id: other.id })

    const whole = (await client.get(`/api/v1/contacts/${id}/export`).bearerToken(token)).body()
    assert.deepEqual(
      whole.merged_records.map((one: any) => [one.id, one.email, one.last_name]),
      [[other.id, 'ada@work.example', 'Byron']]
    )
    assert.includeDeepMembers(whole.former_addresses, [{ address: 'ada@example.com' }])
    assert.sameMembers(
      whole.consents.ledger.map(({ source }: any) => source),
      [yes.source, 'at work']
    )
    assert.equal(whole.bounces[0].words, 'Nobody here')
    assert.isNotEmpty(whole.imported)
    assert.equal(whole.imported[0].line, 2)
    const page = await client.get(`/api/v1/contacts/${id}/export`).bearerToken(token).header('accept', 'text/html')
    for (const said of ['Records that were merged into yours', 'ada@work.example', 'ada@example.com', 'Nobody here']) {
      assert.include(page.text(), said)
    }
  })
})
