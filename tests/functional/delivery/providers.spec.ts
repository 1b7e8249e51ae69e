import { getActiveTestOrFail, test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { channelFor } from '#delivery'
import { mailServer } from '#tests/support/mail_server'
import { standIn } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

function during(environment: Record<string, string>) {
  Object.assign(process.env, environment)
  getActiveTestOrFail().cleanup(() => {
    for (const name of Object.keys(environment)) delete process.env[name]
  })
}

async function office({ client }: { client: any }) {
  const server = await standIn()
  during({ RESEND_BASE_URL: server.url, ALLOW_PRIVATE_ADDRESSES: 'true' })
  const { workspace, token, user } = await bakery()
  const call = (method: 'get' | 'post' | 'patch' | 'delete', path = '', body: object = {}) => {
    const request = client[method](`/api/v1/providers${path}`).bearerToken(token)
    return method === 'get' || method === 'delete' ? request : request.json(body)
  }
  return {
    server,
    workspace,
    token,
    user,
    call,
    addResend: async (key: string, more: object = {}) =>
      (await call('post', '', { kind: 'resend', credentials: { api_key: key }, ...more })).body(),
    order: async () => (await call('get')).body().data.map(({ name }: any) => name),
  }
}

test.group('The providers of a workspace', () => {
  test('are as many as it likes, in its order, with secrets that never come out', async ({ client, assert }) => {
    const { call, workspace } = await office({ client })
    const { port } = await mailServer({
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _, done) =>
        password === 'fresh-bread-1' ? done(null, { user: username }) : done(new Error('Wrong password')),
    })
    const credentials = { host: '127.0.0.1', port, security: 'none', user: 'baker', password: 'fresh-bread-1' }
    ;(
      await call('post', '', { kind: 'resend', name: 'Our Resend', credentials: { api_key: 're_bakery_secret_1234' } })
    ).assertStatus(201)
    const smtp = await call('post', '', { kind: 'smtp', credentials, is_fallback: true })
    smtp.assertStatus(201)
    const list = await call('get')
    assert.containsSubset(list.body().data, [
      { kind: 'resend', name: 'Our Resend', hint: 're_ba…1234', position: 1, is_fallback: false, status: 'ok' },
      {
        kind: 'smtp',
        name: 'SMTP',
        hint: 'baker @ 127.0.0.1',
        settings: { host: '127.0.0.1', port, security: 'none', user: 'baker' },
        position: 2,
        is_fallback: true,
        webhook: { url: null, registered: false },
      },
    ])
    assert.notInclude(JSON.stringify(list.body()), 'fresh-bread-1')
    const rows = await db.from('provider_accounts').where({ workspace_id: workspace.id })
    assert.notInclude(JSON.stringify(rows), 'fresh-bread-1')
    assert.notInclude(JSON.stringify(rows), 're_bakery_secret_1234')
  })

  test('are tried before they are kept, and what is wrong is told by its field', async ({ client, assert }) => {
    const { call } = await office({ client })
    const { port } = await mailServer({
      disabledCommands: ['STARTTLS'],
      onAuth: (_, __, done) => done(new Error('Wrong password')),
    })
    const place = { host: '127.0.0.1', port, security: 'none' }
    const wrong = async (body: object) => {
      const answer = await call('post', '', body)
      return [answer.status(), ...answer.body().errors.map(({ field }: any) => field)]
    }
    const smtp = (credentials: object) => wrong({ kind: 'smtp', credentials })
    assert.deepEqual(await wrong({ kind: 'resend', credentials: {} }), [422, 'credentials.api_key'])
    assert.deepEqual(await wrong({ kind: 'resend', credentials: { api_key: 're_bad_key' } }), [
      422,
      'credentials.api_key',
    ])
    assert.deepEqual(await smtp({ host: '127.0.0.1' }), [422, 'credentials.port'])
    assert.deepEqual(await smtp({ ...place, user: 'baker', password: 'wrong' }), [422, 'credentials.password'])
    assert.deepEqual(await smtp({ ...place, security: 'starttls' }), [422, 'credentials.security'])
    assert.deepEqual(await smtp({ ...place, host: 'mail.nowhere.invalid' }), [422, 'credentials.host'])
    assert.deepEqual(await smtp({ ...place, port: 9 }), [503, 'credentials.port'])
    assert.lengthOf((await call('get')).body().data, 0)
  })

  test('a server of a private network is not connected to, unless the installation allows it', async ({
    client,
    assert,
  }) => {
    const { call } = await office({ client })
    delete process.env.ALLOW_PRIVATE_ADDRESSES
    let connections = 0
    const { port } = await mailServer({ onConnect: (_, done) => (connections++, done()) })
    for (const host of [
      '127.0.0.1',
      'localhost',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
    ]) {
      const answer = await call('post', '', { kind: 'smtp', credentials: { host, port, security: 'none' } })
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ field: 'credentials.host' }] })
      assert.match(answer.body().errors[0].message, /private network/, host)
    }
    assert.equal(connections, 0)
  })

  test('change their place, their name and part of their credentials', async ({ client, assert }) => {
    const { call, addResend, order, server } = await office({ client })
    const { id: first } = await addResend('re_first_key', { name: 'First' })
    await addResend('re_second_key', { name: 'Second' })
    await addResend('re_third_key', { name: 'Third' })
    ;(await call('patch', `/${first}`, { position: 3 })).assertBodyContains({ position: 3 })
    assert.deepEqual(await order(), ['Second', 'Third', 'First'])
    ;(await call('patch', `/${first}`, { position: 1, name: 'Main' })).assertBodyContains({ position: 1, name: 'Main' })
    assert.deepEqual(await order(), ['Main', 'Second', 'Third'])
    const refused = await call('patch', `/${first}`, { credentials: { api_key: 're_bad_key' } })
    refused.assertBodyContains({ errors: [{ field: 'credentials.api_key' }] })
    const known = await call('patch', `/${first}`, { credentials: { api_key: 're_second_key' } })
    known.assertStatus(409)
    known.assertBodyContains({ errors: [{ code: 'E_PROVIDER_KNOWN' }] })
    const moved = await call('patch', `/${first}`, { credentials: { api_key: 're_new_key_123456' } })
    moved.assertBodyContains({ hint: 're_ne…3456', webhook: { registered: true } })
    const { data: webhooks } = (await (
      await fetch(`${server.url}/webhooks`, { headers: { 'authorization': 'Bearer re_any', 'user-agent': 'test' } })
    ).json()) as any
    assert.lengthOf(webhooks, 3)
  })

  test('one of them stays switched on', async ({ client, assert }) => {
    const { call, addResend, workspace } = await office({ client })
    const { id: first } = await addResend('re_first_key')
    ;(await call('patch', `/${first}`, { status: 'off' })).assertStatus(409)
    const { id: second } = await addResend('re_second_key')
    ;(await call('patch', `/${first}`, { status: 'off' })).assertBodyContains({ status: 'off' })
    ;(await call('patch', `/${second}`, { status: 'off' })).assertStatus(409)
    ;(await call('delete', `/${second}`)).assertStatus(409)
    ;(await call('patch', `/${first}`, { status: 'ok' })).assertStatus(200)
    ;(await call('delete', `/${second}`)).assertStatus(204)
    ;(await call('delete', `/${first}`)).assertStatus(204)
    assert.equal((await channelFor(workspace.id)).kind, 'capture')
  })

  test('can be tried: without a mail, or with one to who asks', async ({ client, assert }) => {
    const { call, addResend, server, user } = await office({ client })
    const { id } = await addResend('re_first_key', { name: 'Our Resend' })
    ;(await call('post', `/${id}/test`)).assertBody({ ok: true, note: null, sent_to: null })
    assert.lengthOf(await server.mails({ to: user.email }), 0)
    ;(await call('post', `/${id}/test`, { send: true })).assertBody({ ok: true, note: null, sent_to: user.email })
    const [mail] = await server.mails({ to: user.email })
    assert.equal(mail.subject, 'A test of Our Resend')
    process.env.RESEND_BASE_URL = 'http://127.0.0.1:9'
    assert.containsSubset((await call('post', `/${id}/test`, { send: true })).body(), { ok: false, sent_to: null })
  })

  test("are nobody else's", async ({ client }) => {
    const { addResend } = await office({ client })
    const { id } = await addResend('re_first_key')
    const { token } = await bakery()
    const path = `/api/v1/providers/${id}`
    ;(await client.get(path).bearerToken(token)).assertStatus(404)
    ;(await client.patch(path).bearerToken(token).json({ name: 'Mine' })).assertStatus(404)
    ;(await client.delete(path).bearerToken(token)).assertStatus(404)
    ;(await client.post(`${path}/test`).bearerToken(token).json({})).assertStatus(404)
    const { token: editor } = await bakery({ role: 'editor' })
    ;(await client.post('/api/v1/providers').bearerToken(editor).json({ kind: 'resend' })).assertStatus(403)
  })
})
