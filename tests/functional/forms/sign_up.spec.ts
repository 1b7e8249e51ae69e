import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, suppress, verifyLedger } from '#consent'
import { Contact, deleteContact, eraseContact } from '#contacts'
import { theSystem } from '#identity'
import { sendDueConfirmation } from '#forms'
import { plantPeople, record, standing } from '#tests/support/consent'
import { bakeryForm, WORDING } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

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

  test('one confirmation an hour to one mailbox, however its address is written, and five a day', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    for (const email of [
      'adaline@gmail.test',
      'adaline+1@gmail.test',
      'Adaline+a.b+c@gmail.test',
      'adaline+2@gmail.test',
      'adaline+3@gmail.test',
      'adaline+4@gmail.test',
    ]) {
      await it.post({ email, topics: [String(it.specials.id)] })
    }
    assert.lengthOf(await it.mails(), 1)
    const hours = (await it.submissions()).map(({ state, mail_due_at: due, created_at: at }) =>
      state === 'pending' && due ? Math.round((due.getTime() - at.getTime()) / 3_600_000) : state
    )
    assert.deepEqual(hours, ['pending', 1, 2, 3, 4, 'repeated'])
    await it.post({ email: 'ben@gmail.test', topics: [String(it.specials.id)] })
    assert.lengthOf(await it.mails(), 2, 'another mailbox is another person')
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
