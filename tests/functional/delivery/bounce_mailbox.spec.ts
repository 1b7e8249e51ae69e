import { getActiveTestOrFail, test } from '@japa/runner'
import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, sendAllOf } from '#delivery'
import { markOf } from '#app/delivery/feedback/bounces/mail_mark'
import { readDueMailbox } from '#app/delivery/feedback/mailbox/read_mailboxes'
import { audience, freeze, progressOf } from '#tests/support/campaign'
import { standing } from '#tests/support/consent'
import { imapServer, imapUser } from '#tests/support/imap_server'
import { mailServer } from '#tests/support/mail_server'
import { bakery, memberOf } from '#tests/support/workspace'

function during(environment: Record<string, string>) {
  Object.assign(process.env, environment)
  getActiveTestOrFail().cleanup(() => {
    for (const name of Object.keys(environment)) delete process.env[name]
  })
}

const sample = (name: string, mark: string) =>
  readFileSync(new URL(`../../corpora/bounces/mails/${name}.eml`, import.meta.url), 'utf8').replaceAll('{{MARK}}', mark)

const settings = (port: number, more: object = {}) => ({
  address: 'bounces@bakery.test',
  host: '127.0.0.1',
  port,
  security: 'none',
  ...imapUser,
  ...more,
})

/** A campaign that left by SMTP from a workspace whose bounces come to a mailbox. */
async function office({ client, people = 4, ...more }: { client: any; people?: number; [more: string]: unknown }) {
  const mails = await mailServer()
  during({ ALLOW_PRIVATE_ADDRESSES: 'true', SMTP_URL: `smtp://127.0.0.1:${mails.port}` })
  const inbox = await imapServer({ mails: [sample('other-newsletter', '')] })
  const story = await audience({ people })
  const { id: workspaceId } = story.workspace
  const saved = await client.put('/api/v1/bounce-mailbox').bearerToken(story.token).json(settings(inbox.port, more))
  const { shipment, campaignId } = await freeze(story)
  await sendAllOf({ workspaceId })
  const of = { workspace_id: workspaceId }
  return {
    ...story,
    mails,
    inbox,
    saved,
    shipment,
    campaignId,
    mark: (no: number) => markOf({ workspaceId, campaignId, contactId: story.ids[no] }),
    message: (no: number) =>
      db
        .from('messages')
        .where({ ...of, campaign_id: campaignId, contact_id: story.ids[no] })
        .first(),
    events: () => db.from('provider_events').where(of).orderBy('id'),
    row: () => db.from('bounce_mailboxes').where(of).first(),
    suppressed: async () =>
      (await db.from('suppressions').where(of).orderBy('address')).map(({ address, reason }) => [address, reason]),
    show: async () => (await client.get('/api/v1/bounce-mailbox').bearerToken(story.token)).body().mailbox,
    /** What the worker does when its time has come. */
    async read() {
      await db
        .from('bounce_mailboxes')
        .where(of)
        .update({ next_check_at: new Date(0) })
      while (await readDueMailbox({ workspaceId }));
      await applyEvents({ workspaceId })
    },
  }
}

