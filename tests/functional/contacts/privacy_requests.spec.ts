import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { ada } from '#tests/support/ada'
import { ask } from '#tests/support/imports'
import { bakery, memberOf } from '#tests/support/workspace'

const at = '/privacy-requests'

test.group('Requests of people', () => {
  test('are due one month after they came, and wait in that order', async ({ client, assert }) => {
    const { token, id } = await ada(client)
    const record = async (more: object) => (await ask(token, 'POST', at, { contact_id: Number(id), ...more })).body
    const later = await record({ kind: 'objection' })
    const year = new Date().getUTCFullYear() - 1 // this year's January may be still to come
    const sooner = await record({ kind: 'access', channel: 'letter', received_on: `${year}-01-31`, note: 'by hand' })
    assert.deepInclude(sooner, {
      state: 'open',
      person: 'ada@example.com',
      received_on: `${year}-01-31`,
      due_on: `${year}-02-${year % 4 === 0 ? 29 : 28}`,
      channel: 'letter',
      settled_by: null,
    })
    const open = (await ask(token, 'GET', `${at}?state=open&count=1`)).body
    assert.deepEqual(
      open.data.map((one: any) => one.id),
      [sooner.id, later.id]
    )
    const future = await ask(token, 'POST', at, { contact_id: Number(id), kind: 'access', received_on: '2199-01-01' })
    assert.equal(future.status, 422)
    assert.equal(future.body.errors[0].field, 'received_on')
    const nobody = await ask(token, 'POST', at, { contact_id: 999_999_999, kind: 'access' })
    assert.equal(nobody.status, 404)
  })

  test('access is done with what was found, and the record reads as JSON and as a page', async ({ client, assert }) => {
    const { token, id, say } = await ada(client)
    await say()
    const request = (await ask(token, 'POST', at, { contact_id: Number(id), kind: 'access' })).body
    const done = await ask(token, 'POST', `${at}/${request.id}/fulfil`, {})
    assert.equal(done.status, 200)
    assert.deepInclude(done.body, { state: 'done' })
    assert.deepInclude(done.body.outcome.records, { ledger_entries: 1, fields: 1, messages: 0 })
    assert.equal((await ask(token, 'POST', `${at}/${request.id}/fulfil`, {})).status, 409)
    const json = (await client.get(`/api/v1/contacts/${id}/export`).bearerToken(token)).body()
    assert.deepInclude(json.privacy_requests[0], { kind: 'access', state: 'done' })
    const page = await client.get(`/api/v1/contacts/${id}/export`).bearerToken(token).accept('text/html')
    assert.match(page.text(), /<h1>What Blue Door Bakery keeps about you<\/h1>/)
    assert.include(page.text(), 'ada@example.com')
    assert.include(page.text(), json.consents.ledger[0].statement)
  })

  test('an objection ends everything and suppresses the address', async ({ client, assert }) => {
    const { workspace, token, id, say, check, consents } = await ada(client)
    await say()
    const request = (await ask(token, 'POST', at, { contact_id: Number(id), kind: 'objection' })).body
    const done = (await ask(token, 'POST', `${at}/${request.id}/fulfil`, {})).body
    assert.equal(done.outcome.ended, 1)
    assert.equal((await check()).reason, 'suppressed_objection')
    assert.equal((await consents()).state[0].status, 'withdrawn')
    const [suppression] = await db.from('suppressions').where('workspace_id', workspace.id)
    assert.deepInclude(suppression, { reason: 'objection', source: 'privacy request' })
  })

  test('an erasure is certified without naming anybody, asked for or not', async ({ client, assert }) => {
    const { workspace, token, id, say } = await ada(client)
    await say()
    const waiting = (await ask(token, 'POST', at, { contact_id: Number(id), kind: 'erasure', note: 'Ada wrote' })).body
    const other = (await ask(token, 'POST', at, { contact_id: Number(id), kind: 'access', note: 'Ada again' })).body
    const early = await ask(token, 'GET', `${at}/${waiting.id}/certificate`)
    assert.equal(early.status, 409)
    ;(await client.post(`/api/v1/contacts/${id}/erase`).bearerToken(token)).assertStatus(200)
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    const done = (await ask(token, 'GET', `${at}/${waiting.id}`)).body
    assert.deepInclude(done, { state: 'done', person: null, note: null })
    assert.deepInclude((await ask(token, 'GET', `${at}/${other.id}`)).body, { state: 'refused', note: null })
    const certificate = (await ask(token, 'GET', `${at}/${waiting.id}/certificate`)).body
    const [suppression] = await db.from('suppressions').where('workspace_id', workspace.id)
    assert.equal(certificate.address_hash, suppression.address_hash.toString('hex'))
    assert.deepInclude(certificate.records, { ledger_entries: 1, fields: 1 })
    const page = await client.get(`/api/v1${at}/${waiting.id}/certificate`).bearerToken(token).accept('text/html')
    assert.match(page.text(), /Certificate of erasure/)
    const rows = await db.from('privacy_requests').where('workspace_id', workspace.id)
    assert.notMatch(JSON.stringify(rows) + JSON.stringify(certificate) + page.text(), /ada/i)
  })

  test('are refused for a reason, by admins, and strangers see none of them', async ({ client, assert }) => {
    const { workspace, token, id } = await ada(client)
    const request = (await ask(token, 'POST', at, { contact_id: Number(id), kind: 'erasure' })).body
    const editor = await memberOf(workspace, { role: 'editor' })
    assert.equal((await ask(editor.token, 'POST', `${at}/${request.id}/fulfil`, {})).status, 403)
    const silent = await ask(token, 'POST', `${at}/${request.id}/refuse`, {})
    assert.equal(silent.body.errors[0].field, 'reason')
    const refused = await ask(token, 'POST', `${at}/${request.id}/refuse`, { reason: 'an invoice is open' })
    assert.deepInclude(refused.body, { state: 'refused', outcome: { reason: 'an invoice is open' } })
    assert.equal((await ask(token, 'POST', `${at}/${request.id}/fulfil`, {})).status, 409)
    const stranger = await bakery()
    assert.equal((await ask(stranger.token, 'GET', `${at}/${request.id}`)).status, 404)
    assert.equal((await ask(stranger.token, 'POST', `${at}/${request.id}/fulfil`, {})).status, 404)
    assert.lengthOf((await ask(stranger.token, 'GET', at)).body.data, 0)
  })
})
