import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { cleanSessions, User } from '#identity'
import { Browser } from '#tests/support/browser'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('Signing in', () => {
  test('opens a session with the workspaces and what may be done there', async ({ assert }) => {
    const { user, workspace } = await bakery({ role: 'editor' })
    const browser = await Browser.open()
    const answer = await browser.post('/api/v1/session', {
      email: user.email.toUpperCase(),
      password: 'correct horse battery',
    })
    assert.equal(answer.status, 200)
    assert.equal(answer.body.user.email, user.email)
    const [seen] = answer.body.workspaces
    assert.include(seen, { id: String(workspace.id), name: 'Blue Door Bakery', role: 'editor', timezone: 'UTC' })
    assert.include(seen.permissions, 'campaigns:write')
    assert.notInclude(seen.permissions, 'members:write')
    const me = await browser.get('/api/v1/me')
    assert.equal(me.body.user.id, String(user.id))
    assert.deepEqual(me.body.workspaces, answer.body.workspaces)
  })

  test('takes another session id than the browser came with', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    const before = browser.cookies.get('assent_session')
    await browser.post('/api/v1/session', { email: user.email, password: 'correct horse battery' })
    assert.isDefined(before)
    assert.notEqual(browser.cookies.get('assent_session'), before)
  })

  test('answers an unknown address and a wrong password alike', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    const wrong = await browser.post('/api/v1/session', { email: user.email, password: 'not the password' })
    const unknown = await browser.post('/api/v1/session', {
      email: `${randomUUID()}@bluedoor.test`,
      password: 'not the password',
    })
    assert.equal(wrong.status, 401)
    assert.equal(unknown.status, 401)
    assert.deepEqual(wrong.body.errors, unknown.body.errors)
    assert.equal(wrong.body.errors[0].code, 'E_INVALID_CREDENTIALS')
  })

  test('locks an account for an address of the network after ten wrong passwords, even for the right one', async ({
    assert,
  }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    const tries = await Promise.all(
      Array.from({ length: 12 }, () =>
        browser.post('/api/v1/session', { email: user.email, password: 'not the password' })
      )
    )
    assert.lengthOf(
      tries.filter(({ status }) => status === 401),
      10
    )
    const locked = await browser.post('/api/v1/session', { email: user.email, password: 'correct horse battery' })
    assert.equal(locked.status, 429)
    assert.equal(locked.body.errors[0].code, 'E_TOO_MANY_REQUESTS')
    assert.isAbove(Number(locked.headers.get('retry-after')), 60)
  })

  test('forgives earlier mistakes after a success', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 7; i++)
        await browser.post('/api/v1/session', { email: user.email, password: 'not the password' })
      const right = await browser.post('/api/v1/session', { email: user.email, password: 'correct horse battery' })
      assert.equal(right.status, 200)
    }
  })

  test('signing out ends it', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.signedIn(user)
    assert.equal((await browser.delete('/api/v1/session')).status, 204)
    assert.equal((await browser.get('/api/v1/me')).status, 401)
    const session = await browser.get('/api/v1/session')
    assert.isNull(session.body.user)
  })

  test('a copy of the cookie opens nothing after signing out; another session of theirs goes on', async ({
    assert,
  }) => {
    const { user } = await bakery()
    const [here, elsewhere] = [await Browser.signedIn(user), await Browser.signedIn(user)]
    const copy = await Browser.open()
    copy.cookies = new Map(here.cookies)
    assert.equal((await copy.get('/api/v1/topics')).status, 200)
    await here.delete('/api/v1/session')
    assert.equal((await copy.get('/api/v1/me')).status, 401)
    assert.equal((await copy.get('/api/v1/topics')).status, 401)
    assert.equal((await elsewhere.get('/api/v1/topics')).status, 200)
  })

  test('the cleaning leaves who is about, and ends who was away longer than a cookie lives', async ({ assert }) => {
    const { user } = await bakery()
    const [here, gone] = [await Browser.signedIn(user), await Browser.signedIn(user)]
    const [, { secret_hash: last }] = await db.from('sessions').where('user_id', user.id).orderBy('created_at')
    await db
      .from('sessions')
      .where('secret_hash', last)
      .update({ seen_at: db.raw(`now() - interval '40 days'`) })
    await db
      .from('sessions')
      .where({ user_id: user.id })
      .whereNot('secret_hash', last)
      .update({ seen_at: db.raw(`now() - interval '20 days'`) })
    assert.equal((await here.get('/api/v1/me')).status, 200)
    await cleanSessions()
    assert.equal((await here.get('/api/v1/me')).status, 200)
    assert.equal((await gone.get('/api/v1/me')).status, 401)
    const [left] = await db
      .from('sessions')
      .where('user_id', user.id)
      .select(db.raw(`seen_at > now() - interval '1 hour' as is_fresh`))
    assert.isTrue(left.is_fresh)
  })

  test('the signed-out learn whether there is anybody, and no more', async ({ assert }) => {
    await bakery()
    const browser = await Browser.open()
    const { body } = await browser.get('/api/v1/session')
    assert.deepEqual(body, { setup_needed: false, user: null, workspaces: [] })
  })
})

test.group('Setting up', () => {
  test('is over once there is anybody: invitations are the way in', async ({ assert }) => {
    await bakery()
    const browser = await Browser.open()
    const answer = await browser.post('/api/v1/setup', {
      workspace_name: 'Mine',
      full_name: 'Mallory',
      email: `${randomUUID()}@example.com`,
      password: 'a long enough password',
    })
    assert.equal(answer.status, 403)
    assert.equal(answer.body.errors[0].code, 'E_ALREADY_SET_UP')
    assert.include(answer.body.errors[0].message, 'invite')
  })
})

