import { connect } from 'node:net'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { addressHash, recordConsent, verifyLedger, wishesOf } from '#consent'
import { Contact } from '#contacts'
import { theSystem, type Workspace } from '#identity'
import { recipientUrls } from '#tracking'
import { bakery } from '#tests/support/workspace'
import { sentCampaign } from '#tests/support/sent_campaign'

/** Ada agreed to two topics and got a mail about the first. */
async function adasMail() {
  const { workspace, token } = await bakery()
  const ada = await Contact.create({
    workspaceId: workspace.id,
    email: 'Ada@example.test',
    emailKey: 'ada@example.test',
    emailHash: addressHash(workspace.id, 'ada@example.test'),
    firstName: 'Ada',
  })
  const specials = await topicOf(workspace, 'Weekly specials')
  const hours = await topicOf(workspace, 'Opening hours')
  const secret = await topicOf(workspace, 'For staff', { public: false })
  for (const topicId of [specials, hours]) await agree(workspace, ada.id, topicId)
  const sent = await sentCampaign(workspace, { contactId: ada.id, topicId: specials })
  const urls = recipientUrls({ ...sent, baseUrl: '', tracking: { opens: true, clicks: true } })
  return { workspace, token, ada, specials, hours, secret, sent, urls }
}

async function topicOf(workspace: Workspace, name: string, more: Record<string, unknown> = {}): Promise<number> {
  const [{ id }] = await db
    .insertQuery()
    .table('topics')
    .insert({ workspace_id: workspace.id, name, ...more })
    .returning('id')
  return Number(id)
}

const agree = (workspace: Workspace, contactId: number, topicId: number) =>
  db.transaction((trx) =>
    recordConsent({
      workspaceId: workspace.id,
      people: [contactId],
      channel: 'email',
      topicId,
      action: 'grant',
      basis: 'consent_express',
      statement: 'I want this.',
      source: 'counter',
      sourceKind: 'team',
      actor: theSystem,
      trx,
    })
  )

async function standing({ workspace, ada }: { workspace: Workspace; ada: { id: number } }) {
  const rows = await db.from('consents').where({ workspace_id: workspace.id, contact_id: ada.id }).orderBy('topic_id')
  return rows.map(({ status }) => status)
}

const ledger = ({ workspace, ada }: { workspace: Workspace; ada: { id: number } }) =>
  db.from('consent_entries').where({ workspace_id: workspace.id, contact_id: ada.id }).orderBy('id')

