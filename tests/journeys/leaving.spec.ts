import { connect } from 'node:net'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { ALL_TOPICS, keepWish, wishesOf } from '#consent'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { campaign } from '#tests/support/written_campaign'
import { assertPageAccessible } from '#tests/support/journey'
import { letTheWorkerWork } from '#tests/support/worker'

const here = () => `http://${process.env.HOST}:${process.env.PORT}`

/** A campaign that has arrived: three people, each with a mail in the Outbox. */
async function arrived(client: any) {
  const sent = await campaign(client)
  ;(await sent.api.post(`/${sent.id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: sent.workspace.id })
  await letTheWorkerWork(sent.workspace)
  const mails = await db.from('captured_messages').where('workspace_id', sent.workspace.id).orderBy('contact_id')
  return { ...sent, mails }
}

/** Every address of a mail that leads to us, header and body, at the server under test. */
function ourLinks({ html, headers }: { html: string; headers: Record<string, string> }): string[] {
  const found = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url]) => url.replaceAll('&amp;', '&'))
  const header = headers['List-Unsubscribe'].match(/<([^>]+)>/)![1]
  return [...new Set([...found, header])]
    .filter((url) => url.startsWith(appUrl))
    .map((url) => url.replace(appUrl, here()))
}

const standing = (workspaceId: number) =>
  db.from('consents').where('workspace_id', workspaceId).orderBy('contact_id').select('contact_id', 'status', 'since')

/** The bytes of a POST as a mailbox provider sends them, without a cookie, an origin or anything else (RFC 8058 §3.1). */
function rawPost(
  url: string,
  { body, type, agent }: { body: string; type: string | null; agent: string | null }
): Promise<string> {
  const { hostname, port, pathname, host } = new URL(url)
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    ...(agent ? [`User-Agent: ${agent}`] : []),
    ...(type ? [`Content-Type: ${type}`] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`))
    let answer = ''
    socket
      .on('data', (bytes) => (answer += bytes))
      .on('end', () => resolve(answer))
      .on('error', reject)
  })
}

const form = 'List-Unsubscribe=One-Click'
const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

