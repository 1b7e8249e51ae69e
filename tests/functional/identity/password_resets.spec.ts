import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Browser } from '#tests/support/browser'
import { passwordLinksMailedTo } from '#tests/support/password_links'
import { bakery } from '#tests/support/workspace'

test.group('A forgotten password', () => {
  test('is replaced through a mailed link, once; other sessions end', async ({ assert }) => {
    const { user, workspace } = await bakery()
    const elsewhere = await Browser.signedIn(user)
    const browser = await Browser.open()
    assert.equal((await browser.post('/api/v1/password-resets', { email: user.email })).status, 202)
    const [secret] = await passwordLinksMailedTo(user, workspace.id)
    assert.equal((await browser.get(`/api/v1/password-resets/${secret}`)).body.email, user.email)
    const weak = await browser.post(`/api/v1/password-resets/${secret}`, { password: 'short' })
    assert.equal(weak.status, 422)
    assert.equal(
      (await browser.post(`/api/v1/password-resets/${secret}`, { password: 'an even longer one' })).status,
      204
    )
    assert.equal((await elsewhere.get('/api/v1/me')).status, 401)
    await Browser.signedIn(user, 'an even longer one')
    const again = await browser.post(`/api/v1/password-resets/${secret}`, { password: 'yet another long one' })
    assert.equal(again.status, 404)
    assert.equal(again.body.errors[0].code, 'E_LINK_NOT_VALID')
  })

  test('of an unknown address gets the same answer and no mail', async ({ assert }) => {
    const { user } = await bakery()
    const browser = await Browser.open()
    const known = await browser.post('/api/v1/password-resets', { email: user.email })
    const unknown = await browser.post('/api/v1/password-resets', { email: `${randomUUID()}@example.com` })
    assert.equal(unknown.status, 202)
    assert.deepEqual(unknown.body, known.body)
  })

  test('a link ends after an hour, and older links when one was used', async ({ assert }) => {
    const { user, workspace } = await bakery()
    const browser = await Browser.open()
    await browser.post('/api/v1/password-resets', { email: user.email })
    await browser.post('/api/v1/password-resets', { email: user.email })
    const [first, second] = await passwordLinksMailedTo(user, workspace.id)
    await browser.post(`/api/v1/password-resets/${second}`, { password: 'an even longer one' })
    assert.equal((await browser.get(`/api/v1/password-resets/${first}`)).status, 404)

    await browser.post('/api/v1/password-resets', { email: user.email })
    const [third] = await passwordLinksMailedTo(user, workspace.id)
    await db
      .from('password_resets')
      .where('user_id', user.id)
      .update({ expires_at: new Date(Date.now() - 1000) })
    assert.equal(
      (await browser.post(`/api/v1/password-resets/${third}`, { password: 'yet another long one' })).status,
      404
    )
  })

  test('a link that was asked for ends when the password is changed in the settings', async ({ assert }) => {
    const { user, workspace } = await bakery()
    const browser = await Browser.signedIn(user)
    await browser.post('/api/v1/password-resets', { email: user.email })
    const [secret] = await passwordLinksMailedTo(user, workspace.id)
    const change = { current_password: 'correct horse battery', password: 'an even longer one' }
    assert.equal((await browser.put('/api/v1/me/password', change)).status, 204)
    assert.equal((await browser.get(`/api/v1/password-resets/${secret}`)).status, 404)
  })

  test('neither the link nor the address lingers in the announcements', async ({ assert }) => {
    const { user, workspace } = await bakery()
    const browser = await Browser.open()
    await browser.post('/api/v1/password-resets', { email: user.email })
    const [secret] = await passwordLinksMailedTo(user, workspace.id)
    const rows = JSON.stringify(await db.from('domain_events').whereIn('workspace_id', [0, workspace.id]))
    assert.notInclude(rows, secret)
    assert.notInclude(rows, user.email)
  })

  test('an address that is asked for too often gets no more mail', async ({ assert }) => {
    const { user, workspace } = await bakery()
    const browser = await Browser.open()
    for (let i = 0; i < 7; i++) {
      assert.equal((await browser.post('/api/v1/password-resets', { email: user.email })).status, 202)
    }
    assert.lengthOf(await passwordLinksMailedTo(user, workspace.id), 5)
  })
})
