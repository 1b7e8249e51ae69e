import db from '@adonisjs/lucid/services/db'
import { getActiveTestOrFail, test } from '@japa/runner'
import { readDueMailbox } from '#app/delivery/feedback/mailbox/read_mailboxes'
import { applyEvents, sendAllOf } from '#delivery'
import { campaign } from '#tests/support/written_campaign'
import { imapServer, imapUser } from '#tests/support/imap_server'
import { ask } from '#tests/support/imports'
import { letTheWorkerWork } from '#tests/support/worker'
import { memberOf } from '#tests/support/workspace'

/** A mail as a mailbox program writes it for its reader, or as something else answers one. */
const written = ({ from = 'somebody@else.test', subject, ...headers }: Record<string, string>, text = '') =>
  [
    ...Object.entries({ From: from, To: 'bounces@bakery.test', Subject: subject, ...headers }),
    ['Date', 'Fri, 20 Nov 2026 10:00:00 +0000'],
    ['Message-ID', `<${Math.random()}@else.test>`],
  ]
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')
    .concat(`\r\n\r\n${text}\r\n`)

async function sentWithMailbox(client: any) {
  process.env.ALLOW_PRIVATE_ADDRESSES = 'true'
  getActiveTestOrFail().cleanup(() => void delete process.env.ALLOW_PRIVATE_ADDRESSES)
  const inbox = await imapServer()
  const story = await campaign(client)
  const { workspace, token, id } = story
  const mailbox = { address: 'bounces@bakery.test', host: '127.0.0.1', port: inbox.port, security: 'none', ...imapUser }
  if ((await ask(token, 'PUT', '/bounce-mailbox', mailbox)).status !== 200) throw new Error('no mailbox')
  const preview = (await story.api.post(`/${id}/render`).json({})).body()
  ;(await story.api.post(`/${id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: workspace.id })
  await letTheWorkerWork(workspace)
  const mails = await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('contact_id')
  return {
    ...story,
    preview,
    mails,
    inbox,
    async read() {
      await db
        .from('bounce_mailboxes')
        .where('workspace_id', workspace.id)
        .update({ next_check_at: new Date(0) })
      while (await readDueMailbox({ workspaceId: workspace.id }));
      await applyEvents({ workspaceId: workspace.id })
      await letTheWorkerWork(workspace)
    },
    left: async () =>
      (await db.from('consents').where({ workspace_id: workspace.id, status: 'withdrawn' }).orderBy('contact_id')).map(
        ({ contact_id: contact }) => contact
      ),
  }
}

/** What a mailbox program reads from the header (RFC 2369, RFC 6068). */
function waysOut(mail: any) {
  const [page, byMail] = [...mail.headers['List-Unsubscribe'].matchAll(/<([^>]+)>/g)].map(([, uri]) => new URL(uri))
  return { page, byMail, to: byMail?.pathname, subject: byMail?.searchParams.get('subject') as string }
}

test.group('Leaving by mail', () => {
  test('without a mailbox only the page is offered; with one a mail to it, too, after the page', async ({
    client,
    assert,
  }) => {
    const { api, id } = await campaign(client)
    const alone = (await api.post(`/${id}/render`).json({})).body().headers['List-Unsubscribe']
    assert.notInclude(alone, 'mailto:')
    const { mails, workspace, preview } = await sentWithMailbox(client)
    for (const mail of mails) {
      const { page, to, subject } = waysOut(mail)
      assert.equal(to, 'bounces@bakery.test')
      assert.equal(subject, `unsubscribe.${page.pathname.split('/').at(-1)}`)
      assert.equal(mail.headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
    }
    assert.equal(preview.headers['List-Unsubscribe'], mails[0].headers['List-Unsubscribe'])
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const { headers } = (await ask(viewer.token, 'GET', `/outbox/${mails[0].id}`)).body
    assert.match(headers['List-Unsubscribe'], /\/u\/test>, .*\?subject=unsubscribe\.test>$/)
  })

  test('the token leaves, whoever wrote the mail, once; it is counted, and says how it came', async ({
    client,
    assert,
  }) => {
    const { mails, inbox, read, left, workspace, api, id, token } = await sentWithMailbox(client)
    const { subject } = waysOut(mails[0])
    inbox.arrive(written({ subject }), written({ subject: ` [EXT] ${subject}`, from: 'mail@gateway.test' }))
    await read()
    await read()
    assert.deepEqual(await left(), [mails[0].contact_id])
    const entries = await db.from('consent_entries').where({ workspace_id: workspace.id, action: 'withdraw' })
    assert.lengthOf(entries, 1)
    assert.deepInclude(entries[0], { source: 'mail', source_kind: 'person', ip: null })
    assert.equal((await api.get(`/${id}/report`)).body().totals.unsubscribed, 1)
    const { mailbox } = (await ask(token, 'GET', '/bounce-mailbox')).body
    assert.deepEqual(mailbox.received, { matched: 0, unsubscribed: 2, unmatched: 0, other: 0 })
    const kept = JSON.stringify(await db.from('provider_events').where('workspace_id', workspace.id))
    assert.notInclude(kept, subject.slice(12), 'the way out is not kept')
  })

  test('what answers or returns such a mail, quotes it, or has no token of ours leaves nothing', async ({
    client,
    assert,
  }) => {
    const { mails, inbox, read, left } = await sentWithMailbox(client)
    const { subject } = waysOut(mails[0])
    const bounce = `Return-Path: <>\r\n${written(
      {
        'from': 'MAILER-DAEMON@else.test',
        'subject': `Undelivered Mail Returned to Sender`,
        'Auto-Submitted': 'auto-replied',
      },
      `This is the mail system. Your message could not be delivered.\r\n\r\nSubject: ${subject}`
    )}`
    inbox.arrive(
      bounce,
      written({ subject, 'Auto-Submitted': 'auto-replied' }),
      written({ subject, 'from': 'MAILER-DAEMON@else.test', 'X-Failed-Recipients': 'bounces@bakery.test' }),
      written({ subject: `Out of office: ${subject}` }),
      written({ subject: `Re: ${subject}` }),
      written({ subject: 'Fresh bread' }, `List-Unsubscribe: <mailto:bounces@bakery.test?subject=${subject}>`),
      written({ subject: `${subject}x` }),
      written({ subject: 'unsubscribe' })
    )
    await read()
    assert.deepEqual(await left(), [])
  })
})
