import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { cleanSignIns } from '#delivery'
import { readDueMailbox } from '#app/delivery/feedback/mailbox/read_mailboxes'
import { freshToken } from '#app/delivery/feedback/mailbox/oauth/fresh_token'
import { Browser } from '#tests/support/browser'
import { setEnvironment } from '#tests/support/environment'
import { imapServer, imapUser } from '#tests/support/imap_server'
import { mailProvider, type StandInProvider } from '#tests/support/mail_provider'
import { until } from '#tests/support/processes'
import { bakery, memberOf } from '#tests/support/workspace'

const path = '/api/v1/bounce-mailbox'
const report = (text: string) => `From: mailer-daemon@mx.test\r\nSubject: Undeliverable\r\n\r\n${text}`

/** A bakery whose bounces come to a mailbox that is opened by consent alone, and its owner at a browser. */
async function office({ mechanism }: { mechanism?: 'XOAUTH2' | 'OAUTHBEARER' } = {}) {
  setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
  const provider = await mailProvider()
  const inbox = await imapServer({ mails: [report('an old one')], token: provider.goodToken, mechanism })
  const { workspace, user } = await bakery()
  const browser = await Browser.signedIn(user)
  const workspaceId = workspace.id
  const of = { workspace_id: workspaceId }
  const settings = (more: object = {}, app: object = {}) => ({
    address: 'bounces@bakery.test',
    ...{ host: '127.0.0.1', port: inbox.port, security: 'none', user: imapUser.user },
    ...more,
    app: { ...provider.app, ...app },
  })
  return {
    ...{ provider, inbox, workspace, user, browser, workspaceId, settings },
    begin: (more?: object, app?: object) => browser.post(`${path}/sign-ins`, settings(more, app)),
    answer: (body: object, by = browser) => by.post(`${path}/sign-ins/answer`, body),
    async signIn(more?: object, app?: object) {
      const begun = await browser.post(`${path}/sign-ins`, settings(more, app))
      return browser.post(`${path}/sign-ins/answer`, await provider.consent(begun.body.url))
    },
    show: async () => (await browser.get(path)).body.mailbox,
    grant: () => db.from('mailbox_grants').where(of).first(),
    isAsked: () => until('the provider is asked for a token', async () => provider.renewals() > 0),
    row: () => db.from('bounce_mailboxes').where(of).first(),
    events: () => db.from('provider_events').where(of),
    /** As when the time of the access token is near. */
    age: () =>
      db
        .from('mailbox_grants')
        .where(of)
        .update({ fresh_until: new Date(0) }),
    async read() {
      await db
        .from('bounce_mailboxes')
        .where(of)
        .update({ next_check_at: new Date(0) })
      return readDueMailbox({ workspaceId })
    },
  }
}

const errorOf = ({ status, body }: { status: number; body: any }) => [status, body.errors?.[0].code]

