import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ensureMonth, thisMonth } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { plantTopic, record } from '#tests/support/consent'
import { bakery, memberOf } from '#tests/support/workspace'

const yes = {
  channel: 'email',
  action: 'grant',
  basis: 'consent_express',
  statement: 'Yes, write to me about the weekly specials.',
  source: 'paper list, autumn fair 2026',
}

/** A bakery with a topic and Ada, and the doors to what she agreed to. */
async function ada(client: any, email: string | null = 'ada@example.com') {
  const { workspace, token } = await bakery()
  const topic = await plantTopic(workspace)
  const person = email === null ? { first_name: 'Ada' } : { email }
  const { id } = (await client.post('/api/v1/contacts').bearerToken(token).json(person)).body()
  const at = `/api/v1/contacts/${id}/consents`
  return {
    workspace,
    token,
    topic,
    id,
    at,
    say: (more: object = {}) =>
      client
        .post(at)
        .bearerToken(token)
        .json({ ...yes, topic_id: String(topic.id), ...more }),
    check: async () =>
      (
        await client
          .post('/api/v1/consents/check')
          .bearerToken(token)
          .json({ contact_id: id, channel: 'email', topic_id: String(topic.id) })
      ).body(),
    consents: async () => (await client.get(at).bearerToken(token)).body(),
  }
}

test.group('Consent by hand and by program', () => {
  test('is granted with its evidence and withdrawn at once', async ({ client, assert }) => {
    const { workspace, topic, say, check, consents } = await ada(client)
    assert.isFalse((await check()).may_receive)

    const granted = await say({
      statement_version: '3',
      language: 'en',
      ip: '203.0.113.7',
      user_agent: 'Firefox',
      occurred_at: '2026-10-03T10:00:00Z',
      expires_at: '2099-01-01T00:00:00Z',
    })
    granted.assertStatus(201)
    assert.deepInclude(granted.body(), {
      ...yes,
      topic_id: String(topic.id),
      topic_name: 'Weekly specials',
      status: 'granted',
      statement_version: '3',
      language: 'en',
      ip: '203.0.113.7',
      user_agent: 'Firefox',
      occurred_at: '2026-10-03T10:00:00.000Z',
      expires_at: '2099-01-01T00:00:00.000Z',
      source_kind: 'api',
      previous_hash: null,
    })
    assert.match(granted.body().hash, /^[0-9a-f]{64}$/)
    assert.isTrue(granted.body().stands.may_receive)
    const verdict = await check()
    assert.isTrue(verdict.may_receive)
    assert.isTrue(verdict.reasons.every(({ holds, detail }: any) => holds && detail))

    const withdrawn = await say({ action: 'withdraw', basis: undefined, statement: undefined, source: undefined })
    withdrawn.assertStatus(201)
    assert.equal(withdrawn.body().previous_hash, granted.body().hash)
    assert.deepInclude(await check(), { may_receive: false, reason: 'withdrawn' })

    const { state, ledger } = await consents()
    assert.lengthOf(state, 1)
    assert.deepInclude(state[0], { channel: 'email', status: 'withdrawn', may_receive: false, reason: 'withdrawn' })
    assert.deepEqual(
      ledger.map(({ action }: any) => action),
      ['withdraw', 'grant']
    )
    const audited = await db
      .from('audit_entries')
      .where({ workspace_id: workspace.id })
      .whereLike('action', 'consent.%')
    assert.lengthOf(audited, 2)
    const announced = await db.from('domain_events').where({ workspace_id: workspace.id, name: 'consent.changed' })
    assert.lengthOf(announced, 2)
  })

  test('of basis {$self} is written down and carries no mail')
    .with(['unknown', 'contract_transactional', 'legitimate_interest_b2b'])
    .run(async ({ client, assert }, basis) => {
      const { say, check, consents } = await ada(client)
      ;(await say({ basis })).assertStatus(201)
      const verdict = await check()
      assert.isFalse(verdict.may_receive)
      assert.deepEqual(
        verdict.reasons.filter(({ holds }: any) => !holds).map(({ rule }: any) => rule),
        ['basis_mailable']
      )
      assert.equal((await consents()).state[0].status, 'granted')
    })

  test('expires by itself, and says so', async ({ client, assert }) => {
    const { say, check, consents } = await ada(client)
    await say({ occurred_at: '2026-01-01T00:00:00Z', expires_at: '2026-02-01T00:00:00Z' })
    assert.equal((await consents()).state[0].status, 'expired')
    assert.equal((await check()).reason, 'expired')
  })

  test('without an address, with an archived topic or a suppressed address, nothing may be sent', async ({
    client,
    assert,
  }) => {
    const nobody = await ada(client, null)
    await nobody.say()
    assert.equal((await nobody.check()).reason, 'no_address')

    const other = await ada(client)
    await other.say()
    await client.post('/api/v1/suppressions').bearerToken(other.token).json({ address: 'ADA@example.com' })
    assert.equal((await other.check()).reason, 'suppressed_manual')

    const third = await ada(client)
    await third.say()
    await client.delete(`/api/v1/topics/${third.topic.id}`).bearerToken(third.token)
    assert.equal((await third.check()).reason, 'topic_archived')
    ;(await third.say()).assertStatus(422)
    ;(await third.say({ action: 'withdraw' })).assertStatus(201)
  })

  test('says what is missing or wrong', async ({ client, assert }) => {
    const { say } = await ada(client)
    const wrong: [object, string][] = [
      [{ statement: undefined }, 'statement'],
      [{ statement: '  \u0000 ' }, 'statement'],
      [{ source: '' }, 'source'],
      [{ basis: undefined }, 'basis'],
      [{ basis: 'they like us' }, 'basis'],
      [{ action: 'confirm' }, 'action'],
      [{ channel: 'pigeon' }, 'channel'],
      [{ occurred_at: 'yesterday' }, 'occurred_at'],
      [{ occurred_at: '2999-01-01' }, 'occurred_at'],
      [{ expires_at: '2020-01-01', occurred_at: '2021-01-01' }, 'expires_at'],
      [{ ip: '999.1.1.1' }, 'ip'],
      [{ statement: 'x'.repeat(100_000) }, 'statement'],
      [{ topic_id: 'abc' }, 'topic_id'],
      [{ topic_id: '99999999999999999999' }, 'topic_id'],
    ]
    for (const [more, field] of wrong) {
      const answer = await say(more)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, field, JSON.stringify(more).slice(0, 80))
    }
    const stranger = await bakery()
    const theirs = await plantTopic(stranger.workspace)
    ;(await say({ topic_id: String(theirs.id) })).assertStatus(404)
  })

  test('a viewer reads and asks, and does not write', async ({ client }) => {
    const { workspace, at, topic, id } = await ada(client)
    const { token } = await memberOf(workspace, { role: 'viewer' })
    ;(await client.get(at).bearerToken(token)).assertStatus(200)
    ;(
      await client
        .post('/api/v1/consents/check')
        .bearerToken(token)
        .json({ contact_id: id, topic_id: String(topic.id) })
    ).assertStatus(200)
    ;(
      await client
        .post(at)
        .bearerToken(token)
        .json({ ...yes, topic_id: String(topic.id) })
    ).assertStatus(403)
  })

  test('two grants and a withdrawal at once leave one unbroken chain', async ({ client, assert }) => {
    const { workspace, say, at, token } = await ada(client)
    await Promise.all([say(), say(), say({ action: 'withdraw' }), say(), say({ action: 'withdraw' })])
    const ledger = await db.from('consent_entries').where({ workspace_id: workspace.id }).orderBy('id')
    assert.lengthOf(ledger, 5)
    assert.lengthOf(new Set(ledger.map(({ previous_hash: hash }) => hash?.toString('hex') ?? 'first')), 5)
    const proof = await client.get(`${at}/proof`).bearerToken(token)
    assert.isTrue(proof.body().chain.verified)
  })

  test('topics say how many agreed, without those who are gone', async ({ client, assert }) => {
    const { token, say, id, topic } = await ada(client)
    await say()
    const people = async () =>
      (await client.get('/api/v1/topics').bearerToken(token)).body().data.map((one: any) => one.people)
    assert.deepEqual(await people(), [1])
    await client.delete(`/api/v1/contacts/${id}`).bearerToken(token)
    assert.deepEqual(await people(), [0])
    await client.delete(`/api/v1/topics/${topic.id}`).bearerToken(token)
    assert.deepEqual(await people(), [])
    const all = await client.get('/api/v1/topics?include_archived=1').bearerToken(token)
    assert.lengthOf(all.body().data, 1)
    assert.isString(all.body().data[0].archived_at)
  })
})

