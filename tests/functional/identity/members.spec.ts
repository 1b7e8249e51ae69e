import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { dispatchDueEvents } from '#platform'
import { Browser } from '#tests/support/browser'
import { bakery, memberOf } from '#tests/support/workspace'

const membershipOf = async (workspaceId: number, userId: number) =>
  db.from('memberships').where({ workspace_id: workspaceId, user_id: userId }).first()

test.group('Members', () => {
  test('are listed for everyone, with who is who', async ({ client, assert }) => {
    const { workspace, user } = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const list = (await client.get('/api/v1/members').bearerToken(viewer.token)).body()
    assert.deepEqual(
      list.data.map(({ user_id: id, role, is_you: isYou }: any) => [id, role, isYou]),
      [
        [String(user.id), 'owner', false],
        [String(viewer.user.id), 'viewer', true],
      ]
    )
  })

  test('get another role from admins, not from editors', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const [admin, editor, viewer] = await Promise.all(
      (['admin', 'editor', 'viewer'] as const).map((role) => memberOf(workspace, { role }))
    )
    const { id } = await membershipOf(workspace.id, viewer.user.id)
    const change = (token: string, role: string) =>
      client.patch(`/api/v1/members/${id}`).bearerToken(token).json({ role })
    ;(await change(editor.token, 'admin')).assertStatus(403)
    ;(await change(viewer.token, 'admin')).assertStatus(403)
    const changed = await change(admin.token, 'editor')
    changed.assertStatus(200)
    changed.assertBodyContains({ role: 'editor' })
    ;(await change(admin.token, 'king')).assertStatus(422)
    assert.equal((await membershipOf(workspace.id, viewer.user.id)).role, 'editor')
  })

  test('become owners, and stop being owners, by owners only', async ({ client }) => {
    const { workspace, user, token } = await bakery()
    const admin = await memberOf(workspace, { role: 'admin' })
    const owner = await membershipOf(workspace.id, user.id)
    const self = await membershipOf(workspace.id, admin.user.id)
    ;(await client.patch(`/api/v1/members/${self.id}`).bearerToken(admin.token).json({ role: 'owner' })).assertStatus(
      403
    )
    ;(await client.patch(`/api/v1/members/${owner.id}`).bearerToken(admin.token).json({ role: 'viewer' })).assertStatus(
      403
    )
    ;(await client.delete(`/api/v1/members/${owner.id}`).bearerToken(admin.token)).assertStatus(403)
    ;(await client.patch(`/api/v1/members/${self.id}`).bearerToken(token).json({ role: 'owner' })).assertStatus(200)
  })

  test('the last owner can neither leave nor be demoted', async ({ client, assert }) => {
    const { workspace, user, token } = await bakery()
    const { id } = await membershipOf(workspace.id, user.id)
    for (const answer of [
      await client.patch(`/api/v1/members/${id}`).bearerToken(token).json({ role: 'admin' }),
      await client.delete(`/api/v1/members/${id}`).bearerToken(token),
      await client.delete('/api/v1/membership').bearerToken(token),
    ]) {
      answer.assertStatus(409)
      answer.assertBodyContains({ errors: [{ code: 'E_LAST_OWNER' }] })
    }
    assert.equal((await membershipOf(workspace.id, user.id)).role, 'owner')
  })

  test('of two owners who demote each other at once, one stays', async ({ client, assert }) => {
    const ours = await bakery()
    const other = await memberOf(ours.workspace, { role: 'owner' })
    const [a, b] = await Promise.all([ours, other].map(({ user }) => membershipOf(ours.workspace.id, user.id)))
    const answers = await Promise.all([
      client.patch(`/api/v1/members/${b.id}`).bearerToken(ours.token).json({ role: 'viewer' }),
      client.patch(`/api/v1/members/${a.id}`).bearerToken(other.token).json({ role: 'viewer' }),
    ])
    assert.lengthOf(
      answers.filter((answer) => answer.status() === 200),
      1
    )
    const owners = await db.from('memberships').where({ workspace_id: ours.workspace.id, role: 'owner' })
    assert.lengthOf(owners, 1)
  })

  test('leave, and their tokens with them', async ({ client }) => {
    const { workspace } = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    ;(await client.delete('/api/v1/membership').bearerToken(viewer.token)).assertStatus(204)
    ;(await client.get('/api/v1/members').bearerToken(viewer.token)).assertStatus(401)
  })

  test('of another workspace are a 404', async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const { id } = await membershipOf(theirs.workspace.id, theirs.user.id)
    ;(await client.patch(`/api/v1/members/${id}`).bearerToken(ours.token).json({ role: 'viewer' })).assertStatus(404)
    ;(await client.delete(`/api/v1/members/${id}`).bearerToken(ours.token)).assertStatus(404)
  })
})