test.group('Leaving', () => {
  test('a scanner that fetches every link of every mail, by GET and HEAD, changes nothing', async ({
    client,
    assert,
  }) => {
    const { mails, workspace, id, api } = await arrived(client)
    const before = await standing(workspace.id)
    assert.lengthOf(before, 3)
    for (const mail of mails) {
      const links = ourLinks(mail)
      assert.isAtLeast(links.length, 4, 'a link, the pixel, both ways out')
      for (const url of links) {
        for (const [method, agent] of [
          ['HEAD', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks'],
          ['GET', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks'],
          ['GET', ''],
        ]) {
          const answer = await fetch(url, { method, redirect: 'manual', headers: { 'user-agent': agent } })
          assert.include([200, 302], answer.status, `${method} ${url}`)
          assert.lengthOf(answer.headers.getSetCookie(), 0)
        }
      }
    }
    assert.deepEqual(await standing(workspace.id), before)
    const report = (await api.get(`/${id}/report`)).body()
    assert.equal(report.totals.unsubscribed, 0)
    assert.equal(report.totals.clicked.human, 0, 'no machine is counted as a person')
  })

  test('one click in the mailbox’s own button ends it, in every form in which providers send it', async ({
    client,
    assert,
  }) => {
    const { mails, workspace, topic, ids, token, api, id } = await arrived(client)
    const url = (mail: any) => mail.headers['List-Unsubscribe'].match(/<([^>]+)>/)![1].replace(appUrl, here())
    for (const mail of mails) {
      assert.equal(mail.headers['List-Unsubscribe-Post'], form)
    }
    const ways = [
      { body: form, type: 'application/x-www-form-urlencoded', agent: null },
      { body: multipart, type: 'multipart/form-data; boundary=x', agent: 'Go-http-client/1.1' },
      { body: '', type: null, agent: '' },
    ]
    for (const [i, way] of ways.entries()) {
      for (const again of [way, way]) {
        const answer = await rawPost(url(mails[i]), again)
        assert.match(answer, /^HTTP\/1\.1 200 /)
        assert.notMatch(answer, /set-cookie|location:/i)
      }
    }
    assert.match(await rawPost(`${here()}/u/${'A'.repeat(40)}`, ways[0]), /^HTTP\/1\.1 200 /, 'no oracle')

    const states = await standing(workspace.id)
    assert.deepEqual([...new Set(states.map(({ status }: any) => status))], ['withdrawn'])
    const entries = await db.from('consent_entries').where({ workspace_id: workspace.id, action: 'withdraw' })
    assert.lengthOf(entries, 3, 'a repeated click is not a second declaration')
    const check = await client
      .post('/api/v1/consents/check')
      .bearerToken(token)
      .json({ contact_id: String(ids[0]), channel: 'email', topic_id: String(topic.id) })
    assert.isFalse(check.body().may_receive)
    assert.equal((await api.get(`/${id}/report`)).body().totals.unsubscribed, 3)

    const next = (await api.post(`/${id}/duplicate`)).body()
    const { audience } = (await api.get(`/${next.id}/preflight`)).body()
    assert.deepEqual(audience, { candidates: 3, mailable: 0, excluded: { withdrawn: 3 } })
  })

  test('the pages in the mail work in a browser without JavaScript, and take effect everywhere at once', async ({
    client,
    browser,
    assert,
  }) => {
    const { mails, workspace } = await arrived(client)
    await db.from('topics').where('workspace_id', workspace.id).update({ description: 'Out of the oven on Friday' })
    const links = ourLinks(mails[0])
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()

    await page.goto(links.find((url) => url.includes('/u/'))!)
    await page.getByRole('button', { name: 'Unsubscribe', exact: true }).click()
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'You are unsubscribed')
    const stand = async () =>
      (await standing(workspace.id)).find((row: any) => row.contact_id === mails[0].contact_id).status
    assert.equal(await stand(), 'withdrawn')

    await page.getByRole('link', { name: /Choose what you get/ }).click()
    const box = page.getByRole('checkbox').first()
    assert.isFalse(await box.isChecked())
    await page.getByText('Out of the oven on Friday').waitFor()
    assert.notMatch(await page.locator('main').innerText(), /@(if|else|end)/)
    await box.check()
    await page.getByRole('button', { name: 'Save' }).click()
    assert.equal(await stand(), 'granted')
    assert.isTrue(await page.getByRole('checkbox').first().isChecked())
    assert.lengthOf(await context.cookies(), 0)
    await context.close()
  })

  test('less often, a pause and goodbye, without JavaScript, in two languages', async ({ client, browser, assert }) => {
    const { mails, workspace, topic } = await arrived(client)
    await db.from('contacts').where('id', mails[0].contact_id).update({ locale: 'de' })
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const said = () => page.getByRole('status').textContent()
    const wishes = () => wishesOf({ workspaceId: workspace.id, contactId: mails[0].contact_id })

    await page.goto(ourLinks(mails[0]).find((url) => url.includes('/p/'))!)
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Was Sie von Blue Door Bakery bekommen')
    await page.getByLabel('Welche E-Mails').first().selectOption(topic.name)
    await page.getByLabel('Wie oft').selectOption('Höchstens eine E-Mail im Monat')
    await page.getByRole('button', { name: 'Weniger E-Mails bekommen' }).click()
    assert.equal(await said(), `Gespeichert. ${topic.name}: höchstens eine E-Mail im Monat.`)
    assert.containsSubset(await wishes(), [{ topicId: topic.id, pace: 'monthly' }])

    await page.getByRole('navigation', { name: 'Sprache' }).getByRole('link', { name: 'English' }).click()
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'What you get from Blue Door Bakery')
    const nextYear = new Date().getUTCFullYear() + 1
    await page.getByLabel('Until').fill(`${nextYear}-01-15`)
    await page.getByRole('button', { name: 'Pause' }).click()
    assert.equal(await said(), `Saved. All mails from Blue Door Bakery: nothing until January 15, ${nextYear}.`)
    await page.getByRole('button', { name: /^Take this back: .* a month$/ }).click()
    assert.lengthOf(await wishes(), 1)

    await page.getByLabel('Why?').selectOption('Too many mails')
    await page.getByLabel('In your words').fill('Bread every hour')
    await page.getByRole('button', { name: 'Unsubscribe from everything' }).click()
    assert.equal(await said(), 'Saved: you get no more mails.')
    const entry = await db
      .from('consent_entries')
      .where({ workspace_id: workspace.id, contact_id: mails[0].contact_id, action: 'withdraw' })
      .first()
    assert.equal(entry.reason, 'Too many mails: Bread every hour')
    assert.lengthOf(await context.cookies(), 0)
    await context.close()
  })

  test('the pages of readers pass axe, in every language, width and light', async ({ client, browser }) => {
    const { mails, workspace } = await arrived(client)
    await db.transaction((trx) =>
      keepWish({
        workspaceId: workspace.id,
        contactId: mails[0].contact_id,
        channel: 'email',
        topicId: ALL_TOPICS,
        pace: 'weekly',
        actor: theSystem,
        trx,
      })
    )
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    const doors = ourLinks(mails[0]).filter((url) => /\/[pu]\//.test(url))
    for (const [language, width] of [
      ['en', 1440],
      ['de', 768],
      ['fr', 375],
      ['es', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      for (const url of doors) {
        await page.goto(`${url}?lang=${language}`)
        await assertPageAccessible(page)
      }
    }
    await context.close()
  })
})
