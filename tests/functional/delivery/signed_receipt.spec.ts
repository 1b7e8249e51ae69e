import { execFile } from 'node:child_process'
import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { unzipSync } from 'fflate'
import canonicalize from 'canonicalize'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { applyEvents, sendAllOf } from '#delivery'
import { PeopleFile } from '#app/delivery/signed_receipt/people_file'
import { signingKey } from '#app/delivery/signed_receipt/signing_key'
import { record } from '#tests/support/consent'
import { connect } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'
import { campaign } from '#tests/support/written_campaign'

const run = promisify(execFile)

/** A campaign to five people, sent through a stand-in: Ben left before his turn. */
async function sent(client: any, { isSent = true } = {}) {
  const server = await theProvider()
  const story = await campaign(client, {}, { people: 5 })
  await connect(story.workspace)
  await story.api.post(`/${story.id}/send`)
  await db
    .from('shipments')
    .where({ workspace_id: story.workspace.id })
    .update({ not_before: new Date(0) })
  await record(story.workspace, story.topic, [story.ids[1]], { action: 'withdraw' })
  if (isSent) await sendAllOf({ workspaceId: story.workspace.id })
  const download = async () => {
    const answer = await fetch(`${appUrl}/api/v1/campaigns/${story.id}/receipt.zip`, {
      headers: { authorization: `Bearer ${story.token}` },
    })
    if (answer.headers.get('content-type') !== 'application/zip') throw new Error(await answer.text())
    return opened(Buffer.from(await answer.arrayBuffer()))
  }
  return { ...story, server, download }
}

/** What is in the ZIP, and where somebody unpacked it together with the key. */
async function opened(zip: Buffer) {
  const files = Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(zip))).map(([name, b]) => [name, Buffer.from(b)])
  )
  const json = JSON.parse(files['receipt.json'].toString())
  return { files, json, lines: files['receipt.csv'].toString().trim().split('\r\n') }
}

async function unpacked(client: any, { files, json }: Awaited<ReturnType<typeof opened>>) {
  const place = mkdtempSync(join(tmpdir(), 'receipt-'))
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(place, name), bytes)
  const key = await client.get(new URL(json.key_url).pathname)
  key.assertStatus(200)
  writeFileSync(join(place, 'key.pem'), key.text())
  return place
}

/** The commands that the operations page tells people to run. */
const commands = [...readFileSync('docs/operations.md', 'utf8').matchAll(/```sh check-receipt\n([^]*?)```/g)].map(
  ([, sh]) => sh
)

const check = (sh: string, cwd: string) =>
  run('sh', ['-c', sh], { cwd, env: process.env }).then(
    ({ stdout }) => stdout,
    () => 'NOT GENUINE'
  )