test.group('Invitations', () => {
  async function invited({ role = 'editor' }: { role?: string } = {}) {
    const ours = await bakery()
    const admin = await memberOf(ours.workspace, { role: 'admin' })
    const browser = await Browser.signedIn(admin.user)
    const email = `dev-${randomUUID()}@example.com`
    const { status, body } = await browser.post('/api/v1/invitations', { email, role })
    return { ...ours, browser, email, status, body, secret: String(body.link).split('/').at(-1)! }
  }

  test('bring a new person in by mail, with an account of their own', async ({ assert }) => {
    const { workspace, email, status, body, secret } = await invited()
    assert.equal(status, 201)
    assert.include(body, { email, role: 'editor', is_expired: false })
    const mails: any[] = []
    await dispatchDueEvents(
      { 'mail.requested': [async ({ payload }) => void mails.push(payload)] },
      { workspaceId: workspace.id }
    )
    assert.lengthOf(mails, 1)
    assert.equal(mails[0].to, email)
    const [mailedLink] = mails[0].text.match(/http\S+\/invitation\/\S+/)
    assert.include(mails[0].html, mailedLink)
    assert.notEqual(mailedLink, body.link)

    const dev = await Browser.open()
    const seen = await dev.get(`/api/v1/invitations/${secret}`)
    assert.include(seen.body, { workspace_name: 'Blue Door Bakery', email, role: 'editor', has_account: false })
    const joined = await dev.post(`/api/v1/invitations/${secret}/accept`, {
      full_name: 'Dev',
      password: 'a long enough password',
    })
    assert.equal(joined.status, 201)
    assert.equal(joined.body.workspaces[0].id, String(workspace.id))
    assert.equal((await dev.get('/api/v1/me')).body.user.email, email)
    assert.equal((await dev.post(`/api/v1/invitations/${secret}/accept`, {})).status, 404)
  })

  test('by mail and passed on by hand are two links, and the audit says which one brought somebody in', async ({
    assert,
  }) => {
    for (const way of ['mailed', 'passed_on']) {
      const { workspace, secret: shown } = await invited()
      let mailed = ''
      await dispatchDueEvents(
        { 'mail.requested': [async ({ payload }) => void (mailed = payload.text.match(/invitation\/(\S+)/)[1])] },
        { workspaceId: workspace.id }
      )
      assert.notEqual(mailed, shown)
      const dev = await Browser.open()
      const secret = way === 'mailed' ? mailed : shown
      const account = { full_name: 'Dev', password: 'a long enough password' }
      assert.equal((await dev.post(`/api/v1/invitations/${secret}/accept`, account)).status, 201)
      const entry = await db
        .from('audit_entries')
        .where({ workspace_id: workspace.id, action: 'member.joined' })
        .first()
      assert.equal(entry.details.link, way)
      for (const used of [mailed, shown]) assert.equal((await dev.get(`/api/v1/invitations/${used}`)).status, 404)
    }
  })

  test('of whoever was removed, or may not invite any more, open nothing', async ({ client, assert }) => {
    for (const end of ['delete', 'patch'] as const) {
      const { workspace, token } = await bakery()
      const admin = await memberOf(workspace, { role: 'admin' })
      const browser = await Browser.signedIn(admin.user)
      const asked = await browser.post('/api/v1/invitations', { email: `${randomUUID()}@example.com`, role: 'admin' })
      const at = `/api/v1/members/${admin.membership.id}`
      const ended = end === 'delete' ? client.delete(at) : client.patch(at).json({ role: 'viewer' })
      assert.include([200, 204], (await ended.bearerToken(token)).status())
      const secret = asked.body.link.split('/').at(-1)
      assert.equal((await (await Browser.open()).get(`/api/v1/invitations/${secret}`)).status, 404, end)
    }
  })

  test('bring in an account that is signed in', async ({ assert }) => {
    const { workspace, secret } = await invited({ role: 'viewer' })
    const other = await bakery()
    const browser = await Browser.signedIn(other.user)
    const joined = await browser.post(`/api/v1/invitations/${secret}/accept`, {})
    assert.equal(joined.status, 201)
    assert.includeMembers(
      joined.body.workspaces.map(({ id }: any) => id),
      [String(workspace.id), String(other.workspace.id)]
    )
  })

  test('ask an existing account to sign in first, and a weak password to be better', async ({ assert }) => {
    const { workspace } = await bakery()
    const admin = await memberOf(workspace, { role: 'admin' })
    const other = await bakery()
    const browser = await Browser.signedIn(admin.user)
    const { body } = await browser.post('/api/v1/invitations', { email: other.user.email, role: 'viewer' })
    const secret = body.link.split('/').at(-1)
    const stranger = await Browser.open()
    const refused = await stranger.post(`/api/v1/invitations/${secret}/accept`, {
      full_name: 'X',
      password: 'a long enough password',
    })
    assert.equal(refused.status, 409)
    assert.equal(refused.body.errors[0].code, 'E_ACCOUNT_EXISTS')
    const fresh = await invited()
    const weak = await stranger.post(`/api/v1/invitations/${fresh.secret}/accept`, {
      full_name: 'X',
      password: 'short',
    })
    assert.equal(weak.status, 422)
  })

  test('are replaced by a second one, withdrawn, and end after seven days', async ({ assert }) => {
    const first = await invited()
    const second = await first.browser.post('/api/v1/invitations', { email: first.email.toUpperCase(), role: 'viewer' })
    const stranger = await Browser.open()
    assert.equal((await stranger.get(`/api/v1/invitations/${first.secret}`)).status, 404)
    assert.equal((await first.browser.delete(`/api/v1/invitations/${second.body.id}`)).status, 204)
    const secret = second.body.link.split('/').at(-1)
    assert.equal((await stranger.get(`/api/v1/invitations/${secret}`)).status, 404)

    const third = await invited()
    await db
      .from('invitations')
      .where({ workspace_id: third.workspace.id })
      .update({ expires_at: new Date(Date.now() - 1000) })
    assert.equal((await stranger.get(`/api/v1/invitations/${third.secret}`)).status, 404)
    assert.equal((await third.browser.get('/api/v1/invitations')).body.data[0].is_expired, true)
  })

  test('are used by one of two who accept at once', async ({ assert }) => {
    const { secret, workspace } = await invited()
    const people = await Promise.all([bakery(), bakery()])
    const browsers = await Promise.all(people.map(({ user }) => Browser.signedIn(user)))
    const answers = await Promise.all(
      browsers.map((browser) => browser.post(`/api/v1/invitations/${secret}/accept`, {}))
    )
    assert.lengthOf(
      answers.filter(({ status }) => status === 201),
      1
    )
    const [{ n }] = await db.from('memberships').where('workspace_id', workspace.id).count('* as n')
    assert.equal(Number(n), 3)
  })

  test('are for admins to make, and not for members', async ({ client }) => {
    const { workspace, user, token } = await bakery()
    const editor = await memberOf(workspace, { role: 'editor' })
    const ask = (as: string, email: string, role = 'viewer') =>
      client.post('/api/v1/invitations').bearerToken(as).json({ email, role })
    ;(await ask(editor.token, 'x@example.com')).assertStatus(403)
    ;(await ask(token, user.email)).assertStatus(409)
    ;(await ask(token, 'nonsense')).assertStatus(422)
    ;(await ask(token, 'x@example.com', 'owner')).assertStatus(422)
  })

  test('of another workspace are a 404', async ({ client }) => {
    const theirs = await invited()
    const ours = await bakery()
    ;(await client.delete(`/api/v1/invitations/${theirs.body.id}`).bearerToken(ours.token)).assertStatus(404)
  })

  test('the database knows no secret', async ({ assert }) => {
    const { secret, workspace } = await invited()
    const rows = await db.from('invitations').where('workspace_id', workspace.id)
    assert.notInclude(JSON.stringify(rows), secret)
  })
})
