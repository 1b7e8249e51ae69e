import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Browser } from '#tests/support/browser'
import { bakery, memberOf } from '#tests/support/workspace'

const bearer = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more })

test.group('Answers to what cannot be answered', () => {
  test('malformed JSON is a 400 in the one shape of errors, with the id of the request', async ({ assert }) => {
    const { token } = await bakery()
    const answer = await new Browser().ask('POST', '/api/v1/topics', '{"name": ada@example.com', bearer(token))
    assert.equal(answer.status, 400)
    assert.equal(answer.body.errors[0].code, 'E_MALFORMED')
    assert.equal(answer.body.request_id, answer.headers.get('x-request-id'))
    assert.notInclude(answer.text, 'ada@example.com')
  })

  test('what is wrong in a list is named with its place and the name of the list', async ({ assert }) => {
    const { token } = await bakery()
    const wish = { name: 'Fresh', audience: { contact_ids: ['1', 2] } }
    const answer = await new Browser().ask('POST', '/api/v1/campaigns', wish, bearer(token))
    assert.equal(answer.status, 422)
    assert.equal(answer.body.errors[0].message, 'The audience.contact_ids.1 field must be a string')
  })

  test('a NUL in a question or an object for a cursor is a 400, not a failure', async ({ assert }) => {
    const { token } = await bakery()
    for (const path of ['outbox?q=a%00', 'outbox?cursor[a]=b', 'audit?action=%00']) {
      const answer = await new Browser().ask('GET', `/api/v1/${path}`, undefined, bearer(token))
      assert.equal(answer.status, 400, path)
    }
    const signIn = await new Browser().ask('POST', '/webhooks/resend/%00', '{}', {
      'svix-id': 'a',
      'svix-timestamp': '1',
      'svix-signature': 'x',
    })
    assert.equal(signIn.status, 400)
  })

  test('signing in with a token beside it is refused in words, for a session would come of nothing', async ({
    assert,
  }) => {
    const { user, token } = await bakery()
    const credentials = { email: user.email, password: 'correct horse battery' }
    const answer = await new Browser().ask('POST', '/api/v1/session', credentials, bearer(token))
    assert.equal(answer.status, 400)
  })

  test('more than five megabytes is a 413', async ({ assert }) => {
    const { token } = await bakery()
    const answer = await new Browser().ask('POST', '/api/v1/topics', { name: 'x'.repeat(5_300_000) }, bearer(token))
    assert.equal(answer.status, 413)
    assert.equal(answer.body.errors[0].code, 'E_TOO_LARGE')
  })

  test('a body of another type is a 415', async ({ assert }) => {
    const { token } = await bakery()
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await new Browser().ask(
        'POST',
        '/api/v1/topics',
        'name=x',
        bearer(token, { 'content-type': type })
      )
      assert.equal(answer.status, 415, type)
      assert.equal(answer.body.errors[0].code, 'E_UNSUPPORTED_TYPE')
    }
  })

  test('an unknown address below /api is a 404 in JSON, whatever the caller accepts', async ({ assert }) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await new Browser().ask(method, '/api/v1/nothing-here', undefined, { accept: 'text/html' })
      assert.equal(answer.status, 404)
      assert.equal(answer.body.errors[0].code, 'E_NOT_FOUND')
    }
  })

  test('a wrong method is a 405 that names the right ones', async ({ assert }) => {
    const answer = await new Browser().ask('PUT', '/api/v1/topics')
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'GET, POST')
    assert.equal(answer.body.errors[0].code, 'E_METHOD_NOT_ALLOWED')
  })
})

test.group('Idempotency-Key', () => {
  const make = (token: string, key: string, name: string) =>
    new Browser().ask('POST', '/api/v1/topics', { name }, bearer(token, { 'idempotency-key': key }))

  test('the same request again gets the first answer and makes nothing new', async ({ assert }) => {
    const { token, workspace } = await bakery()
    const key = randomUUID()
    const first = await make(token, key, 'News')
    const again = await make(token, key, 'News')
    assert.equal(first.status, 201)
    assert.equal(again.status, 201)
    assert.deepEqual(again.body, first.body)
    assert.equal(again.headers.get('idempotent-replayed'), 'true')
    const [{ n }] = await db.from('topics').where('workspace_id', workspace.id).count('* as n')
    assert.equal(Number(n), 1)
  })

  test('another body with the same key is a 409', async ({ assert }) => {
    const { token } = await bakery()
    const key = randomUUID()
    await make(token, key, 'News')
    const other = await make(token, key, 'Offers')
    assert.equal(other.status, 409)
    assert.equal(other.body.errors[0].code, 'E_IDEMPOTENCY_KEY_REUSED')
  })

  test('of many at once, one works; the others are told to wait or get its answer', async ({ assert }) => {
    const { token, workspace } = await bakery()
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => make(token, key, 'News')))
    for (const answer of answers) assert.include([201, 409], answer.status)
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      assert.equal(body.errors[0].code, 'E_IDEMPOTENCY_KEY_IN_USE')
    }
    const [{ n }] = await db.from('topics').where('workspace_id', workspace.id).count('* as n')
    assert.equal(Number(n), 1)
  })

  test('a request that failed frees its key', async ({ assert }) => {
    const { token } = await bakery()
    const key = randomUUID()
    assert.equal((await make(token, key, '')).status, 422)
    assert.equal((await make(token, key, 'News')).status, 201)
  })

  test('belongs to one workspace and one caller', async ({ assert }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const key = randomUUID()
    const first = await make(ours.token, key, 'News')
    const elsewhere = await make(theirs.token, key, 'News')
    assert.notEqual(elsewhere.body.id, first.body.id)
    const colleague = await memberOf(ours.workspace)
    assert.equal((await make(colleague.token, key, 'News')).status, 409)
  })

  test('what is stored holds no secret in the clear', async ({ assert }) => {
    const { token, workspace } = await bakery()
    const body = { name: 'Shop', scopes: ['contacts:read'] }
    const headers = bearer(token, { 'idempotency-key': randomUUID() })
    const made = await new Browser().ask('POST', '/api/v1/tokens', body, headers)
    const again = await new Browser().ask('POST', '/api/v1/tokens', body, headers)
    assert.equal(made.status, 201)
    assert.equal(again.body.token, made.body.token)
    const row = await db.from('idempotency_keys').where('workspace_id', workspace.id).first()
    assert.notInclude(JSON.stringify(row), made.body.token)
  })

  test('a key that is none is a 400', async ({ assert }) => {
    const { token } = await bakery()
    assert.equal((await make(token, 'x'.repeat(256), 'News')).status, 400)
  })
})