test.group('Signing in to a mailbox', () => {
  for (const mechanism of ['XOAUTH2', 'OAUTHBEARER'] as const) {
    test(`opens it by ${mechanism}, and it is read from then on`, async ({ assert }) => {
      const story = await office({ mechanism })
      const begun = await story.begin()
      assert.equal(begun.status, 201)
      assert.isNull(await story.show(), 'nothing is kept before somebody came back')
      const { searchParams } = new URL(begun.body.url)
      assert.equal(
        searchParams.get('redirect_uri'),
        `${process.env.APP_URL}/w/${story.workspaceId}/settings/sending/sign-in`
      )
      assert.equal(searchParams.get('code_challenge_method'), 'S256')
      const signedIn = await story.answer(await story.provider.consent(begun.body.url))
      assert.equal(signedIn.status, 200)
      assert.containsSubset(signedIn.body.mailbox, {
        user: 'bounces',
        app: { kind: 'other', client_id: 'the-bakery', client_auth: 'basic' },
        sign_in_again: null,
        last_error: null,
      })
      story.inbox.arrive(report('a new one'))
      assert.isTrue(await story.read())
      assert.isNull((await story.row()).last_error)
      assert.lengthOf(await story.events(), 1)
      const tested = await story.browser.post(`${path}/test`, {})
      assert.deepEqual(tested.body, { ok: true, mails: 2 })
    })
  }

  test('keeps secrets encrypted, tells them to nobody and names none in the audit', async ({ assert }) => {
    const story = await office()
    const begun = await story.begin()
    const waiting = await db.from('mailbox_sign_ins').where({ workspace_id: story.workspaceId }).first()
    await story.answer(await story.provider.consent(begun.body.url))
    const { client_secret: secret } = story.provider.app
    const token = story.provider.goodToken()
    const { rows: audit } = await db.rawQuery(
      'select action, details from audit_entries where workspace_id = ? order by id',
      [story.workspaceId]
    )
    const kept = JSON.stringify([
      waiting,
      await story.row(),
      await story.grant(),
      audit,
      (await story.browser.get(path)).text,
    ])
    for (const one of [secret, token, new URL(begun.body.url).searchParams.get('state')!]) assert.notInclude(kept, one)
    assert.containsSubset(audit.at(-1), { action: 'bounce_mailbox.connected', details: { signed_in_at: 'other' } })
    const state = await db.from('mailbox_sign_ins').where({ workspace_id: story.workspaceId })
    assert.deepEqual(state, [], 'what was waited for is gone')
  })

  test('takes a state once, and a wrong one never', async ({ assert }) => {
    const story = await office()
    const begun = await story.begin()
    const answer = await story.provider.consent(begun.body.url)
    assert.deepEqual(errorOf(await story.answer({ ...answer, state: 'guessed' })), [422, 'E_SIGN_IN_UNKNOWN'])
    assert.deepEqual(errorOf(await story.answer({ code: answer.code })), [422, 'E_VALIDATION'])
    assert.equal((await story.answer(answer)).status, 200)
    assert.deepEqual(errorOf(await story.answer(answer)), [422, 'E_SIGN_IN_UNKNOWN'])
    assert.lengthOf(story.provider.asked, 1, 'the code was sent once')
  })

  test('belongs to the person and the session that began it, for ten minutes', async ({ assert }) => {
    const story = await office()
    const begun = await story.begin()
    const answer = await story.provider.consent(begun.body.url)
    const colleague = await Browser.signedIn((await memberOf(story.workspace, { role: 'owner' })).user)
    const elsewhere = await Browser.signedIn(story.user)
    const stranger = await Browser.signedIn((await bakery()).user)
    for (const other of [colleague, elsewhere, stranger]) {
      assert.deepEqual(errorOf(await story.answer(answer, other)), [422, 'E_SIGN_IN_UNKNOWN'])
    }
    stranger.workspaceId = story.workspaceId
    assert.equal((await story.answer(answer, stranger)).status, 404)
    await db.from('mailbox_sign_ins').where({ workspace_id: story.workspaceId }).update({ expires_at: new Date() })
    assert.deepEqual(errorOf(await story.answer(answer)), [422, 'E_SIGN_IN_UNKNOWN'])
    assert.lengthOf(story.provider.asked, 0)
    await cleanSignIns()
    assert.deepEqual(await db.from('mailbox_sign_ins').where({ workspace_id: story.workspaceId }), [])
    const { rows } = await (await story.begin(),
    db.rawQuery(
      `select extract(epoch from expires_at - clock_timestamp())::int as seconds from mailbox_sign_ins where workspace_id = ?`,
      [story.workspaceId]
    ))
    assert.approximately(rows[0].seconds, 600, 5)
  })

  test('is for people who may change settings, not for programs', async ({ client, assert }) => {
    const story = await office()
    const editor = await memberOf(story.workspace, { role: 'editor' })
    const theirs = await Browser.signedIn(editor.user)
    assert.equal((await theirs.post(`${path}/sign-ins`, story.settings())).status, 403)
    assert.equal((await story.answer({ state: 'x', code: 'y' }, theirs)).status, 403)
    const owner = await memberOf(story.workspace, { role: 'owner' })
    const program = await client.post(`${path}/sign-ins`).bearerToken(owner.token).json(story.settings())
    assert.deepEqual([program.status(), program.body().errors[0].code], [403, 'E_FORBIDDEN'])
  })

  test('that is not consented to changes nothing, and says so', async ({ assert }) => {
    const story = await office()
    const begun = await story.begin()
    const answer = await story.provider.consent(begun.body.url, 'Deny')
    const denied = await story.answer(answer)
    assert.deepEqual(errorOf(denied), [422, 'E_SIGN_IN_REFUSED'])
    assert.match(denied.body.errors[0].message, /consent was not given.* said no: access_denied, access_denied/)
    assert.notInclude(denied.text, '\\u0000')
    assert.isNull(await story.show())
    assert.deepEqual(errorOf(await story.answer(answer)), [422, 'E_SIGN_IN_UNKNOWN'])
  })

  test('says what the provider would not take', async ({ assert }) => {
    const story = await office()
    const failing = async (app: object = {}) => {
      const answer = await story.signIn({}, app)
      return [...errorOf(answer), answer.body.errors[0].message] as [number, string, string]
    }
    const [, code, secret] = await failing({ client_secret: 'wrong' })
    assert.equal(code, 'E_SIGN_IN_REFUSED')
    assert.match(secret, /client secret is not accepted/)
    assert.match((await failing({ client_secret: 'wrong', client_auth: 'post' }))[2], /client secret is not accepted/)
    assert.match((await failing({ scope: 'everything' }))[2], /invalid_scope/)
    story.provider.says.givesRefreshToken = false
    assert.match((await failing())[2], /no refresh token.*offline_access/)
    story.provider.says.answer = { status: 500, type: 'text/html', body: '<h1>Oops</h1>' }
    assert.match((await failing())[2], /does not answer as an OAuth 2.0 server/)
    story.provider.says.answer = { status: 302, body: '' }
    assert.match((await failing())[2], /does not answer as an OAuth 2.0 server/)
    assert.isNull(await story.show())
  })

  test('takes the secret beside the code where the provider wants it there, and looks at no id_token', async ({
    assert,
  }) => {
    const story = await office()
    story.provider.says.givesIdToken = true
    assert.equal((await story.signIn({}, { client_auth: 'post' })).status, 200)
    assert.equal((await story.signIn()).status, 200)
    assert.deepEqual(
      story.provider.asked.map(({ secretIn }) => secretIn),
      ['body', 'header']
    )
  })

  test('needs a mailbox that opens; the one before stays until then', async ({ assert }) => {
    const story = await office()
    const byPassword = await imapServer()
    const before = { ...story.settings(), app: undefined, port: byPassword.port, password: imapUser.password }
    assert.equal((await story.browser.put(path, before)).status, 200)
    const other = await story.signIn({ user: 'somebody-else' })
    assert.deepEqual([other.status, other.body.errors[0].field], [422, 'user'])
    assert.deepEqual((await story.signIn({ folder: 'Nowhere' })).body.errors[0].field, 'folder')
    assert.containsSubset(await story.show(), { port: byPassword.port, app: null })
    assert.equal((await story.signIn()).status, 200)
    assert.isNull((await story.row()).password, 'a password that is no longer used is forgotten')
  })

  test('knows beforehand what is missing or wrong, by its field', async ({ assert }) => {
    const story = await office()
    const wrong = async (more: object, app: object = {}) => {
      const { status, body } = await story.begin(more, app)
      return [status, body.errors?.[0].field]
    }
    assert.deepEqual(await wrong({ host: undefined }), [422, 'host'])
    assert.deepEqual(await wrong({ after_reading: 'move' }), [422, 'move_to'])
    assert.deepEqual(await wrong({}, { client_id: '' }), [422, 'app.client_id'])
    assert.deepEqual(await wrong({}, { client_secret: undefined }), [422, 'app.client_secret'])
    assert.deepEqual(await wrong({}, { scope: undefined }), [422, 'app.scope'])
    assert.deepEqual(await wrong({}, { token_endpoint: undefined }), [422, 'app.token_endpoint'])
    assert.deepEqual(await wrong({}, { token_endpoint: 'nothing' }), [422, 'app.token_endpoint'])
    assert.deepEqual(await wrong({}, { token_endpoint: 'https://nowhere.invalid/token' }), [422, 'app.token_endpoint'])
    assert.deepEqual(await wrong({}, { authorization_endpoint: 'javascript:alert(1)' }), [
      422,
      'app.authorization_endpoint',
    ])
    assert.deepEqual(await wrong({}, { kind: 'microsoft', tenant: '../evil' }), [422, 'app.tenant'])
  })

  test('reaches no machine beside ours, and sends no secret without https', async ({ assert }) => {
    const story = await office()
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'false' })
    const begin = async (token_endpoint: string, more: object = {}) =>
      (
        await story.begin(
          { security: 'tls', host: 'imap.gmail.com', ...more },
          { authorization_endpoint: 'https://login.example.org/', token_endpoint }
        )
      ).body.errors[0]
    for (const host of ['127.0.0.1', 'localhost', '10.0.0.7', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]']) {
      const { field, message } = await begin(`https://${host}/token`)
      assert.equal(field, 'app.token_endpoint', host)
      assert.match(message, /private network/)
    }
    assert.match((await begin('http://192.0.2.7/token')).message, /https/)
    assert.equal((await begin('https://8.8.8.8/token', { host: '127.0.0.1' })).field, 'host')
    // one that was begun while it was allowed is judged again at the call
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
    const begun = await story.begin()
    const answer = await story.provider.consent(begun.body.url)
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'false' })
    assert.isAtLeast((await story.answer(answer)).status, 400)
    assert.lengthOf(story.provider.asked, 0)
  })

  test('at Google and Microsoft looks at their server, whichever is named', async ({ assert }) => {
    const story = await office()
    setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'false' })
    const app = { client_id: 'the-app', client_secret: 'the-secret' }
    const mailbox = { address: 'bounces@bakery.test', user: 'bounces@bakery.test', host: '127.0.0.1', port: 143 }
    for (const kind of ['google', 'microsoft']) {
      const { status, body } = await story.browser.post(`${path}/sign-ins`, { ...mailbox, app: { ...app, kind } })
      // where the tests run, names of the internet may not be known; 127.0.0.1 would be refused in other words
      if (status !== 201) assert.equal(body.errors[0].message, 'There is no server of this name. Check the host.')
      else assert.match(body.url, /^https:\/\/(accounts\.google\.com|login\.microsoftonline\.com)\//)
    }
  })
})