test.group('The bounce mailbox', () => {
  test('is tried before it is kept, and the password never comes out', async ({ client, assert }) => {
    const story = await office({ client, people: 1 })
    story.saved.assertStatus(200)
    assert.containsSubset(await story.show(), {
      address: 'bounces@bakery.test',
      host: '127.0.0.1',
      user: 'bounces',
      folder: 'INBOX',
      after_reading: 'seen',
      last_error: null,
      received: { matched: 0, unsubscribed: 0, unmatched: 0, other: 0 },
    })
    const row = await story.row()
    assert.notInclude(JSON.stringify([row, await story.show()]), imapUser.password)
    const tested = await client.post('/api/v1/bounce-mailbox/test').bearerToken(story.token).json({})
    assert.deepEqual(tested.body(), { ok: true, mails: 1 })
  })

  test('what is wrong is told by its field', async ({ client, assert }) => {
    during({ ALLOW_PRIVATE_ADDRESSES: 'true' })
    const { port } = await imapServer()
    const secure = await imapServer({ secure: true })
    const { token } = await bakery()
    const wrong = async (body: object) => {
      const answer = await client.put('/api/v1/bounce-mailbox').bearerToken(token).json(body)
      return [answer.status(), answer.body().errors?.[0].field]
    }
    assert.deepEqual(await wrong(settings(port, { address: 'no address' })), [422, 'address'])
    assert.deepEqual(await wrong(settings(port, { password: 'wrong' })), [422, 'password'])
    assert.deepEqual(await wrong(settings(port, { password: undefined })), [422, 'password'])
    assert.deepEqual(await wrong(settings(port, { folder: 'Nowhere' })), [422, 'folder'])
    assert.deepEqual(await wrong(settings(port, { after_reading: 'move' })), [422, 'move_to'])
    assert.deepEqual(await wrong(settings(port, { after_reading: 'move', move_to: 'Nowhere' })), [422, 'move_to'])
    assert.deepEqual(await wrong(settings(port, { host: 'imap.nowhere.invalid' })), [422, 'host'])
    assert.deepEqual(await wrong(settings(secure.port, { security: 'tls' })), [422, 'security'])
    assert.deepEqual(await wrong(settings(port, { security: 'starttls' })), [422, 'security'])
    assert.deepEqual(await wrong(settings(9)), [503, 'port'])
    const show = await client.get('/api/v1/bounce-mailbox').bearerToken(token)
    assert.isNull(show.body().mailbox)
    ;(await client.post('/api/v1/bounce-mailbox/test').bearerToken(token).json({})).assertStatus(404)
  })

  test('a machine beside ours is not connected to, unless the installation says so', async ({ client, assert }) => {
    const { port } = await imapServer()
    const { token } = await bakery()
    for (const host of ['127.0.0.1', 'localhost', '10.0.0.7', '169.254.169.254', '::1']) {
      const answer = await client
        .put('/api/v1/bounce-mailbox')
        .bearerToken(token)
        .json(settings(port, { host, security: 'tls' }))
      assert.deepEqual([answer.status(), answer.body().errors[0].field], [422, 'host'], host)
    }
    const open = await client.put('/api/v1/bounce-mailbox').bearerToken(token).json(settings(port))
    assert.equal(open.body().errors[0].field, 'security')
  })

  test('a stored password goes to no other server', async ({ client, assert }) => {
    const story = await office({ client, people: 1 })
    const other = await imapServer()
    const put = (body: object) => client.put('/api/v1/bounce-mailbox').bearerToken(story.token).json(body)
    ;(await put(settings(story.inbox.port, { password: undefined, folder: 'Done' }))).assertStatus(200)
    const stolen = await put(settings(other.port, { password: undefined }))
    assert.deepEqual([stolen.status(), stolen.body().errors[0].field], [422, 'password'])
  })

  test('is for who may change settings, and for nobody else’s', async ({ client, assert }) => {
    const story = await office({ client, people: 1 })
    const viewer = await memberOf(story.workspace, { role: 'viewer' })
    ;(await client.delete('/api/v1/bounce-mailbox').bearerToken(viewer.token)).assertStatus(403)
    const stranger = await bakery()
    const seen = await client.get('/api/v1/bounce-mailbox').bearerToken(stranger.token)
    assert.isNull(seen.body().mailbox)
    ;(await client.delete('/api/v1/bounce-mailbox').bearerToken(stranger.token)).assertStatus(204)
    assert.isNotNull(await story.row())
    ;(await client.delete('/api/v1/bounce-mailbox').bearerToken(story.token)).assertStatus(204)
    assert.isNull(await story.row())
  })
})

