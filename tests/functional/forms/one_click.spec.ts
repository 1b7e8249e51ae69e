import { connect } from 'node:net'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, verifyLedger } from '#consent'
import { Contact } from '#contacts'
import { adasMail, agree, ledger, standing } from '#tests/support/adas_mail'

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