/** Bytes as a mailbox provider might send them, without any client's help. */
function raw(path: string, lines: string[], body: string, method = 'POST'): Promise<string> {
  const port = Number(process.env.PORT)
  return new Promise((resolve, reject) => {
    const socket = connect(port, process.env.HOST ?? '127.0.0.1', () => {
      socket.write(
        [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', body].join('\r\n')
      )
    })
    let answer = ''
    socket
      .on('data', (chunk) => (answer += chunk))
      .on('end', () => resolve(answer))
      .on('error', reject)
  })
}

test.group('One-click unsubscribe (RFC 8058)', () => {
  const oneClick = 'List-Unsubscribe=One-Click'
  const multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
  const cases: [string, string[], string][] = [
    ['a form', ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${oneClick.length}`], oneClick],
    ['multipart', ['Content-Type: multipart/form-data; boundary=b', `Content-Length: ${multipart.length}`], multipart],
    ['text', ['Content-Type: text/plain', `Content-Length: ${oneClick.length}`], oneClick],
    ['broken JSON', ['Content-Type: application/json', 'Content-Length: 1'], '{'],
    ['an unknown type and charset', ['Content-Type: x/y; charset=klingon', 'Content-Length: 2'], 'ab'],
    [
      'a form in an unknown charset',
      ['Content-Type: application/x-www-form-urlencoded; charset=klingon', `Content-Length: ${oneClick.length}`],
      oneClick,
    ],
    ['no type and no body', ['Content-Length: 0'], ''],
    ['no length at all', [], ''],
    ['an agent of Gmail’s', ['User-Agent: Mozilla/5.0 (via ggpht.com GoogleImageProxy)', 'Content-Length: 0'], ''],
    [
      'a program’s agent, by multipart',
      [
        'User-Agent: Go-http-client/2.0',
        'Content-Type: multipart/form-data; boundary=b',
        `Content-Length: ${multipart.length}`,
      ],
      multipart,
    ],
    ['an empty agent', ['User-Agent:', 'Content-Type: text/plain', `Content-Length: ${oneClick.length}`], oneClick],
    ['a chunked body', ['Transfer-Encoding: chunked'], `1a\r\n${oneClick}\r\n0\r\n\r\n`],
    [
      'no user agent, other cookies and origin',
      ['Origin: https://mail.example', 'Cookie: a=b', 'Content-Length: 0'],
      '',
    ],
  ]
  for (const [what, lines, body] of cases) {
    test(`works with ${what}`, async ({ assert }) => {
      const mail = await adasMail()
      const answer = await raw(mail.urls.unsubscribe, lines, body)
      assert.match(answer, /^HTTP\/1\.1 200 /)
      assert.notMatch(answer, /set-cookie|location:/i)
      assert.deepEqual(await standing(mail), ['withdrawn', 'granted'])
    })
  }

  test('again, and twice at once, is one entry; the campaign counts it; the ledger holds', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await Promise.all([client.post(mail.urls.unsubscribe), client.post(mail.urls.unsubscribe)])
    ;(await client.post(mail.urls.unsubscribe)).assertStatus(200)
    const entries = await ledger(mail)
    assert.lengthOf(
      entries.filter(({ action }) => action === 'withdraw'),
      1
    )
    assert.include(entries.at(-1), { source: 'one-click', source_kind: 'person', source_ref: `campaign:7` })
    const message = await db.from('messages').where('workspace_id', mail.workspace.id).first()
    assert.isNotNull(message.unsubscribed_at)
    assert.isEmpty((await verifyLedger({ workspaceId: mail.workspace.id })).breaks)
  })

  test('a token that is not ours, or for another door, answers alike and changes nothing', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    for (const path of ['/u/nonsense', '/u/test', mail.urls.open!.replace('/o/', '/u/').replace('.gif', '')]) {
      const answer = await client.post(path).redirects(0)
      answer.assertStatus(200)
    }
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
  })

  test('scanners may GET and HEAD every door: nothing changes', async ({ client, assert }) => {
    const mail = await adasMail()
    for (const url of [mail.urls.unsubscribe, mail.urls.preferences, mail.urls.click(1)!, mail.urls.open!]) {
      for (const agent of ['', 'Mozilla/5.0 (Windows NT 10.0) SafeLinks', 'Proofpoint']) {
        await client.get(url).header('user-agent', agent).redirects(0)
        await client.head(url).header('user-agent', agent).redirects(0)
      }
    }
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
    assert.lengthOf(await ledger(mail), 2)
  })

  test('no GET or HEAD is taken for a POST: not by its query, a header, a body or what it says it is for', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const tricks: Record<string, string>[] = [
      { 'x-http-method-override': 'POST' },
      { 'x-http-method': 'POST', 'x-method-override': 'POST' },
      { 'purpose': 'prefetch', 'sec-purpose': 'prefetch;prerender' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]
    const query = '_method=POST&List-Unsubscribe=One-Click&from=page&do=leave&take_back=0:pace&why=other'
    for (const url of [mail.urls.unsubscribe, mail.urls.preferences]) {
      for (const headers of tricks) {
        for (const method of ['get', 'head'] as const) {
          const request = client[method](`${url}?${query}`)
          for (const [name, value] of Object.entries(headers)) request.header(name, value)
          ;(await request).assertStatus(200)
        }
      }
      const bytes = await raw(`${url}?_method=POST`, ['Content-Length: 26'], oneClick, 'GET')
      assert.match(bytes, /^HTTP\/1\.1 200 /)
    }
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
    assert.lengthOf(await ledger(mail), 2)
  })

  test('who was merged leaves as who they are now', async ({ client, assert }) => {
    const mail = await adasMail()
    const survivor = await Contact.create({
      workspaceId: mail.workspace.id,
      email: 'ada@work.test',
      emailKey: 'ada@work.test',
      emailHash: addressHash(mail.workspace.id, 'ada@work.test'),
    })
    await agree(mail.workspace, survivor.id, mail.specials)
    await db.from('contacts').where('id', mail.ada.id).update({ deleted_at: new Date(), merged_into: survivor.id })
    await client.post(mail.urls.unsubscribe)
    assert.deepEqual(await standing({ workspace: mail.workspace, ada: survivor }), ['withdrawn'])
  })

  test('who was deleted is remembered by address, and whoever has it now leaves too', async ({ client, assert }) => {
    const mail = await adasMail()
    await db.from('contacts').where('id', mail.ada.id).update({ deleted_at: new Date() })
    const again = await Contact.create({
      workspaceId: mail.workspace.id,
      email: 'ada@example.test',
      emailKey: 'ada@example.test',
      emailHash: addressHash(mail.workspace.id, 'ada@example.test'),
    })
    await agree(mail.workspace, again.id, mail.specials)
    ;(await client.post(mail.urls.unsubscribe)).assertStatus(200)
    assert.deepEqual(await standing({ workspace: mail.workspace, ada: again }), ['withdrawn'])
    assert.lengthOf(await db.from('former_addresses').where('workspace_id', mail.workspace.id), 1)
  })
})

test.group('Leaving everything', () => {
  test('counts for somebody who was deleted, whether they or their address come back', async ({ client, assert }) => {
    const mail = await adasMail()
    await db.from('contacts').where('id', mail.ada.id).update({ deleted_at: new Date() })
    ;(await client.post(mail.urls.preferences).form({ do: 'leave' })).assertStatus(200)
    assert.deepEqual(await standing(mail), ['withdrawn', 'withdrawn'])
    const suppressed = await db.from('suppressions').where('workspace_id', mail.workspace.id)
    assert.containsSubset(suppressed, [{ reason: 'unsubscribed_all' }])
    assert.isTrue(suppressed[0].address_hash.equals(addressHash(mail.workspace.id, 'ada@example.test')))
  })
})

test.group('The unsubscribe page', () => {
  test('names topic and workspace, has one button, no script, no cookie, strict headers', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const answer = await client.get(mail.urls.unsubscribe)
    answer.assertStatus(200)
    const page = answer.text()
    assert.include(page, 'Weekly specials')
    assert.include(page, 'Blue Door Bakery')
    assert.equal(page.split('<button').length, 2)
    assert.notMatch(page, /<script|https?:\/\//)
    assert.isUndefined(answer.header('set-cookie'))
    assert.match(answer.header('content-security-policy')!, /default-src 'none'.*form-action 'self'/)
    assert.equal(answer.header('referrer-policy'), 'no-referrer')
    assert.include(answer.header('x-robots-tag'), 'noindex')
  })

  test('its button withdraws, with its own source', async ({ client, assert }) => {
    const mail = await adasMail()
    const answer = await client.post(mail.urls.unsubscribe).form({ from: 'page' })
    assert.include(answer.text(), 'You are unsubscribed')
    assert.equal((await ledger(mail)).at(-1).source, 'page')
  })

  test('keeps why with the entry, also for who left by one click and says it afterwards, once', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await client.post(mail.urls.unsubscribe)
    const why = { from: 'page', why: 'too_often', words: 'Every day, really?' }
    await client.post(mail.urls.unsubscribe).form(why)
    await client.post(mail.urls.unsubscribe).form({ ...why, words: 'Again' })
    const entries = (await ledger(mail)).filter(({ action }) => action === 'withdraw')
    assert.deepEqual(
      entries.map(({ source, reason }) => [source, reason]),
      [
        ['one-click', null],
        ['page', 'Too many mails: Every day, really?'],
      ]
    )
    assert.isEmpty((await verifyLedger({ workspaceId: mail.workspace.id })).breaks)
  })

  test('speaks the reader’s language, else the workspace’s, and any other that is chosen', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await mail.workspace.merge({ locale: 'fr' }).save()
    assert.include((await client.get(mail.urls.unsubscribe)).text(), '<html lang="fr">')
    await db.from('contacts').where('id', mail.ada.id).update({ locale: 'de-AT' })
    const page = (await client.get(mail.urls.unsubscribe)).text()
    assert.include(page, 'Sie bekommen E-Mails zu „Weekly specials“ von Blue Door Bakery.')
    assert.include(page, '<html lang="de">')
    assert.include((await client.get(`${mail.urls.unsubscribe}?lang=es`)).text(), '¿Cancelar la suscripción?')
    assert.include((await client.get(`${mail.urls.unsubscribe}?lang=xx&lang=yy`)).text(), '<html lang="de">')
  })

  test('of a test mail says that there is nothing to leave', async ({ client, assert }) => {
    assert.include((await client.get('/u/test')).text(), 'preview or a test')
  })
})

test.group('The preference page', () => {
  const save = (mail: any, chosen: number[], client: any, more: Record<string, string> = {}) =>
    client.post(mail.urls.preferences).form({
      topic: chosen.map(String),
      shown: [mail.specials, mail.hours, mail.secret].map(String),
      do: 'save',
      ...more,
    })

  test('shows public topics with the present state', async ({ client, assert }) => {
    const mail = await adasMail()
    const page = (await client.get(mail.urls.preferences)).text()
    assert.equal(page.split('checked').length, 3)
    assert.include(page, 'Opening hours')
    assert.notInclude(page, 'For staff')
    assert.include(page, 'A•••@example.test', 'whoever has a forwarded mail learns no address')
    assert.notInclude(page, 'Ada@example.test')
  })

  test('unticking withdraws that topic only, ticking is a real grant with the words shown', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const first = await save(mail, [mail.hours], client)
    first.assertStatus(200)
    assert.include(first.text(), 'Saved: you no longer get Weekly specials.')
    assert.deepEqual(await standing(mail), ['withdrawn', 'granted'])
    const message = await db.from('messages').where('workspace_id', mail.workspace.id).first()
    assert.isNotNull(message.unsubscribed_at)

    assert.include((await save(mail, [mail.specials, mail.hours], client)).text(), 'you now get Weekly specials')
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
    const page = (await client.get(mail.urls.preferences)).text()
    const grant = (await ledger(mail)).at(-1)
    assert.include(grant, {
      action: 'grant',
      basis: 'consent_express',
      source: 'preference page',
      statement_version: 'preferences-1',
    })
    assert.include(page, grant.statement)
  })

  test('nothing that the page did not show changes', async ({ client, assert }) => {
    const mail = await adasMail()
    await client.post(mail.urls.preferences).form({ topic: [String(mail.secret)], shown: [String(mail.secret)] })
    await client.post(mail.urls.preferences).form({ do: 'save' })
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
  })

  test('everything can be left at once, for good, and come back by ticking', async ({ client, assert }) => {
    const mail = await adasMail()
    await save(mail, [mail.hours], client, { do: 'leave' })
    assert.deepEqual(await standing(mail), ['withdrawn', 'withdrawn'])
    const suppressed = await db.from('suppressions').where('workspace_id', mail.workspace.id)
    assert.deepInclude(suppressed[0], { reason: 'unsubscribed_all' })
    await save(mail, [mail.hours], client)
    assert.deepEqual(await standing(mail), ['withdrawn', 'granted'])
    assert.lengthOf(await db.from('suppressions').where('workspace_id', mail.workspace.id), 0)
  })

  test('any body is answered; a token that is not ours shows nothing', async ({ client, assert }) => {
    const mail = await adasMail()
    ;(await client.post(mail.urls.preferences).header('content-type', 'application/json').json({ a: 1 })).assertStatus(
      200
    )
    assert.deepEqual(await standing(mail), ['granted', 'granted'])
    const unknown = await client.get('/p/nonsense')
    unknown.assertStatus(200)
    assert.include(unknown.text(), 'nothing to choose')
  })

  test('keeps the sentence in the language in which it was shown', async ({ client, assert }) => {
    const mail = await adasMail()
    const url = `${mail.urls.preferences}?lang=de`
    const shown = [String(mail.specials), String(mail.hours)]
    await client.post(url).form({ shown, topic: [shown[1]], do: 'save', why: 'never_asked' })
    const page = (await client.post(url).form({ shown, topic: shown, do: 'save' })).text()
    const [withdrawn, granted] = (await ledger(mail)).slice(-2)
    assert.include(withdrawn, { action: 'withdraw', language: 'de', reason: 'Never asked for them' })
    assert.include(granted, { action: 'grant', language: 'de', reason: null })
    assert.include(page, granted.statement)
    assert.match(granted.statement, /^Ich möchte E-Mails zu „Weekly specials“/)
    assert.include(page, 'Gespeichert: Sie bekommen jetzt Weekly specials.')
  })

  test('less often and a pause: kept for a topic or all, shown, taken back', async ({ client, assert }) => {
    const mail = await adasMail()
    const say = async (form: Record<string, string>) => (await client.post(mail.urls.preferences).form(form)).text()
    const wishes = () => wishesOf({ workspaceId: mail.workspace.id, contactId: mail.ada.id })
    const day = DateTime.utc().plus({ days: 10 })

    assert.include(
      await say({ do: 'often', about: String(mail.specials), pace: 'weekly' }),
      'Saved. Weekly specials: at most one mail a week.'
    )
    const page = await say({ do: 'pause', about: '0', until: day.toISODate()! })
    assert.include(
      page,
      `Saved. All mails from Blue Door Bakery: nothing until ${day.toLocaleString(DateTime.DATE_FULL)}.`
    )
    assert.deepEqual(
      (await wishes()).map(({ topicId, pace, pausedUntil }) => [topicId, pace, pausedUntil?.toISOString() ?? null]),
      [
        [0, null, day.startOf('day').toJSDate().toISOString()],
        [mail.specials, 'weekly', null],
      ]
    )
    assert.deepEqual(await standing(mail), ['granted', 'granted'], 'they still agree')
    assert.include(await say({ take_back: '0:pause' }), 'as before')
    assert.include(await say({ take_back: `${mail.specials}:pace` }), 'as before')
    assert.isEmpty(await wishes())
    const told = await db.from('audit_entries').where({ workspace_id: mail.workspace.id, action: 'consent.wish' })
    assert.lengthOf(told, 4)
  })

  test('a wish that makes no sense is said to be none', async ({ client, assert }) => {
    const mail = await adasMail()
    const today = DateTime.utc().toISODate()
    const soon = DateTime.utc().plus({ days: 3 }).toISODate()!
    for (const form of [
      { do: 'pause', about: '0', until: today },
      { do: 'pause', about: '0', until: '2999-01-01' },
      { do: 'pause', about: '0', until: "2026-13-77'" },
      { do: 'pause', about: String(mail.secret), until: soon },
      { do: 'pause', about: '-1', until: soon },
      { do: 'often', about: '0', pace: 'never' },
      { do: 'often', pace: 'weekly' },
    ] as Record<string, string>[]) {
      assert.include((await client.post(mail.urls.preferences).form(form)).text(), 'Not saved', JSON.stringify(form))
    }
    ;(await client.post(mail.urls.preferences).form({ take_back: 'x' })).assertStatus(200)
    assert.isEmpty(await wishesOf({ workspaceId: mail.workspace.id, contactId: mail.ada.id }))
  })

  test('says what is kept, and shows none of it', async ({ client, assert }) => {
    const mail = await adasMail()
    await db
      .from('contacts')
      .where('id', mail.ada.id)
      .update({ attributes: { allergy: 'walnuts' }, phone: '+44 1' })
    const page = (await client.get(mail.urls.preferences)).text()
    for (const kind of ['Your name', '2 more facts that Blue Door Bakery noted', 'One mail that you were sent']) {
      assert.include(page, kind)
    }
    assert.notMatch(page, /walnuts|allergy|\+44/)
  })
})