test.group('The proof', () => {
  test('is JSON for programs and a page for people, with every wording and the chain', async ({ client, assert }) => {
    const { token, at, say } = await ada(client)
    await say({ statement: 'Yes <script>alert(1)</script> please' })
    const proof = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'application/json')
    proof.assertStatus(200)
    assert.equal(proof.body().contact.email, 'ada@example.com')
    assert.deepEqual(proof.body().chain, { verified: true, entries: 1, breaks: [] })
    assert.lengthOf(proof.body().ledger, 1)

    const page = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'text/html')
    page.assertStatus(200)
    assert.match(page.header('content-type')!, /text\/html/)
    assert.include(page.text(), 'paper list, autumn fair 2026')
    assert.include(page.text(), '&lt;script&gt;')
    assert.notInclude(page.text(), '<script>')
    assert.include(page.text(), 'recomputed and holds')
  })

  test('says aloud when somebody tampered', async ({ client, assert }) => {
    const { workspace, token, at, say } = await ada(client)
    await say()
    await say({ action: 'withdraw' })
    await db.transaction(async (trx) => {
      await trx.rawQuery(`set local assent.ledger_erasure = 'on'`)
      await trx.from('consent_entries').where({ workspace_id: workspace.id, action: 'withdraw' }).delete()
    })
    const proof = await client.get(`${at}/proof`).bearerToken(token)
    assert.isFalse(proof.body().chain.verified)
    assert.equal(proof.body().chain.breaks[0].why, 'cut')
    const page = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'text/html')
    assert.include(page.text(), 'does not hold')
  })
})

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
    const told = (id: number) => ({ id, email: 'ada@example.com', merge: { contact: { first_name: 'Zebedee' } } })
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
})
