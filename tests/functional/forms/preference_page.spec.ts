import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { wishesOf } from '#consent'
import { adasMail, ledger, standing } from '#tests/support/adas_mail'
import { memberOf } from '#tests/support/workspace'

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

  test('wears the colours of the workspace, by day and by night, on every page behind a mail', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const pages = [mail.urls.preferences, mail.urls.unsubscribe]
    const { token } = await memberOf(mail.workspace, { role: 'admin' })
    const set = (look: object | null) => client.patch('/api/v1/workspace').bearerToken(token).json({ page_look: look })
    for (const url of pages) assert.notInclude((await client.get(url)).text(), '#ffdd00')

    const saved = await set({ color: '#ffdd00', color_dark: '#220044' })
    assert.deepEqual(saved.body().page_look, { color: '#ffdd00', color_dark: '#220044' })
    for (const url of pages) {
      const page = (await client.get(url)).text()
      assert.include(page, 'button:not(.second){background:#ffdd00;border-color:var(--quiet);color:#000}')
      assert.include(page, 'background:#220044;border-color:var(--quiet);color:#fff')
    }
    for (const color of ['red', '#fff', '#ffdd00;}*{display:none', '</style>']) {
      const refused = await set({ color })
      refused.assertStatus(422)
      assert.equal(refused.body().errors[0].field, 'page_look.color')
      assert.include(refused.body().errors[0].message, 'like #1a5fb4')
    }
    assert.isNull((await set(null)).body().page_look)
    assert.notInclude((await client.get(mail.urls.preferences)).text(), '#ffdd00')
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

  test('a machine that ticks and unticks fills no ledger, and leaving always works', async ({ client, assert }) => {
    const mail = await adasMail()
    const tick = (topic: number[]) => client.post(mail.urls.preferences).form({ shown: mail.hours, topic })
    let last = 200
    for (let no = 0; no < 70 && last === 200; no++) last = (await tick(no % 2 ? [mail.hours] : [])).status()
    assert.equal(last, 429)
    const written = (await ledger(mail)).length
    assert.isBelow(written, 70)
    ;(await client.post(mail.urls.preferences).form({ do: 'leave' })).assertStatus(200)
    assert.deepEqual(await standing(mail), ['withdrawn', 'withdrawn'])
  })
})
