import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, suppress, verifyLedger } from '#consent'
import { Contact, deleteContact, eraseContact } from '#contacts'
import { theSystem } from '#identity'
import { sendDueConfirmation } from '#forms'
import { plantPeople, record, standing } from '#tests/support/consent'
import { bakeryForm, seenBefore, WORDING } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'

test.group('Signing up with double opt-in', () => {
  test('one mail asks for several topics; its link shows a page; only the button grants', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const answer = await it.post({ email: 'Ada@people.test' })
    answer.assertStatus(200)
    assert.include(answer.text(), 'Please confirm by e-mail')
    const [mail, ...others] = await it.mails()
    assert.lengthOf(others, 0)
    assert.include(mail, { to_address: 'Ada@people.test', subject: 'Please confirm: mails from Blue Door Bakery' })
    for (const words of ['Weekly specials', 'Opening hours', '1 Harbour Street']) assert.include(mail.text, words)
    assert.notInclude(mail.html, 'unsubscribe')

    const ada = await Contact.of(it.workspace).firstOrFail()
    for (const agent of ['', 'SafeLinks', 'Proofpoint']) {
      assert.include((await client.get(mail.link).header('user-agent', agent)).text(), 'Yes, I want them')
      await client.head(mail.link).header('user-agent', agent)
    }
    assert.deepEqual(
      [await standing(it.workspace, ada.id, it.specials), await standing(it.workspace, ada.id, it.hours)],
      ['pending', 'pending']
    )
    assert.equal((await it.submissions())[0].looks, 6)

    const done = await client.post(mail.link).header('user-agent', 'Firefox on a telephone')
    assert.include(done.text(), 'Thank you, it is confirmed')
    assert.equal(await standing(it.workspace, ada.id, it.specials), 'granted')
    await client.post(mail.link)
    const entries = await it.ledger()
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['request', 'request', 'confirm', 'confirm']
    )
    assert.include(entries[2], {
      basis: 'consent_double_opt_in',
      statement: `☑ Weekly specials\n${WORDING}`,
      language: 'en',
      source_kind: 'form',
      user_agent: 'Firefox on a telephone',
    })
    assert.isNotNull(entries[0].ip)
    assert.isEmpty((await verifyLedger({ workspaceId: it.workspace.id })).breaks)
    const list = (await it.api.get(`/forms/${it.form.id}/submissions`)).body().data
    assert.include(list[0], { state: 'confirmed', email: 'Ada@people.test', looks: 6 })
  })

  test('who is known, who agreed already, who is suppressed and who is new get the same answer', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const [ada, ben] = await plantPeople(it.workspace, ['ada@people.test', 'ben@people.test'])
    await record(it.workspace, it.specials, [ada])
    await record(it.workspace, it.hours, [ada])
    await db.transaction((trx) =>
      suppress({
        workspaceId: it.workspace.id,
        addresses: [{ hash: addressHash(it.workspace.id, 'cara@people.test') }],
        reason: 'complaint',
        source: 'test',
        actor: theSystem,
        trx,
      })
    )
    const people = ['ada', 'ben', 'cara', 'dev', 'dev']
    const answers = []
    for (const name of people) answers.push(await it.post({ email: `${name}@people.test` }))
    assert.lengthOf(
      [...new Set(answers.map((answer) => `${answer.status()} ${answer.text().replace(/nonce="[^"]+"/g, '')}`))],
      1
    )
    assert.deepEqual(
      (await it.mails()).map(({ to_address: to }) => to),
      ['ada@people.test', 'ben@people.test', 'dev@people.test']
    )
    assert.equal(await standing(it.workspace, ada, it.specials), 'granted', 'a request takes nothing away')
    assert.equal(await standing(it.workspace, ben, it.specials), 'pending')
    const cara = (await it.submissions())[2]
    assert.include(cara, { state: 'suppressed', email: null, contact_id: null, ip: null })
    assert.equal((await it.submissions())[4].state, 'repeated')
  })

  test('one confirmation an hour to one address: for other topics it waits', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test', topics: [String(it.specials.id)] })
    await it.post({ email: 'ADA@people.test', topics: [String(it.hours.id)] })
    assert.lengthOf(await it.mails(), 1)
    const [, second] = await it.submissions()
    assert.isNull(second.mailed_at)
    const wait = (new Date(second.mail_due_at).getTime() - Date.now()) / 60_000
    assert.isTrue(wait > 58 && wait <= 61, `waits an hour, not ${wait} minutes`)
    const asked = { workspaceId: it.workspace.id, submissionId: second.id }
    await sendDueConfirmation(asked)
    await sendDueConfirmation(asked)
    const mails = await it.mails()
    assert.lengthOf(mails, 2)
    assert.include(mails[1].text, 'Opening hours')
    assert.notInclude(mails[1].text, 'Weekly specials')
  })

  test('twenty posts at once for one address are one person, one request and one mail', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, no) => it.post({ email: no % 2 ? 'Ada@people.test' : 'ada@PEOPLE.test' }))
    )
    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [200])
    assert.lengthOf(await Contact.of(it.workspace), 1)
    assert.lengthOf(await it.ledger(), 2)
    assert.lengthOf(await it.mails(), 1)
  })

  test('a request ends after its days, its link does not; unknown links answer like known ones', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { pending_days: 3 })
    await it.post({ email: 'dev@people.test' })
    const [mail] = await it.mails()
    assert.include(mail.text, '3 days')
    await db
      .from('form_submissions')
      .where('workspace_id', it.workspace.id)
      .update({ expires_at: new Date(0) })
    for (const answer of [await client.get(mail.link), await client.post(mail.link)]) {
      answer.assertStatus(200)
      assert.include(answer.text(), 'too old')
    }
    assert.lengthOf(await it.ledger(), 2)
    for (const path of ['/confirm/nonsense', `/confirm/${'A'.repeat(24)}`]) {
      const [seen, pressed] = [await client.get(path), await client.post(path)]
      seen.assertStatus(200)
      pressed.assertStatus(200)
      assert.include(seen.text(), 'Yes, I want them')
    }
  })

  test('what a stranger types about somebody counts only when they confirm', async ({ client, assert }) => {
    const it = await bakeryForm(client, {
      fields: [
        { name: 'first_name', label: 'First name', required: true },
        { name: 'last_name', label: 'Came by', hidden: true, value: 'Fair' },
      ],
    })
    const ada = await Contact.of(it.workspace)
      .where('id', (await plantPeople(it.workspace, ['ada@people.test']))[0])
      .firstOrFail()
    await ada.merge({ firstName: 'Ada' }).save()
    await it.post({ email: 'ada@people.test', first_name: 'Mallory', last_name: 'Typed' })
    await ada.refresh()
    assert.equal(ada.firstName, 'Ada')
    await client.post((await it.mails())[0].link)
    await ada.refresh()
    assert.deepEqual([ada.firstName, ada.lastName], ['Mallory', 'Fair'])
  })

  test('who left in between stays away; who was deleted comes back by confirming', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    for (const name of ['ben', 'cara']) await it.post({ email: `${name}@people.test` })
    const [bens, caras] = await it.mails()
    const ben = await Contact.of(it.workspace).where('email', 'ben@people.test').firstOrFail()
    const cara = await Contact.of(it.workspace).where('email', 'cara@people.test').firstOrFail()
    await record(it.workspace, it.specials, [ben.id], { action: 'withdraw' })
    await db.transaction((trx) => deleteContact({ workspaceId: it.workspace.id, contact: cara, actor: theSystem, trx }))
    await client.post(bens.link)
    assert.equal(await standing(it.workspace, ben.id, it.specials), 'withdrawn')
    await client.post(caras.link)
    const again = await Contact.present(it.workspace).where('email', 'cara@people.test').firstOrFail()
    assert.notEqual(again.id, cara.id)
    assert.equal(await standing(it.workspace, again.id, it.specials), 'granted')
  })

  test('erasure takes what was typed, and the link leads nowhere; the form does not bring them back', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'finn@people.test' })
    const [mail] = await it.mails()
    const contact = await Contact.of(it.workspace).firstOrFail()
    await db.transaction((trx) => eraseContact({ workspaceId: it.workspace.id, contact, actor: theSystem, trx }))
    await letTheWorkerWork(it.workspace)
    const [row] = await it.submissions()
    assert.include(row, { state: 'erased', email: null, ip: null, user_agent: null })
    const answer = await client.post(mail.link)
    assert.notInclude(answer.text(), 'Blue Door')
    ;(await it.post({ email: 'finn@people.test' })).assertStatus(200)
    assert.lengthOf(await it.mails(), 1)
    assert.lengthOf(await Contact.present(it.workspace), 0)
  })

  test('the page, the mail and the confirmation speak the form’s language', async ({ client, assert }) => {
    for (const [language, subject, button] of [
      ['de', 'Bitte bestätigen: E-Mails von Blue Door Bakery', 'Ja, ich möchte sie'],
      ['fr', 'Veuillez confirmer : e-mails de Blue Door Bakery', 'Oui, je les souhaite'],
      ['es', 'Confirme, por favor: correos de Blue Door Bakery', 'Sí, los deseo'],
    ]) {
      const it = await bakeryForm(client, { language })
      assert.include((await client.get(it.path)).text(), `<html lang="${language}">`)
      await it.post({ email: 'ada@people.test' })
      const [mail] = await it.mails()
      assert.equal(mail.subject, subject)
      assert.include(mail.html, `lang="${language}"`)
      assert.include((await client.get(mail.link)).text(), button)
    }
  })
})

