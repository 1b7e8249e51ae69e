import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ownDns } from '#tests/support/dns_server'
import { bakeryForm, seenBefore } from '#tests/support/sign_up_form'

test.group('What a form keeps out', () => {
  test('who fills in what nobody sees gets thanks, and nothing happens', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const answer = await it.post({ email: 'ada@people.test', website: 'https://casino.test' })
    answer.assertStatus(200)
    assert.include(answer.text(), 'Please confirm by e-mail')
    assert.lengthOf(await it.submissions(), 0)
    assert.lengthOf(await it.mails(), 0)
  })

  test('who answers faster than anybody types is asked to press again, and then believed', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    // a minute ahead: it is too quick on a slow machine, too
    const quick = await it.post({ email: 'ada@people.test', stamp: seenBefore({ ...it, seconds: -60 }) })
    quick.assertStatus(422)
    assert.include(quick.text(), 'send it once more')
    ;(await it.post({ email: 'ada@people.test', stamp: seenBefore({ ...it, seconds: 3 }) })).assertStatus(200)
    assert.lengthOf(await it.submissions(), 1)
  })

  test('addresses to throw away and of an office are refused as the form says', async ({ client, assert }) => {
    const it = await bakeryForm(client, { language: 'de' })
    await ownDns()
    const thrown = await it.post({ email: 'ada@sub.mailinator.com' })
    assert.deepEqual([thrown.status(), thrown.text().includes('keine Wegwerfadresse')], [422, true])
    ;(await it.post({ email: 'info@people.test' })).assertStatus(200)
    const changed = await it.api.patch(`/forms/${it.form.id}`, { refuses: { role: true } })
    assert.deepEqual(changed.body().refuses, { role: true, disposable: true })
    const office = await it.post({ email: 'postmaster@people.test', stamp: '' })
    assert.deepEqual([office.status(), office.text().includes('„postmaster@“')], [422, true])
  })

  test('a domain that receives no mail is a typing mistake; one that cannot be asked is believed', async ({
    client,
    assert,
  }) => {
    const dns = await ownDns()
    dns.set('good.acme.org', 'MX', '10 mx.acme.org')
    dns.set('plain.acme.org', 'A', '192.0.2.1')
    dns.set('none.acme.org', 'MX', '0 .')
    dns.break('slow.acme.org', 'silent')
    const it = await bakeryForm(client)
    const status = async (domain: string) => (await it.post({ email: `ada@${domain}` })).status()
    assert.equal(await status('good.acme.org'), 200)
    assert.equal(await status('plain.acme.org'), 200)
    assert.equal(await status('none.acme.org'), 422)
    assert.equal(await status('gone.acme.org'), 422)
    const began = Date.now()
    assert.equal(await status('slow.acme.org'), 200)
    assert.isBelow(Date.now() - began, 15_000, 'it has three seconds, and a check of a domain twenty-five')
  })

  test('one network address posts sixty times in ten minutes, then it is told to wait', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const posts = []
    for (let no = 0; no <= 60; no++) posts.push(await it.post({ email: 'ada@people.test', website: 'x' }))
    assert.deepEqual(
      posts.map((answer) => answer.status()).filter((status) => status !== 200),
      [429]
    )
    assert.isNotEmpty(posts.find((answer) => answer.status() === 429)!.header('retry-after'))
  })

  test('the page of a laxer day is no way around double opt-in, nor around what is refused', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    await db.from('topics').where('workspace_id', it.workspace.id).update({ double_opt_in: false })
    const form = (await it.api.patch(`/forms/${it.form.id}`, { double_opt_in: false })).body()
    const lax = seenBefore({ ...it, form, seconds: 10 })
    const stricter = { double_opt_in: true, refuses: { role: true } }
    ;(await it.api.patch(`/forms/${it.form.id}`, stricter)).assertStatus(200)
    const topics = [String(it.specials.id)]
    ;(await client.post(it.path).form({ email: 'ada@people.test', topics, stamp: lax })).assertStatus(200)
    const [submission] = await it.submissions()
    assert.equal(submission.state, 'pending')
    assert.equal(submission.version, 2)
    assert.isTrue((await it.ledger()).every(({ action }) => action === 'request'))
    const refused = await client.post(it.path).json({ email: 'info@people.test', topics, stamp: lax })
    refused.assertStatus(422)
  })
})
