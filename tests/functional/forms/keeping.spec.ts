import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import { enforceRetention } from '#compliance'
import { Contact, eraseContact } from '#contacts'
import { theSystem } from '#identity'
import { bakeryForm, browser, WORDING } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

test.group('Writing a form', () => {
  test('a draft takes nobody until it is published, and again when it is taken off', async ({ client, assert }) => {
    const it = await bakeryForm(client, { is_open: false })
    assert.isFalse(it.form.is_open)
    assert.include((await client.get(it.path)).text(), 'This form is closed')
    await it.post({ email: 'ada@people.test' })
    assert.lengthOf(await it.submissions(), 0)
    const published = await it.api.patch(`/forms/${it.form.id}`, { is_open: true })
    assert.deepEqual([published.body().is_open, published.body().version], [true, 1])
    await it.post({ email: 'ada@people.test' })
    assert.lengthOf(await it.submissions(), 1)
  })

  test('the preview is the page of what is typed, half finished as it is, and keeps nothing', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const preview = (body: object) => it.api.post('/forms/preview', body)
    const shown = (
      await preview({
        language: 'de',
        title: 'Frisches <b>Brot</b>',
        fields: [
          { name: 'first_name', label: 'Vorname', required: true },
          { name: 'last_name', label: '', hidden: true },
        ],
        topic_ids: [String(it.specials.id)],
        wording: 'Ja',
        look: { color: '#f6c90e', color_dark: '#101820' },
      })
    ).body().html
    for (const words of [
      '<html lang="de">',
      'Frisches &lt;b&gt;Brot',
      'Vorname',
      'Weekly specials',
      'Anmelden',
      '#f6c90e',
      '#101820',
    ]) {
      assert.include(shown, words)
    }
    assert.notInclude(shown, 'Opening hours')
    assert.include((await preview({})).body().html, 'E-mail address')
    assert.include((await preview({ step: 'thanks' })).body().html, 'Please confirm by e-mail')
    assert.include((await preview({ step: 'thanks', double_opt_in: false })).body().html, 'You are signed up')
    const other = await bakeryForm(client)
    const foreign = await preview({ topic_ids: [String(other.specials.id)] })
    assert.notInclude(foreign.body().html, 'Weekly specials')
    assert.equal((await preview({ look: { color: 'red' } })).body().errors[0].field, 'look.color')
    const { n } = await db.from('forms').where('workspace_id', it.workspace.id).count('* as n').first()
    assert.equal(Number(n), 1)
  })

  test('the preview of the mail and of the pages behind its link is what people get', async ({ client, assert }) => {
    const it = await bakeryForm(client, { language: 'fr', asks_tracking: true })
    const topic_ids = [String(it.specials.id), String(it.hours.id)]
    const typed = { language: 'fr', topic_ids, wording: it.form.wording.text, asks_tracking: true }
    const preview = async (step: string) => (await it.api.post('/forms/preview', { ...typed, step })).body()
    await it.post({ email: 'ada@people.test', tracking: 'yes' })
    const [sent] = await it.mails()
    const own = (html: string) => html.replaceAll(sent.link, '/confirm/preview')
    const mail = await preview('mail')
    assert.equal(mail.subject, sent.subject)
    assert.equal(mail.html, own(sent.html))
    assert.include(mail.from, 'hello@bluedoor.test')

    const bare = (html: string) =>
      html.replace(/nonce="[^"]*"/g, 'nonce=""').replaceAll('ada@people.test', 'ada@example.org')
    assert.equal((await preview('confirm')).html, bare((await client.get(sent.link)).text()))
    assert.equal((await preview('confirmed')).html, bare((await client.post(sent.link)).text()))
    assert.lengthOf(await it.submissions(), 1)
    await db.from('workspaces').where('id', it.workspace.id).update({ default_from_email: null })
    const refused = await it.api.post('/forms/preview', { ...typed, step: 'mail' })
    refused.assertStatus(422)
    assert.include(refused.body().errors[0].message, 'set a sender in Settings')
  })

  test('who saves over a colleague’s version hears who and when; naming none overwrites', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const at = `/forms/${it.form.id}`
    ;(await it.api.patch(at, { version: 1, title: 'Bread on Fridays' })).assertStatus(200)
    const late = await it.api.patch(at, { version: 1, title: 'Bread on Mondays' })
    late.assertStatus(409)
    assert.include(late.body().errors[0], { code: 'E_EDITED_MEANWHILE', version: 2 })
    assert.isNotEmpty(late.body().errors[0].edited_by)
    assert.equal((await it.api.get(at)).body().title, 'Bread on Fridays')
    assert.equal((await it.api.patch(at, { title: 'Bread on Mondays' })).body().version, 3)
  })

  test('the brand has a colour by day and one by night, and words on it that can be read', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { look: { color: '#101820', color_dark: '#f6c90e' } })
    const css = (await client.get(it.path)).text().replace(/\s+/g, ' ')
    assert.include(css, 'background:#101820;border-color:#101820;color:#fff')
    assert.include(
      css,
      '@media (prefers-color-scheme:dark){main button.brand{background:#f6c90e;border-color:#f6c90e;color:#000'
    )
    const dark = (
      await it.api.post('/forms/preview', { look: { color: '#101820', color_dark: '#f6c90e', scheme: 'dark' } })
    ).body()
    assert.notInclude(dark.html, 'background:#101820')
  })

  test('forms are found by name and state; a deleted one is listed apart and comes back', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { name: 'Counter 100%' })
    const names = async (query: string) =>
      (await it.api.get(`/forms${query}`)).body().data.map(({ name }: { name: string }) => name)
    assert.deepEqual(await names('?q=100%25'), ['Counter 100%'])
    assert.deepEqual(await names('?q=1000'), [])
    assert.deepEqual(await names('?state=closed'), [])
    await it.api.delete(`/forms/${it.form.id}`)
    assert.deepEqual([await names(''), await names('?state=deleted')], [[], ['Counter 100%']])
    await it.api.post(`/forms/${it.form.id}/restore`)
    assert.deepEqual(await names('?state=open'), ['Counter 100%'])
    ;(await it.api.get('/forms?state=lost')).assertStatus(422)
  })
})

