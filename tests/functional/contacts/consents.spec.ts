import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { extractText, getDocumentProxy } from 'unpdf'
import { sealLedger } from '#consent'
import { plantTopic } from '#tests/support/consent'
import { tamper } from '#tests/support/owner'
import { bakery, memberOf } from '#tests/support/workspace'
import { ada, yes } from '#tests/support/ada'

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

  test('ends everywhere at the same moment: nothing has to run for it', async ({ client, assert }) => {
    const { token, topic, id, say, check, consents } = await ada(client)
    const rule = { consent: { channel: 'email', topic_id: String(topic.id), status: 'granted' } }
    const seen = async () => {
      const get = async (path: string) => (await client.get(`/api/v1${path}`).bearerToken(token)).body()
      const preview = await client.post('/api/v1/segments/preview').bearerToken(token).json({ rule })
      return {
        check: (await check()).reason,
        contact: (await consents()).state[0].status,
        topic: (await get('/topics')).data[0].people,
        overview: (await get('/overview')).totals.mailable,
        segment: preview.body().count,
        proof: (await get(`/contacts/${id}/consents/proof`)).state[0].status,
      }
    }
    const before = { check: null, contact: 'granted', topic: 1, overview: 1, segment: 1, proof: 'granted' }
    await say({ expires_at: '2099-01-01T00:00:00Z' })
    assert.deepEqual(await seen(), before)
    await say({ expires_at: new Date(Date.now() + 3_600_000).toISOString() })
    assert.deepEqual(await seen(), before)
    await db.rawQuery(`update consents set expires_at = expires_at - interval '1 hour' where contact_id = ?`, [id])
    const after = { check: 'expired', contact: 'expired', topic: 0, overview: 0, segment: 0, proof: 'expired' }
    assert.deepEqual(await seen(), after)
  })

  test('implied consent lasts two years after a purchase and six months after an inquiry, or less', async ({
    client,
    assert,
  }) => {
    const { say } = await ada(client)
    const ends = async (basis: string, more: object = {}) =>
      (await say({ basis, occurred_at: '2026-08-31T10:00:00Z', ...more })).body().expires_at
    assert.equal(await ends('casl_implied_ebr'), '2028-08-31T10:00:00.000Z')
    assert.equal(await ends('casl_implied_inquiry'), '2027-02-28T10:00:00.000Z')
    assert.equal(await ends('casl_implied_ebr', { expires_at: '2099-01-01T00:00:00Z' }), '2028-08-31T10:00:00.000Z')
    assert.equal(await ends('casl_implied_ebr', { expires_at: '2027-01-01T00:00:00Z' }), '2027-01-01T00:00:00.000Z')
    assert.isNull(await ends('consent_express'))
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
    const { say, token, id } = await ada(client)
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
    for (const topic of [String(theirs.id), '999999999']) {
      const about = { contact_id: id, topic_id: topic }
      const answer = await client.post('/api/v1/consents/check').bearerToken(token).json(about)
      answer.assertStatus(404)
      answer.assertBodyContains({ errors: [{ code: 'E_NO_SUCH_TOPIC', field: 'topic_id' }] })
    }
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
    assert.deepEqual(proof.body().chain, { verified: true, entries: 1, breaks: [], seal: null })
    assert.lengthOf(proof.body().ledger, 1)

    const page = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'text/html')
    page.assertStatus(200)
    assert.match(page.header('content-type')!, /text\/html/)
    assert.include(page.text(), 'paper list, autumn fair 2026')
    assert.include(page.text(), '&lt;script&gt;')
    assert.notInclude(page.text(), '<script>')
    assert.include(page.text(), 'recomputed and holds')
  })

  test('is a PDF with embedded fonts for who wants to keep it', async ({ client, assert }) => {
    const { token, at, say, id } = await ada(client)
    const words = 'Ναι, ja, да, yes: 中 '
    await say({ statement: words.repeat(200), ip: '203.0.113.7' })
    await say({ action: 'withdraw' })
    const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}${at}/proof`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/pdf' },
    })
    assert.equal(answer.headers.get('content-type'), 'application/pdf')
    assert.include(answer.headers.get('content-disposition')!, `proof-of-consent-${id}.pdf`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const pdf = bytes.toString('latin1')
    assert.match(pdf, /^%PDF-1\.7/)
    assert.match(pdf, /%%EOF\s*$/)
    assert.include(pdf, '/FontFile2')
    assert.include(pdf, '/Count 2', 'a statement of a page and a half leaves room for what follows')
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
    for (const said of [
      'Ναι, ja, да, yes: [U+4E2D]',
      'withdraw: Weekly specials',
      '203.0.113.7',
      'recomputed and holds',
    ]) {
      assert.include(text, said)
    }
  })

  test('names the seal that covers it, so that a copy shows what was there then', async ({ client, assert }) => {
    const { workspace, token, at, say } = await ada(client)
    await say()
    const proof = async () => (await client.get(`${at}/proof`).bearerToken(token)).body().chain
    assert.isNull((await proof()).seal)
    await sealLedger({ workspaceId: workspace.id })
    const { seal } = await proof()
    assert.equal(seal.no, 1)
    const page = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'text/html')
    assert.include(page.text(), `seal 1, ${seal.signature}`)
    await say({ action: 'withdraw' })
    assert.isNull((await proof()).seal, 'its newest entry is not sealed yet')
  })

  test('says aloud when somebody tampered', async ({ client, assert }) => {
    const { workspace, token, at, say } = await ada(client)
    await say()
    await say({ action: 'withdraw' })
    await tamper('consent_entries', async (trx) => {
      await trx.from('consent_entries').where({ workspace_id: workspace.id, action: 'withdraw' }).delete()
    })
    const proof = await client.get(`${at}/proof`).bearerToken(token)
    assert.isFalse(proof.body().chain.verified)
    assert.equal(proof.body().chain.breaks[0].why, 'cut')
    const page = await client.get(`${at}/proof`).bearerToken(token).header('accept', 'text/html')
    assert.include(page.text(), 'does not hold')
  })
})