test.group('Reports that come to it', () => {
  test('mails leave with a return path that says which they are', async ({ client, assert }) => {
    const paths: string[] = []
    const mails = await mailServer({
      onMailFrom: ({ address }, _, done) => {
        paths.push(address)
        done()
      },
    })
    const story = await office({ client, people: 1 })
    process.env.SMTP_URL = `smtp://127.0.0.1:${mails.port}`
    const { campaignId } = await freeze(story)
    await sendAllOf({ workspaceId: story.workspace.id })
    const mark = markOf({ workspaceId: story.workspace.id, campaignId, contactId: story.ids[0] })
    assert.deepEqual(paths, [`bounces+${mark}@bakery.test`])
    assert.match(mails.received[0], /^From: Blue Door Bakery <news@bakery\.test>/m)
  })

  test('are read, sorted and heeded; what lay there before is left alone', async ({ client, assert }) => {
    const story = await office({ client })
    story.inbox.arrive(
      sample('hard-postfix', story.mark(0)),
      sample('soft-gmail-full', story.mark(1)),
      sample('complained-yahoo', story.mark(2)),
      sample('auto_reply-exchange', story.mark(3)),
      sample('other-person', story.mark(3))
    )
    await story.read()
    assert.containsSubset(await story.message(0), { state: 'bounced', reason: 'bounce_hard' })
    assert.containsSubset(await story.message(1), { state: 'bounced', reason: 'bounce_soft' })
    assert.containsSubset(await story.message(2), { state: 'complained', reason: 'complaint' })
    assert.containsSubset(await story.message(3), { state: 'accepted', reason: null })
    assert.deepEqual(await story.suppressed(), [
      ['p0@people.test', 'hard_bounce'],
      ['p2@people.test', 'complaint'],
    ])
    assert.equal(await standing(story.workspace, story.ids[2], story.topic), 'withdrawn')
    assert.containsSubset(await db.from('bounces').where({ workspace_id: story.workspace.id }).orderBy('id'), [
      { class: 'hard', source: 'mailbox' },
      { class: 'soft', source: 'mailbox' },
      { class: 'auto_reply', source: 'mailbox' },
    ])
    assert.containsSubset(await progressOf(story.shipment), { accepted: 4, bounced: 2, complained: 1 })
    assert.lengthOf(await story.events(), 5)
    assert.deepEqual((await story.show()).received, { matched: 4, unsubscribed: 0, unmatched: 0, other: 1 })
    assert.deepEqual(
      story.inbox.flags().map((flags: string[]) => flags.includes('\\Seen')),
      [false, true, true, true, true, true]
    )
  })

  test('a forged report suppresses nobody', async ({ client, assert }) => {
    const story = await office({ client })
    const stranger = await bakery()
    const theirs = markOf({ workspaceId: stranger.workspace.id, campaignId: 1, contactId: 2 })
    const forged = story.mark(0).slice(0, -2) + (story.mark(0).endsWith('00') ? '11' : '00')
    story.inbox.arrive(
      sample('hard-postfix', 'nothing').replaceAll('eve@corp.test', story.emails[0]),
      sample('hard-postfix', forged).replaceAll('eve@corp.test', story.emails[0]),
      sample('complained-yahoo', theirs).replaceAll('eve@yahoo.test', story.emails[0])
    )
    await story.read()
    assert.deepEqual(await story.suppressed(), [])
    assert.equal((await story.message(0)).state, 'accepted')
    const events = await story.events()
    assert.deepEqual(
      events.map(({ type, outcome }) => [type, outcome]),
      Array.from({ length: 3 }, () => ['mailbox.unmatched', 'unmatched'])
    )
    assert.notInclude(JSON.stringify(events), '@', 'nothing of a mail that is not about ours is kept')
    assert.deepEqual((await story.show()).received, { matched: 0, unsubscribed: 0, unmatched: 3, other: 0 })
  })

  test('each counts once, also after a crash and when the server numbers its mails anew', async ({
    client,
    assert,
  }) => {
    const story = await office({ client })
    story.inbox.arrive(sample('hard-postfix', story.mark(0)))
    await story.read()
    // as after a crash between storing and remembering
    await db.from('bounce_mailboxes').where({ workspace_id: story.workspace.id }).update({ last_uid: 1 })
    await story.read()
    story.inbox.renumber(78)
    story.inbox.arrive(sample('hard-exim', story.mark(1)))
    await story.read()
    await story.read()
    const types = (await story.events()).map(({ type }) => type)
    assert.deepEqual(
      types.filter((type) => type === 'mailbox.bounced'),
      ['mailbox.bounced', 'mailbox.bounced']
    )
    assert.lengthOf(await db.from('bounces').where({ workspace_id: story.workspace.id }), 2)
    assert.equal(Number((await story.row()).uid_validity), 78)
  })

  test('mails that were read go to a folder, if that is wanted', async ({ client, assert }) => {
    const story = await office({ client, after_reading: 'move', move_to: 'Done' })
    story.inbox.arrive(sample('hard-postfix', story.mark(0)), sample('delayed-postfix', story.mark(1)))
    await story.read()
    assert.lengthOf(story.inbox.flags('INBOX'), 1)
    assert.lengthOf(story.inbox.flags('Done'), 2)
    assert.equal((await story.message(1)).state, 'delayed')
  })

  test('many are read in lots, and a huge one costs no more than its beginning', async ({ client, assert }) => {
    const story = await office({ client })
    const huge = sample('hard-postfix', story.mark(1)) + 'x'.repeat(2_000_000)
    story.inbox.arrive(...Array.from({ length: 60 }, (_, no) => sample('other-person', `no ${no}`)), huge)
    await story.read()
    assert.lengthOf(await story.events(), 61)
    assert.equal((await story.message(1)).state, 'bounced')
  })

  test('a server that is away is asked again, more and more seldom, and the screen says why', async ({
    client,
    assert,
  }) => {
    const story = await office({ client, people: 1 })
    await story.inbox.close()
    await story.read()
    await story.read()
    const row = await story.row()
    assert.equal(row.failures, 2)
    assert.closeTo((row.next_check_at.getTime() - Date.now()) / 60_000, 2, 0.2)
    assert.isNull(row.lease_until)
    assert.match((await story.show()).last_error, /ECONNREFUSED/)
  })

  test('a mailbox that another worker reads is left to it', async ({ client, assert }) => {
    const story = await office({ client, people: 1 })
    await db
      .from('bounce_mailboxes')
      .where({ workspace_id: story.workspace.id })
      .update({
        next_check_at: new Date(0),
        lease_until: new Date(Date.now() + 60_000),
      })
    assert.isFalse(await readDueMailbox({ workspaceId: story.workspace.id }))
  })

  test('a server’s words that are cut in the middle of a sign do not keep the others from being read', async ({
    client,
    assert,
  }) => {
    const story = await office({ client })
    const report = (mark: string, words: string) =>
      [
        `From: mailer-daemon@mx.test`,
        `Subject: Undeliverable`,
        `To: bounces+${mark}@bakery.test`,
        'Content-Type: message/delivery-status',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(
          `Reporting-MTA: dns; mx.test\n\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1 ${words}`
        ).toString('base64'),
      ].join('\r\n')
    const words = (length: number) => `${'x'.repeat(length)}${'📮'.repeat(1_200)}`
    story.inbox.arrive(report(story.mark(0), words(0)))
    story.inbox.arrive(report(story.mark(1), words(1)))
    story.inbox.arrive(report(story.mark(2), 'at all'))
    await story.read()
    assert.isNull((await story.row()).last_error)
    assert.lengthOf(await story.suppressed(), 3)
  })
})
