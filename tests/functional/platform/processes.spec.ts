import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { Browser } from '#tests/support/browser'
import { startCommand, startWeb, until } from '#tests/support/processes'
import { bakery } from '#tests/support/workspace'

/** A web process that writes its log. */
const web = (env: Record<string, string> = {}) => startWeb({ LOG_LEVEL: 'info', ...env })

test.group('Processes', () => {
  test('a browser hears what was touched elsewhere, and the web process ends at once when asked, open lines or not', async ({
    assert,
  }) => {
    const { user, workspace } = await bakery()
    const stranger = await bakery()
    const server = await web()
    const browser = await Browser.signedIn(user, undefined, server.url)
    const uid = 'test-line'
    const line = await fetch(`${server.url}/__transmit/events?uid=${uid}`, {
      headers: { cookie: browser.cookieHeader, accept: 'text/event-stream' },
    })
    assert.equal(line.status, 200)
    const theirs = await browser.post('/__transmit/subscribe', { uid, channel: `workspaces/${stranger.workspace.id}` })
    assert.equal(theirs.status, 400)
    const ours = await browser.post('/__transmit/subscribe', { uid, channel: `workspaces/${workspace.id}` })
    assert.equal(ours.status, 204)

    await until('the process hears what is touched', async () => {
      const listening = db.from('pg_stat_activity').where({ application_name: 'assent listen', state: 'idle' })
      return (await listening.whereRaw('datname = current_database()')).length > 0
    })
    const reader = line.body!.pipeThrough(new TextDecoderStream()).getReader()
    await db.transaction(async (trx) => {
      await touch(trx, stranger.workspace.id, ['contacts/1'])
      await touch(trx, workspace.id, ['contacts/2'])
    })
    let heard = ''
    while (!heard.includes('contacts/2')) heard += (await reader.read()).value
    assert.include(
      heard,
      JSON.stringify({ channel: `workspaces/${workspace.id}`, payload: { invalidate: ['contacts/2'] } })
    )
    assert.notInclude(heard, 'contacts/1')

    const asked = Date.now()
    assert.equal(await server.kill('SIGTERM'), 0)
    assert.isBelow(Date.now() - asked, 20_000, 'requests in hand would have twenty-five seconds')
  })

  test('nobody listens without a session', async ({ assert }) => {
    const answer = await new Browser().get('/__transmit/events?uid=x')
    assert.equal(answer.status, 401)
  })

  test('the command `worker` signs, and ends cleanly when asked', async ({ assert }) => {
    const worker = startCommand(['worker'], { LOG_LEVEL: 'info' })
    await until('it says that it works', async () => worker.output().includes('worker started'))
    assert.equal(await worker.kill('SIGTERM'), 0)
    assert.include(worker.output(), '"finished":true')
  })

  test('no line of the log holds an address, a token or what was sent', async ({ assert }) => {
    const { user, token } = await bakery()
    const server = await web()
    const browser = await Browser.signedIn(user, undefined, server.url)
    const secrets = [
      user.email,
      token,
      'kilo.lima@example.com',
      'SECRETSECRETSECRETSECRETSECRETSECRET',
      'correct horse battery',
    ]
    const auth = { authorization: `Bearer ${token}` }
    await browser.post('/api/v1/session', {
      email: 'kilo.lima@example.com',
      password: 'SECRETSECRETSECRETSECRETSECRETSECRET',
    })
    await browser.ask(
      'PUT',
      '/api/v1/contacts/by-email/kilo.lima@example.com',
      { last_name: 'SECRETSECRETSECRETSECRETSECRETSECRET' },
      auth
    )
    await browser.ask('GET', '/api/v1/contacts?q=kilo.lima@example.com', undefined, auth)
    await browser.ask('POST', '/u/SECRETSECRETSECRETSECRETSECRETSECRET')
    await browser.ask('GET', '/p/SECRETSECRETSECRETSECRETSECRETSECRET?email=kilo.lima@example.com')
    await browser.ask('GET', '/api/v1/password-resets/SECRETSECRETSECRETSECRETSECRETSECRET')
    await browser.ask('GET', '/nowhere/kilo.lima@example.com')
    await browser.ask('POST', '/api/v1/topics', '{"name": "kilo.lima@example.com', { ...auth })
    await browser.ask('POST', '/api/v1/topics', { name: 'kilo.lima@example.com' }, auth)
    const lines = await until('each request has its line', async () => {
      const requests = server
        .output()
        .split('\n')
        .filter((line) => line.includes('"msg":"request"'))
      return requests.length >= 10 && requests
    })
    for (const line of lines) assert.properties(JSON.parse(line), ['request_id', 'method', 'route', 'status', 'ms'])
    for (const secret of secrets) assert.notInclude(server.output(), secret)
  })

  test('metrics want their token when there is one', async ({ assert }) => {
    const server = await web({ METRICS_TOKEN: 'let me see' })
    assert.equal((await fetch(`${server.url}/metrics`)).status, 401)
    const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer let me see' } })
    assert.equal(answer.status, 200)
    const text = await answer.text()
    assert.match(
      text,
      /assent_http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="2xx"\} [1-9]/
    )
    assert.match(text, /assent_process_resident_memory_bytes \d+/)
    assert.match(text, /assent_processes\{kind="web"\} [1-9]/)
    assert.match(text, /# TYPE assent_messages gauge/)
  })
})

test.group('Health', () => {
  test('the process lives', async ({ client }) => {
    ;(await client.get('/health/live')).assertStatus(200)
  })

  test('ready means: database, migrations and a young heartbeat of a worker; otherwise 503 names the part', async ({
    client,
    assert,
  }) => {
    await db.from('heartbeats').where('kind', 'worker').delete()
    const without = await client.get('/health/ready')
    without.assertStatus(503)
    assert.isFalse(without.body().checks.worker.ok)
    assert.isTrue(without.body().checks.database.ok)
    assert.isTrue(without.body().checks.migrations.ok)

    await db.table('heartbeats').insert({ process_id: 'test-worker', kind: 'worker' })
    ;(await client.get('/health/ready')).assertStatus(200)

    await db.rawQuery(`update heartbeats set seen_at = now() - interval '31 seconds' where process_id = 'test-worker'`)
    const late = await client.get('/health/ready')
    late.assertStatus(503)
    assert.match(late.body().checks.worker.note, /The last worker signed \d+ s ago/)
    await db.from('heartbeats').where('process_id', 'test-worker').delete()
  })
})