test.group('A mailbox that somebody signed in to', () => {
  const signedIn = async (says: Partial<StandInProvider['says']> = {}) => {
    const story = await office()
    Object.assign(story.provider.says, says)
    const { status } = await story.signIn()
    if (status !== 200) throw new Error(`The sign-in failed: ${status}`)
    return story
  }

  test('gets another token before the old one has run out, and keeps the refresh token that comes with it', async ({
    assert,
  }) => {
    const story = await signedIn()
    await story.read()
    assert.equal(story.provider.renewals(), 0)
    const began = Date.now()
    for (const round of [1, 2, 3]) {
      await story.age()
      await story.read()
      assert.isNull((await story.row()).last_error)
      assert.equal(story.provider.renewals(), round)
    }
    const fiveMinutesLess = (story.provider.says.lifetime - 300) * 1_000
    const freshUntil = (await story.grant()).fresh_until.getTime()
    assert.isAtLeast(freshUntil, began + fiveMinutesLess)
    assert.isAtMost(freshUntil, Date.now() + fiveMinutesLess)
  })

  test('keeps its refresh token where the provider gives no other', async ({ assert }) => {
    const story = await signedIn({ rotates: false })
    const before = (await story.grant()).refresh_token
    for (let round = 0; round < 2; round++) {
      await story.age()
      await story.read()
    }
    assert.equal(story.provider.renewals(), 2)
    assert.equal((await story.grant()).refresh_token, before)
    assert.isNull((await story.row()).last_error)
  })

  test('asks for one token at a time, however many want one', async ({ assert }) => {
    const story = await signedIn()
    await story.age()
    const goOn = story.provider.holdNext()
    const wanted = Promise.all(Array.from({ length: 5 }, () => freshToken(story.workspaceId)))
    await story.isAsked()
    goOn()
    const tokens = await wanted
    assert.equal(story.provider.renewals(), 1)
    assert.lengthOf(new Set(tokens.map(({ accessToken }) => accessToken)), 1)
    assert.equal(tokens[0].accessToken, story.provider.goodToken())
  })

  test('loses no refresh token when a worker is held up for longer than its lease', async ({ assert }) => {
    const story = await signedIn()
    await story.age()
    const goOn = story.provider.holdNext()
    const slow = freshToken(story.workspaceId)
    await story.isAsked()
    // the lease has run out; the provider has given the next token to the first, who has not stored it yet
    await db
      .from('mailbox_grants')
      .where({ workspace_id: story.workspaceId })
      .update({ refreshing_until: new Date(0) })
    // and what another worker is told of the old one comes first
    await assert.rejects(() => freshToken(story.workspaceId), /Sign in again/)
    assert.isNotNull((await story.grant()).ended_at)
    goOn()
    await slow
    assert.containsSubset(await story.grant(), { ended_at: null, ended_why: null, refreshing_until: null })
    assert.equal((await freshToken(story.workspaceId)).accessToken, story.provider.goodToken())
  })

  test('is given another token when its server takes the old one no more', async ({ assert }) => {
    const story = await signedIn()
    story.provider.forgetAccess()
    const tested = await story.browser.post(`${path}/test`, {})
    assert.deepEqual(tested.body, { ok: true, mails: 1 })
    assert.equal(story.provider.renewals(), 1)
  })

  test('says so when somebody has to sign in again, and asks nobody until then', async ({ assert }) => {
    const story = await signedIn()
    story.provider.revoke()
    await story.age()
    assert.isTrue(await story.read())
    assert.equal(story.provider.renewals(), 1)
    const told = await story.show()
    assert.match(
      told.sign_in_again,
      /127\.0\.0\.1 says that it does not take this sign-in, or no longer\. \(invalid_grant\) Sign in again/
    )
    assert.equal(told.last_error, told.sign_in_again)
    for (let round = 0; round < 3; round++) assert.isFalse(await story.read())
    const tested = await story.browser.post(`${path}/test`, {})
    assert.deepEqual(errorOf(tested), [422, 'E_MAILBOX_REFUSED'])
    assert.equal(story.provider.renewals(), 1, 'nobody asked again')
    const again = await story.signIn({}, { client_secret: undefined })
    assert.containsSubset(again.body.mailbox, { sign_in_again: null, last_error: null })
    story.inbox.arrive(report('a new one'))
    assert.isTrue(await story.read())
    assert.lengthOf(await story.events(), 1)
  })

  test('says that the app is no longer known, for instance because its secret has run out', async ({ assert }) => {
    const story = await signedIn()
    story.provider.says.knowsClient = false
    await story.age()
    await story.read()
    assert.match((await story.show()).sign_in_again, /client secret is not accepted/)
  })

  test('is tried again later when the provider is in trouble, and what it has stays good', async ({ assert }) => {
    const story = await signedIn()
    await story.age()
    for (const body of ['{"error":"temporarily_unavailable"}', '{}']) {
      story.provider.says.answer = { status: body === '{}' ? 503 : 400, body }
      await story.read()
    }
    const row = await story.row()
    assert.equal(row.failures, 2)
    assert.isAbove(row.next_check_at.getTime(), Date.now() + 60_000)
    assert.containsSubset(await story.show(), { sign_in_again: null })
    story.provider.says.answer = null
    await story.read()
    assert.containsSubset(await story.show(), { sign_in_again: null, last_error: null })
  })

  test('that gets no answer, or half of one, is tried again with what it has', async ({ assert }) => {
    const story = await signedIn()
    await story.age()
    story.provider.says.hangsUp = true
    await story.read()
    assert.match((await story.row()).last_error, /cannot be read/)
    assert.containsSubset(await story.grant(), { refreshing_until: null, ended_at: null })
    story.provider.says.hangsUp = false
    await story.read()
    assert.isNull((await story.row()).last_error)
  })

  test('can be changed without another consent, as long as server and user stay', async ({ assert }) => {
    const story = await signedIn()
    const put = (more: object) => story.browser.put(path, { ...story.settings(more), app: undefined })
    assert.equal((await put({ folder: 'Done' })).status, 200)
    assert.containsSubset(await story.show(), { folder: 'Done', app: { kind: 'other' } })
    const elsewhere = await imapServer()
    assert.equal((await put({ port: elsewhere.port })).status, 422)
    assert.equal((await put({ user: 'somebody' })).status, 422)
    story.provider.revoke()
    await story.age()
    assert.deepEqual(errorOf(await put({ folder: 'INBOX' })), [422, 'E_MAILBOX_REFUSED'])
  })

  test('sends a stored client secret to no other provider', async ({ assert }) => {
    const story = await signedIn()
    const other = await mailProvider()
    const begun = await story.begin({}, { token_endpoint: other.app.token_endpoint, client_secret: undefined })
    assert.deepEqual([begun.status, begun.body.errors[0].field], [422, 'app.client_secret'])
  })

  test('gives no token to a server that was put in the place of its own meanwhile', async ({ assert }) => {
    const story = await signedIn()
    await story.age()
    const goOn = story.provider.holdNext()
    await db
      .from('bounce_mailboxes')
      .where({ workspace_id: story.workspaceId })
      .update({ next_check_at: new Date(0) })
    const reading = readDueMailbox({ workspaceId: story.workspaceId })
    await story.isAsked()
    await db
      .from('bounce_mailboxes')
      .where({ workspace_id: story.workspaceId })
      .update({ updated_at: new Date(Date.now() + 1_000) })
    goOn()
    await reading
    assert.match((await story.row()).last_error, /changed meanwhile/)
  })

  test('forgets everything when it is taken away, or opened by a password again', async ({ assert }) => {
    const story = await signedIn()
    assert.equal((await story.browser.delete(path)).status, 204)
    assert.isUndefined((await story.grant()) ?? undefined)
    assert.equal((await story.signIn()).status, 200)
    const byPassword = await imapServer()
    const settings = { ...story.settings(), app: undefined, port: byPassword.port, password: imapUser.password }
    assert.equal((await story.browser.put(path, settings)).status, 200)
    assert.isNotOk(await story.grant())
    assert.containsSubset(await story.show(), { app: null, sign_in_again: null })
  })
})
