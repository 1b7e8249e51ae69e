import { test } from '@japa/runner'
import { Browser } from '#tests/support/browser'
import { bakery } from '#tests/support/workspace'

test.group('Requests across sites', () => {
  test('a session without the CSRF token changes nothing: 403 in JSON', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.signedIn(user)
    const answer = await browser.ask('POST', '/api/v1/topics', { name: 'x' }, { 'x-xsrf-token': '' })
    assert.equal(answer.status, 403)
    assert.equal(answer.body.errors[0].code, 'E_BAD_CSRF_TOKEN')
    assert.equal((await browser.post('/api/v1/topics', { name: 'x' })).status, 201)
  })

  test('signing in needs it too', async ({ assert }) => {
    const { user } = await bakery()
    const body = { email: user.email, password: 'correct horse battery' }
    const answer = await new Browser().post('/api/v1/session', body)
    assert.equal(answer.status, 403)
  })

  test('a program with a token needs none, and its token alone counts: the cookie beside it does not', async ({
    assert,
  }) => {
    const { token, user } = await bakery()
    const program = await new Browser().ask(
      'POST',
      '/api/v1/topics',
      { name: 'x' },
      { authorization: `Bearer ${token}` }
    )
    assert.equal(program.status, 201)
    const browser = await Browser.signedIn(user)
    for (const authorization of ['Bearer nonsense', 'Basic eDp5']) {
      const answer = await browser.ask('POST', '/api/v1/topics', { name: 'y' }, { authorization, 'x-xsrf-token': '' })
      assert.equal(answer.status, 401, authorization)
    }
  })
})

test.group('Cookies', () => {
  test('of the session are for the server only, and for this site', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    const answer = await browser.post('/api/v1/session', { email: user.email, password: 'correct horse battery' })
    const session = answer.setCookies.filter((line) => !line.startsWith('XSRF-TOKEN'))
    assert.isNotEmpty(session)
    for (const line of session) {
      assert.match(line, /HttpOnly/i)
      assert.match(line, /SameSite=Lax/i)
      assert.match(line, /Path=\//i)
    }
  })

  test('are not given to programs', async ({ client, assert }) => {
    const { token } = await bakery()
    const answer = await client.get('/api/v1/topics').bearerToken(token)
    assert.isUndefined(answer.header('set-cookie'))
  })

  test('that were tampered with are nobody', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.signedIn(user)
    for (const [name, value] of browser.cookies) browser.cookies.set(name, `${value.slice(0, -4)}AAAA`)
    assert.equal((await browser.get('/api/v1/me')).status, 401)
  })
})

test.group('Headers', () => {
  test('keep scripts, frames and types in bounds', async ({ assert }) => {
    const { headers } = await new Browser().get('/api/v1/session')
    const csp = headers.get('content-security-policy')!
    for (const rule of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"]) {
      assert.include(csp, rule)
    }
    assert.notInclude(csp, 'unsafe-eval')
    assert.match(
      csp.split(';').find((rule) => rule.trim().startsWith('script-src'))!,
      /'nonce-/
    )
    assert.notInclude(
      csp.split(';').find((rule) => rule.trim().startsWith('script-src'))!,
      'unsafe-inline'
    )
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  })

  test('answers of the API are not kept by caches, and tell no address to other sites', async ({ client, assert }) => {
    const { token } = await bakery()
    const answer = await client.get('/api/v1/members').bearerToken(token)
    assert.equal(answer.header('cache-control'), 'no-store')
    assert.equal(answer.header('x-content-type-options'), 'nosniff')
    assert.equal(answer.header('referrer-policy'), 'no-referrer')
  })

  test('no answer names the software behind it', async ({ client, assert }) => {
    assert.isUndefined((await client.get('/health/live')).header('x-powered-by'))
  })
})

test.group('Limits', () => {
  test('a token that runs wild is told to wait', async ({ client, assert }) => {
    const { token, membership } = await bakery()
    const { default: limiter } = await import('@adonisjs/limiter/services/main')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { id } = await db.from('access_tokens').where('tokenable_id', membership.id).first()
    await limiter.use('database', { requests: 12_000, duration: '1 min' }).set(`program:token:${id}`, 12_000, '1 min')
    const answer = await client.get('/api/v1/topics').bearerToken(token)
    answer.assertStatus(429)
    answer.assertBodyContains({ errors: [{ code: 'E_TOO_MANY_REQUESTS' }] })
    assert.isAbove(Number(answer.header('retry-after')), 0)
  })

  test('a flood on the public doors is told to wait, the rest of Assent is not', async ({ client, assert }) => {
    const { default: limiter } = await import('@adonisjs/limiter/services/main')
    const doors = limiter.use('memory', { requests: 30_000, duration: '1 min' })
    const addresses = ['127.0.0.1', '::1', '::ffff:127.0.0.1']
    for (const ip of addresses) await doors.set(`doors:${ip}`, 30_000, '1 min')
    const flooded = await client.get('/c/nonsense')
    flooded.assertStatus(429)
    assert.isAbove(Number(flooded.header('retry-after')), 0)
    ;(await client.get('/health/live')).assertStatus(200)
    for (const ip of addresses) await doors.delete(`doors:${ip}`)
    assert.notEqual((await client.get('/c/nonsense')).status(), 429)
  })
})