test.group('Signing up without double opt-in', () => {
  test('agrees at once, but asks who ever left', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const topic = (
      await client.post('/api/v1/topics').bearerToken(token).json({ name: 'News', double_opt_in: false })
    ).body()
    const made = await client
      .post('/api/v1/forms')
      .bearerToken(token)
      .json({ name: 'Counter', topic_ids: [topic.id], wording: WORDING, double_opt_in: false })
    made.assertStatus(201)
    const post = (email: string) =>
      client
        .post(`/f/${made.body().slug}`)
        .header('user-agent', 'The counter')
        .json({ email, topics: [topic.id] })
    const [left] = await plantPeople(workspace, ['ben@people.test'])
    await record(workspace, topic, [left])
    await record(workspace, topic, [left], { action: 'withdraw' })
    const answers = [await post('ada@people.test'), await post('ben@people.test')]
    assert.deepEqual(answers[0].body(), answers[1].body())
    const ada = await Contact.of(workspace).where('email', 'ada@people.test').firstOrFail()
    assert.equal(await standing(workspace, ada.id, topic), 'granted')
    assert.equal(await standing(workspace, left, topic), 'pending')
  })
})

test.group('The door of a form', () => {
  test('mistakes are told on the page, in its language, and nothing is lost or ticked beforehand', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { language: 'de', fields: [{ name: 'first_name', label: 'Vorname' }] })
    assert.notInclude((await client.get(it.path)).text(), 'checked')
    const answer = await it.post({ email: 'ada', first_name: 'Win at casino.com', topics: [] })
    answer.assertStatus(422)
    const text = answer.text()
    for (const words of ['keine E-Mail-Adresse', 'darf keine Internetadresse', 'mindestens ein Thema', 'value="ada"']) {
      assert.include(text, words)
    }
    assert.lengthOf(await it.submissions(), 0)
  })

  test('a redirect leads only where the form says; scripts of named origins may post', async ({ client, assert }) => {
    const it = await bakeryForm(client, {
      success: { redirect_url: 'https://bluedoor.test/thanks' },
      origins: ['https://bluedoor.test'],
    })
    const page = await client.get(it.path)
    assert.include(page.header('content-security-policy'), "form-action 'self' https://bluedoor.test")
    const moved = await it.post({ email: 'ada@people.test', redirect_url: 'https://evil.test' })
    assert.deepEqual([moved.status(), moved.header('location')], [303, 'https://bluedoor.test/thanks'])
    const body = { email: 'ben@people.test', topics: [String(it.specials.id)] }
    const named = await client.post(it.path).header('origin', 'https://bluedoor.test').json(body)
    named.assertStatus(200)
    assert.equal(named.header('access-control-allow-origin'), 'https://bluedoor.test')
    const foreign = await client.post(it.path).header('origin', 'https://evil.test').json(body)
    assert.deepEqual([foreign.status(), foreign.header('access-control-allow-origin')], [403, undefined])
    const wrong = await client.post(it.path).json({ email: 'x' })
    assert.equal(wrong.status(), 422)
    assert.deepEqual(
      wrong.body().errors.map(({ field }: any) => field),
      ['email', 'topics']
    )
    ;(await client.post(it.path).json([])).assertStatus(400)
  })

  test('a stamp keeps the words that were seen; a closed or deleted form takes nobody', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const stamp = seenBefore({ ...it, seconds: 60 })
    const changed = await it.api.patch(`/forms/${it.form.id}`, { wording: 'Quite other words than before.' })
    assert.include(changed.body(), { version: 2 })
    assert.equal(changed.body().wording.version, 2)
    assert.equal((await it.api.patch(`/forms/${it.form.id}`, { title: it.form.title })).body().version, 2)
    await client.post(it.path).form({ stamp, email: 'ada@people.test', topics: [String(it.specials.id)] })
    assert.include((await it.ledger())[0].statement, WORDING)
    await it.api.patch(`/forms/${it.form.id}`, { is_open: false })
    assert.include((await client.get(it.path)).text(), 'This form is closed')
    await client.post(it.path).form({ email: 'ben@people.test', topics: [String(it.specials.id)] })
    assert.lengthOf(await it.submissions(), 1)
    ;(await it.api.delete(`/forms/${it.form.id}`)).assertStatus(204)
    ;(await client.get(it.path)).assertStatus(404)
    ;(await it.api.post(`/forms/${it.form.id}/restore`)).assertStatus(200)
  })
})

