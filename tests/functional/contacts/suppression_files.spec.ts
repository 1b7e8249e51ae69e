import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { addressHash } from '#consent'
import { ada } from '#tests/support/ada'
import { anAdmin } from '#tests/support/suppressions'
import { bakery } from '#tests/support/workspace'

const send = async (token: string, body: string | Buffer, qs: Record<string, string> = {}) => {
  const query = new URLSearchParams({ file_name: 'gone.csv', ...qs })
  const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}/api/v1/suppressions/import?${query}`, {
    method: 'POST',
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'text/csv' },
    body: body as any,
  })
  return { status: answer.status, body: (await answer.json()) as any }
}

test.group('A file of suppressed addresses', () => {
  test('is counted first, then taken in whole, and again does no harm', async ({ client, assert }) => {
    const { workspace, token, say, check } = await ada(client)
    await say()
    await client.post('/api/v1/suppressions').bearerToken(token).json({ address: 'eve@example.com' })
    const file = 'Name;E-Mail\nAda;ADA@example.com\nEve;eve@example.com\nAda;ada@example.com\nNobody;none\n;\n'
    const counts = { rows: 4, new: 1, known: 1, duplicates: 1, invalid: 1, people: 1 }
    const counted = await send(token, file, { dry_run: '1' })
    assert.equal(counted.status, 200)
    assert.deepInclude(counted.body, { dry_run: true, file_name: 'gone.csv', ...counts })
    assert.deepInclude(counted.body.samples[0], { line: 5, value: 'none' })
    assert.isTrue((await check()).may_receive)

    const taken = await send(token, file, { reason: 'unsubscribed_all', note: 'from the old tool' })
    assert.equal(taken.status, 201)
    assert.deepInclude(taken.body, { dry_run: false, ...counts })
    assert.equal((await check()).reason, 'suppressed_unsubscribed_all')
    const rows = await db.from('suppressions').where('workspace_id', workspace.id).orderBy('id')
    assert.deepInclude(rows[1], { source: 'file: gone.csv', note: 'from the old tool', reason: 'unsubscribed_all' })
    const again = await send(token, file, { reason: 'unsubscribed_all' })
    assert.deepInclude(again.body, { new: 0, known: 2 })
  })

  test('may be a plain list without a header, in any encoding, of tens of thousands of addresses', async ({
    assert,
  }) => {
    const { workspace, token } = await bakery()
    const utf16 = Buffer.from('\uFEFFada@example.com\r\nben@example.com\r\n', 'utf16le')
    assert.deepInclude((await send(token, utf16)).body, { rows: 2, new: 2 })
    const many = Array.from({ length: 30_000 }, (_, i) => `person${i}@example.com`).join('\n')
    const answer = await send(token, many)
    assert.deepInclude(answer.body, { rows: 30_000, new: 30_000, invalid: 0 })
    const [{ n }] = (
      await db.rawQuery('select count(*)::int as n from suppressions where workspace_id = ?', [workspace.id])
    ).rows
    assert.equal(n, 30_002)
  })

  test('of hashes is refused, and so is what has no addresses; nothing changes', async ({ assert }) => {
    const { workspace, token } = await bakery()
    const refused = async (text: string | Buffer, words: RegExp, qs = {}) => {
      const answer = await send(token, text, qs)
      assert.equal(answer.status, 422, String(text).slice(0, 40))
      assert.match(answer.body.errors[0].message, words)
      return answer.body.errors[0]
    }
    assert.equal((await refused(`${'ab'.repeat(32)}\n${'cd'.repeat(32)}\n`, /hashes/)).field, 'file')
    await refused('', /empty/)
    await refused('name,town\nAda,Bristol\n', /None of the columns/)
    await refused('email\nnobody\n', /no e-mail address/)
    await refused(Buffer.from('504b030414000600', 'hex'), /Excel/)
    assert.equal((await refused('a@example.com', /./, { reason: 'erased' })).field, 'reason')
    assert.lengthOf(await db.from('suppressions').where('workspace_id', workspace.id), 0)
    const tooLarge = await send(token, Buffer.alloc(20_100_000, 'a'))
    assert.equal(tooLarge.status, 413)
    const viewer = await bakery({ role: 'editor' })
    assert.equal((await send(viewer.token, 'a@example.com')).status, 403)
  })
})

test.group('Letting an address receive again', () => {
  test('after the person said no, or a list says so, is for people, and what was agreed before ends: {$self}')
    .with(['unsubscribed_all', 'imported'])
    .run(async ({ client, assert }, reason) => {
      const { workspace, token, say, check } = await ada(client)
      await say()
      const suppressed = await client
        .post('/api/v1/suppressions')
        .bearerToken(token)
        .json({ address: 'ada@example.com', reason })
      const at = `/api/v1/suppressions/${suppressed.body().id}`
      const byProgram = await client.delete(at).bearerToken(token).json({ reason: 'she called us' })
      byProgram.assertStatus(403)
      assert.equal(byProgram.body().errors[0].code, 'E_NEEDS_A_PERSON')

      const browser = await anAdmin(workspace)
      assert.equal((await browser.ask('DELETE', at, { reason: 'she called us' })).status, 204)
      assert.deepInclude(await check(), { may_receive: false, reason: 'withdrawn' })
      await say()
      assert.isTrue((await check()).may_receive)
      const audited = await db
        .from('audit_entries')
        .where({ workspace_id: workspace.id, action: 'address.unsuppressed' })
      const hash = addressHash(workspace.id, 'ada@example.com').toString('hex')
      assert.deepEqual(audited[0].details, { was: reason, reason: 'she called us', address_hash: hash })
      assert.equal(audited[0].actor_kind, 'user')
    })

  test(
    'after a bounce, a mistake or what a provider said is for people, too, and leaves what was agreed for 30 days: {$self}'
  )
    .with(['manual', 'hard_bounce', 'soft_bounce', 'provider'])
    .run(async ({ client, assert }, reason) => {
      const { workspace, token, say, check } = await ada(client)
      await say()
      const admin = await anAdmin(workspace)
      const suppressedFor = async (days: number) => {
        const [{ id }] = await db
          .table('suppressions')
          .insert({
            workspace_id: workspace.id,
            address_hash: addressHash(workspace.id, 'ada@example.com'),
            address: 'ada@example.com',
            reason,
            source: 'test',
            created_at: DateTime.now().minus({ days }).toJSDate(),
          })
          .returning('id')
        return `/api/v1/suppressions/${id}`
      }
      const asksAnew = async () => (await admin.get('/api/v1/suppressions')).body.data[0].needs_new_consent

      const fresh = await suppressedFor(29)
      const byProgram = await client.delete(fresh).bearerToken(token).json({ reason: 'the mailbox works again' })
      byProgram.assertStatus(403)
      assert.equal(byProgram.body().errors[0].code, 'E_NEEDS_A_PERSON')
      assert.isFalse(await asksAnew())
      assert.equal((await admin.ask('DELETE', fresh, { reason: 'their server was down' })).status, 204)
      assert.isTrue((await check()).may_receive)

      const old = await suppressedFor(31)
      assert.isTrue(await asksAnew())
      assert.equal((await admin.ask('DELETE', old, { reason: 'the mailbox works again' })).status, 204)
      assert.deepInclude(await check(), { may_receive: false, reason: 'withdrawn' })
    })

  test('after an erasure needs the address, and grants nothing', async ({ client, assert }) => {
    const { workspace, token, id, say } = await ada(client)
    await say()
    await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)
    const [erased] = await db.from('suppressions').where('workspace_id', workspace.id)
    const browser = await anAdmin(workspace)
    const lift = (more: object) =>
      browser.ask('DELETE', `/api/v1/suppressions/${erased.id}`, { reason: 'she asked', ...more })
    const without = await lift({})
    assert.equal(without.status, 422)
    assert.equal(without.body.errors[0].field, 'address')
    assert.equal((await lift({ address: 'ben@example.com' })).status, 422)
    assert.equal((await lift({ address: 'Ada@example.com' })).status, 204)
    assert.lengthOf(await db.from('suppressions').where('workspace_id', workspace.id), 0)
  })
})