test.group('A signed receipt', () => {
  test('names everybody with every step, and the totals agree with the list', async ({ client, assert }) => {
    const story = await sent(client)
    const [ada] = await db.from('messages').where({ workspace_id: story.workspace.id, contact_id: story.ids[0] })
    const tell = (type: string, at: string) =>
      db.table('provider_events').insert({
        workspace_id: story.workspace.id,
        event_id: randomUUID(),
        type: `email.${type}`,
        body: JSON.stringify({
          data: {
            email_id: ada.provider_id,
            tags: { w: String(story.workspace.id), c: story.id, m: String(story.ids[0]) },
          },
        }),
        occurred_at: new Date(at),
      })
    await tell('sent', '2026-11-20T10:00:01Z')
    await tell('delivery_delayed', '2026-11-20T10:00:02Z')
    await tell('delivered', '2026-11-20T10:00:03Z')
    await applyEvents({ workspaceId: story.workspace.id })
    const { json, lines, files } = await story.download()
    assert.containsSubset(json, {
      type: 'assent.receipt',
      status: 'final',
      workspace: { id: String(story.workspace.id) },
      campaign: { id: story.id, name: 'Plums' },
      account: {
        candidates: 5,
        closes: true,
        open: 0,
        accepted: { total: 4 },
        withheld: { total: 1, reasons: { withdrawn: 1 } },
      },
      people: { file: 'receipt.csv', rows: 5, bytes: files['receipt.csv'].length },
    })
    assert.deepEqual(lines[0].replace('\uFEFF', '').split(','), json.people.columns)
    const row = (id: number) => {
      const cells = lines.find((line) => line.startsWith(`${id},`))!.split(',')
      return Object.fromEntries(json.people.columns.map((name: string, at: number) => [name, cells[at]]))
    }
    assert.containsSubset(row(story.ids[0]), {
      outcome: 'delivered',
      sent_at: '2026-11-20T10:00:01.000Z',
      delayed_at: '2026-11-20T10:00:02.000Z',
      delivered_at: '2026-11-20T10:00:03.000Z',
      letter: '1',
    })
    for (const step of ['queued_at', 'sealed_at', 'accepted_at']) assert.match(row(story.ids[0])[step], /^\d{4}-.*Z$/)
    assert.containsSubset(row(story.ids[1]), { outcome: 'withheld', reason: 'withdrawn', accepted_at: '' })
  })

  for (const sh of commands) {
    test(`is found genuine by ${sh.split(' ')[0]}, until a byte is changed`, async ({ client, assert }) => {
      const story = await sent(client)
      const receipt = await story.download()
      const place = await unpacked(client, receipt)
      assert.match(await check(sh, place), /^genuine$/m)
      const { 'receipt.json': json, 'receipt.csv': csv } = receipt.files
      writeFileSync(join(place, 'receipt.csv'), csv.toString().replace('withheld', 'accepted'))
      assert.notMatch(await check(sh, place), /^genuine$/m)
      writeFileSync(join(place, 'receipt.csv'), csv)
      writeFileSync(join(place, 'receipt.json'), json.toString().replace('"closes":true', '"closes":false'))
      assert.notMatch(await check(sh, place), /^genuine$/m)
    })
  }

  test('is canonical: whoever reads it and writes it again has the same bytes (RFC 8785)', async ({
    client,
    assert,
  }) => {
    const story = await sent(client)
    const { files, json } = await story.download()
    assert.equal(files['receipt.json'].toString(), canonicalize(json))
    assert.equal(json.people.sha256, createHash('sha256').update(files['receipt.csv']).digest('hex'))
  })

  test('of a campaign on its way says so', async ({ client, assert }) => {
    const story = await sent(client, { isSent: false })
    const { json, lines } = await story.download()
    assert.containsSubset(json, { status: 'interim', account: { open: 5, finished_at: null }, people: { rows: 5 } })
    assert.lengthOf(
      lines.filter((line) => line.includes(',queued,')),
      5
    )
  })

  test('is of one moment, whatever happens while it is read', async ({ client, assert }) => {
    const story = await sent(client, { isSent: false })
    const { workspace, id } = story
    const file = new PeopleFile({ workspace, campaign: { id: Number(id), name: 'Plums' } })
    const reading = file.lines()
    let csv = String((await reading.next()).value)
    await sendAllOf({ workspaceId: workspace.id })
    assert.equal((await story.download()).json.account.open, 0)
    for await (const page of reading) csv += page
    assert.containsSubset(file, { rows: 5, bytes: Buffer.byteLength(csv), account: { open: 5 } })
    assert.lengthOf(csv.match(/,queued,/g)!, 5)
  })

  test('whose reader goes away holds no connection', async ({ client, assert }) => {
    const { workspace, id } = await sent(client)
    const file = new PeopleFile({ workspace, campaign: { id: Number(id), name: 'Plums' } })
    const pool = db.connection().getWriteClient().client.pool
    const before = pool.numUsed()
    const reading = file.lines()
    await reading.next()
    assert.equal(pool.numUsed(), before + 1)
    await reading.return()
    assert.equal(pool.numUsed(), before)
  })

  test('has one key for all, kept encrypted, and told to anybody', async ({ client, assert }) => {
    const [one, other] = await Promise.all([signingKey(), signingKey()])
    assert.equal(one.id, other.id)
    const row = await db.from('signing_keys').where('id', one.id).first()
    assert.notInclude(row.private_key, 'PRIVATE')
    const answer = await client.get('/receipt-keys')
    answer.assertStatus(200)
    const { keys } = JSON.parse(answer.text() || JSON.stringify(answer.body()))
    const told = keys.find(({ kid }: any) => kid === one.id)
    assert.containsSubset(told, { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', retired_at: null })
    assert.isUndefined(told.d, 'the private part')
    const bytes = Buffer.from('bread')
    assert.isTrue(verify(null, bytes, createPublicKey({ key: told, format: 'jwk' }), one.sign(bytes)))
    ;(await client.get('/receipt-keys/unknown')).assertStatus(404)
  })

  test('a key that cannot be read any more is retired, and still told', async ({ client, assert }) => {
    const before = await signingKey()
    await db.from('signing_keys').where('id', before.id).update({ private_key: 'of another APP_KEY' })
    const after = await signingKey()
    assert.notEqual(after.id, before.id)
    ;(await client.get(`/receipt-keys/${before.id}`)).assertStatus(200)
  })

  test('nobody else’s, and none of what was never sent', async ({ client }) => {
    const story = await sent(client)
    const { token } = await bakery()
    ;(await client.get(`/api/v1/campaigns/${story.id}/receipt.zip`).bearerToken(token)).assertStatus(404)
    const draft = await campaign(client)
    ;(await draft.api.get(`/${draft.id}/receipt.zip`)).assertStatus(404)
  })
})