test.group('Keeping forms', () => {
  test('what cannot work is refused with the field and the fix', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const refused = async (body: object) => {
      const answer = await it.api.patch(`/forms/${it.form.id}`, body)
      assert.equal(answer.status(), 422, JSON.stringify(body))
      return answer.body().errors[0].field
    }
    assert.equal(await refused({ topic_ids: ['999999999'] }), 'topic_ids')
    assert.equal(await refused({ double_opt_in: false }), 'double_opt_in')
    assert.equal(await refused({ fields: [{ name: 'attributes.none', label: 'x' }] }), 'fields.0.name')
    assert.equal(
      await refused({ fields: [{ name: 'phone', label: 'x', hidden: true, value: 'no' }] }),
      'fields.0.value'
    )
    assert.equal(await refused({ success: { redirect_url: 'javascript:alert(1)' } }), 'success.redirect_url')
    assert.equal(await refused({ origins: ['https://a.test/path'] }), 'origins.0')
  })

  test('a form for another page is plain HTML whose post is taken, and nobody’s words become its markup', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, {
      fields: [
        { name: 'first_name', label: 'Name <b>&"', required: true },
        { name: 'last_name', label: 'Came by', hidden: true, value: 'Fair' },
      ],
    })
    const { html } = (await it.api.get(`/forms/${it.form.id}/embed`)).body()
    assert.include(html, `action="${it.form.url}"`)
    assert.include(html, 'Name &lt;b&gt;&amp;&quot;')
    for (const never of ['<script', 'checked', 'Came by', '<b>']) assert.notInclude(html, never)
    const names = new Set([...html.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name))
    assert.deepEqual([...names], ['stamp', 'email', 'first_name', 'topics', 'website'])
    const answer = await client
      .post(it.path)
      .header('origin', 'https://bluedoor.test')
      .form({ email: 'ada@people.test', first_name: 'Ada', topics: String(it.hours.id), website: '' })
    answer.assertStatus(200)
    const [row] = await it.submissions()
    assert.include(row, { state: 'pending', origin: 'https://bluedoor.test' })
  })

  test('a form of another workspace is not there; viewers read and do not write', async ({ client }) => {
    const it = await bakeryForm(client)
    const other = await bakery()
    for (const path of [`/forms/${it.form.id}`, `/forms/${it.form.id}/submissions`]) {
      ;(await client.get(`/api/v1${path}`).bearerToken(other.token)).assertStatus(404)
    }
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/forms').bearerToken(viewer.token)).assertStatus(200)
    ;(
      await client
        .post('/api/v1/forms')
        .bearerToken(viewer.token)
        .json({ name: 'x', topic_ids: ['1'], wording: WORDING })
    ).assertStatus(403)
  })

  test('who may only look cannot confirm for somebody whose mail is in the Outbox', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test' })
    const [{ id, link }] = await it.mails()
    const viewer = await memberOf(it.workspace, { role: 'viewer' })
    const seenBy = async (token: string) =>
      JSON.stringify((await client.get(`/api/v1/outbox/${id}`).bearerToken(token)).body())
    assert.include(await seenBy(it.token), link)
    assert.notInclude(await seenBy(viewer.token), link)
    assert.include(await seenBy(viewer.token), '/confirm/test')
  })

  test('no program takes the key of a confirmation before it', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'first@people.test' })
    const [{ id }] = await it.submissions()
    const message = { to: 'x@people.test', subject: 'x', content: { kind: 'markdown', source: 'x' } }
    for (const no of [1, 2, 3]) {
      const idempotencyKey = `form-confirmation-${Number(id) + no}`
      ;(await it.api.post('/messages', { ...message, idempotency_key: idempotencyKey })).assertStatus(202)
    }
    const blank = await it.api.post('/messages', { ...message, idempotency_key: `form confirmation ${Number(id) + 1}` })
    blank.assertStatus(422)
    ;(await it.post({ email: 'second@people.test' })).assertStatus(200)
    assert.isTrue((await it.mails()).some(({ to_address: to, link }) => to === 'second@people.test' && link))
  })
})