test.group('The own account', () => {
  test('changes its name', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.signedIn(user)
    const answer = await browser.patch('/api/v1/me', { full_name: 'Ada Baker' })
    assert.equal(answer.body.user.full_name, 'Ada Baker')
  })

  test('changes its password: this session goes on, the others end', async ({ assert }) => {
    const { user } = await bakery()
    const [here, elsewhere] = [await Browser.signedIn(user), await Browser.signedIn(user)]
    const answer = await here.put('/api/v1/me/password', {
      current_password: 'correct horse battery',
      password: 'an even longer one',
    })
    assert.equal(answer.status, 204)
    assert.equal((await here.get('/api/v1/me')).status, 200)
    assert.equal((await elsewhere.get('/api/v1/me')).status, 401)
    assert.equal((await elsewhere.get('/api/v1/topics')).status, 401)
    await Browser.signedIn(user, 'an even longer one')
  })

  test('refuses a wrong present password and a weak new one, naming the field', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.signedIn(user)
    const wrong = await browser.put('/api/v1/me/password', { current_password: 'no', password: 'an even longer one' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.body.errors[0].field, 'current_password')
    for (const password of ['short', user.email, 'password1234', 'aaaaaaaaaaaa']) {
      const weak = await browser.put('/api/v1/me/password', { current_password: 'correct horse battery', password })
      assert.equal(weak.status, 422, password)
      assert.include(weak.body.errors[0], { code: 'E_WEAK_PASSWORD', field: 'password' })
    }
  })

  test('is nothing for programs', async ({ client }) => {
    const { token } = await bakery()
    ;(await client.get('/api/v1/me').bearerToken(token)).assertStatus(401)
  })
})

test.group('Workspaces', () => {
  test('a person opens another, owns it, and switches by header', async ({ assert }) => {
    const { user, workspace } = await bakery({ role: 'viewer' })
    const browser = await Browser.signedIn(user)
    const made = await browser.post('/api/v1/workspaces', { name: 'The Second Oven' })
    assert.equal(made.status, 201)
    const list = await browser.get('/api/v1/workspaces')
    assert.deepEqual(
      list.body.data.map(({ role }: any) => role),
      ['viewer', 'owner']
    )
    browser.workspaceId = Number(made.body.id)
    assert.equal((await browser.get('/api/v1/workspace')).body.name, 'The Second Oven')
    browser.workspaceId = workspace.id
    assert.equal((await browser.get('/api/v1/workspace')).body.name, 'Blue Door Bakery')
  })

  test("a stranger's workspace is a 404", async ({ assert }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const browser = await Browser.signedIn(ours.user)
    browser.workspaceId = theirs.workspace.id
    assert.equal((await browser.get('/api/v1/workspace')).status, 404)
  })

  test('its settings are read by all and changed by admins', async ({ client, assert }) => {
    const { workspace, token } = await bakery({ role: 'admin' })
    const changed = await client
      .patch('/api/v1/workspace')
      .bearerToken(token)
      .json({
        name: 'Red Door',
        timezone: 'Europe/Vienna',
        locale: 'de-at',
        postal_address: 'Hafenstraße 1, 1010 Wien',
        default_from_email: 'hallo@reddoor.test',
        tracking: { opens: false },
      })
    changed.assertStatus(200)
    changed.assertBodyContains({
      name: 'Red Door',
      timezone: 'Europe/Vienna',
      locale: 'de-AT',
      tracking: { opens: false, clicks: true },
    })
    const editor = await memberOf(workspace, { role: 'editor' })
    const read = await client.get('/api/v1/workspace').bearerToken(editor.token)
    assert.deepEqual(read.body(), changed.body())
    ;(await client.patch('/api/v1/workspace').bearerToken(editor.token).json({ name: 'x' })).assertStatus(403)
  })

  test('mail on the ground of legitimate interest is switched on by an owner who says where it was weighed', async ({
    client,
    assert,
  }) => {
    const { workspace, token } = await bakery({ role: 'owner' })
    const { token: admin } = await memberOf(workspace, { role: 'admin' })
    const asking = (by: string, change: object) =>
      client.patch('/api/v1/workspace').bearerToken(by).json({ legitimate_interest_b2b: change })
    const assessment = 'LIA 3, 2026-10-01'
    ;(await asking(admin, { is_on: true, assessment })).assertStatus(403)
    const careless = await asking(token, { is_on: true })
    careless.assertStatus(422)
    assert.equal(careless.body().errors[0].field, 'legitimate_interest_b2b.assessment')
    const changed = await asking(token, { is_on: true, assessment })
    changed.assertStatus(200)
    assert.deepEqual(changed.body().legitimate_interest_b2b, { is_on: true, assessment })
    await workspace.refresh()
    assert.isTrue(workspace.settings.legitimate_interest_b2b)
    const entry = await db.from('audit_entries').where('workspace_id', workspace.id).orderBy('id', 'desc').first()
    assert.deepEqual(entry.details.legitimate_interest_b2b, { is_on: true, assessment })
    const off = await asking(token, { is_on: false })
    assert.deepEqual(off.body().legitimate_interest_b2b, { is_on: false, assessment })
  })

  test('a time zone that does not exist is refused', async ({ client }) => {
    const { token } = await bakery()
    for (const timezone of ['Mars/Olympus', '+25:00', '']) {
      const answer = await client.patch('/api/v1/workspace').bearerToken(token).json({ timezone })
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ field: 'timezone' }] })
    }
  })
})

test.group('Accounts', () => {
  test('two spellings of one address are one account', async ({ assert }) => {
    const { user } = await bakery()
    const found = await User.findBy('emailKey', user.email.toLowerCase())
    assert.equal(found?.id, user.id)
  })
})
