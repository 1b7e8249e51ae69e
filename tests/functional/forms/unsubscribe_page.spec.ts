import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { verifyLedger } from '#consent'
import { adasMail, ledger } from '#tests/support/adas_mail'

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