test.group('What came of a form', () => {
  test('counts who was asked, who confirmed and who still can, also when they are forgotten', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const signUps = async () => (await it.api.get(`/forms/${it.form.id}`)).body().sign_ups
    assert.deepEqual(await signUps(), { asked: 0, confirmed: 0, waiting: 0, agreed: 0, last_at: null })
    for (const name of ['ada', 'ben', 'cara', 'finn']) await it.post({ email: `${name}@people.test` })
    await it.post({ email: 'ada@people.test' })
    const [first, , thirds] = await it.mails()
    await client.post(first.link)
    assert.include(await signUps(), { asked: 4, confirmed: 1, waiting: 3, agreed: 0 })

    const finn = await Contact.of(it.workspace).where('email', 'finn@people.test').firstOrFail()
    await db.transaction((trx) => eraseContact({ workspaceId: it.workspace.id, contact: finn, actor: theSystem, trx }))
    await letTheWorkerWork(it.workspace)
    await db.rawQuery(
      `update form_submissions set expires_at = now() - interval '31 days', created_at = now() - interval '60 days'
       where workspace_id = ? and state in ('pending', 'repeated')`,
      [it.workspace.id]
    )
    assert.include(await signUps(), { asked: 4, confirmed: 1, waiting: 0 })
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.lengthOf(await it.submissions(), 2)
    const { last_at: at, ...left } = await signUps()
    assert.deepEqual(left, { asked: 4, confirmed: 1, waiting: 0, agreed: 0 })
    assert.isNotNull(at)
    assert.deepEqual((await it.api.get('/forms')).body().data[0].sign_ups, { ...left, last_at: at })
    assert.include((await client.post(thirds.link)).text(), 'Thank you')
  })

  test('without double opt-in they agreed at once, and nobody was asked', async ({ client, assert }) => {
    const { token } = await bakery()
    const made = async (path: string, body: object) =>
      (await client.post(`/api/v1/${path}`).bearerToken(token).json(body)).body()
    const topic = await made('topics', { name: 'News', double_opt_in: false })
    const form = await made('forms', { name: 'Counter', topic_ids: [topic.id], wording: WORDING, double_opt_in: false })
    await client
      .post(`/f/${form.slug}`)
      .header('user-agent', 'The counter')
      .json({ email: 'ada@people.test', topics: [topic.id] })
    const { sign_ups: signUps } = (await client.get(`/api/v1/forms/${form.id}`).bearerToken(token)).body()
    assert.include(signUps, { asked: 0, confirmed: 0, agreed: 1 })
  })
})

test.group('A form in another page', () => {
  test('names the version that was pasted: the ledger gets the words that were seen there', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const embed = (await it.api.get(`/forms/${it.form.id}/embed`)).body()
    assert.include(embed.script, '/embed.js" defer')
    await it.api.patch(`/forms/${it.form.id}`, { wording: 'Quite other words than before.' })
    const stamp = embed.html.match(/name="stamp" value="([^"]+)"/)[1]
    const topics = [String(it.specials.id)]
    await client.post(it.path).headers(browser).form({ stamp, email: 'ada@people.test', topics })
    await client.post(it.path).header('user-agent', 'The counter').json({ email: 'ben@people.test', topics })
    const [seen, told] = await it.ledger()
    assert.include(seen.statement, WORDING)
    assert.include(told.statement, 'Quite other words')
    assert.deepEqual(
      (await it.submissions()).map(({ version }) => version),
      [1, 2]
    )
  })

  test('its script is at most 3 KB, may be fetched from anywhere, keeps no cookie and asks nobody else', async ({
    client,
    assert,
  }) => {
    const script = readFileSync(app.publicPath('embed.js'), 'utf8')
    assert.isAtMost(Buffer.byteLength(script), 3 * 1024)
    for (const never of ['cookie', 'localStorage', 'sendBeacon', 'http', 'eval', 'innerHTML']) {
      assert.notInclude(script.replace(/\/\*[\s\S]*?\*\//g, ''), never)
    }
    const answer = await client.get('/embed.js')
    answer.assertStatus(200)
    assert.match(answer.header('content-type')!, /javascript/)
    assert.equal(answer.header('cross-origin-resource-policy'), 'cross-origin')
    assert.equal(answer.header('cache-control'), 'public, max-age=3600')
    assert.isUndefined(answer.header('set-cookie'))
  })

  test('a script of a named origin reads its mistakes, too', async ({ client, assert }) => {
    const it = await bakeryForm(client, { origins: ['https://bluedoor.test'] })
    const wrong = await client.post(it.path).header('origin', 'https://bluedoor.test').json({ email: 'x' })
    assert.equal(wrong.status(), 422)
    assert.equal(wrong.header('access-control-allow-origin'), 'https://bluedoor.test')
    const asked = await client.options(it.path).header('origin', 'https://bluedoor.test')
    assert.equal(asked.header('access-control-allow-headers'), 'content-type')
    const other = await client.options(it.path).header('origin', 'https://evil.test')
    assert.isUndefined(other.header('access-control-allow-origin'))
  })
})
