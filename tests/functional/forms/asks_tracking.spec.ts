import { test } from '@japa/runner'
import { recordTracking, trackingOfPerson } from '#consent'
import { theSystem } from '#identity'
import db from '@adonisjs/lucid/services/db'
import { bakeryForm, seenBefore } from '#tests/support/sign_up_form'

const BOX = 'name="tracking" value="yes"'

test.group('A form that asks whether opens and clicks may be noted', () => {
  const statusOf = async (it: Awaited<ReturnType<typeof bakeryForm>>, email: string) => {
    const person = await db.from('contacts').where({ workspace_id: it.workspace.id, email }).firstOrFail()
    return (await trackingOfPerson({ workspaceId: it.workspace.id, contactId: person.id })).status
  }

  test('shows a box that nobody has ticked, in the page and where it is pasted; others show none', async ({
    client,
    assert,
  }) => {
    const plain = await bakeryForm(client)
    assert.notInclude((await client.get(plain.path)).text(), BOX)
    const it = await bakeryForm(client, { asks_tracking: true, language: 'de' })
    assert.isTrue(it.form.asks_tracking)
    const page = (await client.get(it.path)).text()
    assert.include(page, BOX)
    assert.notMatch(page, /name="tracking"[^>]*checked/)
    assert.include(page, 'Ich erlaube Blue Door Bakery')
    const pasted = await it.api.get(`/forms/${it.form.id}/embed`)
    pasted.assertStatus(200)
    const { html } = pasted.body()
    assert.include(html, BOX)
    const preview = await it.api.post('/forms/preview', { asks_tracking: true })
    assert.include(preview.body().html, BOX)
  })

  test('counts what the owner of the address ticks beside the button that confirms, and no other tick', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { asks_tracking: true })
    for (const name of ['ada', 'ben', 'cara']) {
      await it.post({ email: `${name}@people.test`, ...(name === 'cara' ? {} : { tracking: 'yes' }) })
    }
    const [adas, bens, caras] = await it.mails()
    assert.equal(await statusOf(it, 'ada@people.test'), 'none')
    const asked = (await client.get(adas.link)).text()
    assert.include(asked, BOX)
    assert.notMatch(asked, /name="tracking"[^>]*checked/)
    assert.notInclude((await client.get(caras.link)).text(), BOX)
    await client.post(adas.link).form({ tracking: 'yes' })
    await client.post(bens.link)
    await client.post(caras.link).form({ tracking: 'yes' })
    assert.deepEqual(await Promise.all(['ada', 'ben', 'cara'].map((name) => statusOf(it, `${name}@people.test`))), [
      'granted',
      'none',
      'none',
    ])
    const [entry] = (await it.ledger()).filter(({ channel }) => channel === 'tracking')
    assert.containsSubset(entry, { basis: 'consent_double_opt_in', source_kind: 'form', action: 'grant' })
    assert.include(entry.statement, 'I allow Blue Door Bakery to note')
    await client.post(adas.link).form({ tracking: 'yes' })
    assert.lengthOf(
      (await it.ledger()).filter(({ channel }) => channel === 'tracking'),
      1
    )
  })

  test('without double opt-in it counts at once, but never over a no', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    for (const topic of [it.specials, it.hours]) await it.api.patch(`/topics/${topic.id}`, { double_opt_in: false })
    const changed = await it.api.patch(`/forms/${it.form.id}`, { double_opt_in: false, asks_tracking: true })
    changed.assertStatus(200)
    const stamp = seenBefore({ workspace: it.workspace, form: changed.body(), seconds: 10 })
    const post = (email: string) => it.post({ email, topics: [String(it.specials.id)], tracking: 'yes', stamp })
    await it.api.post('/contacts', { email: 'ben@people.test' })
    const ben = await db.from('contacts').where({ workspace_id: it.workspace.id, email: 'ben@people.test' }).first()
    await db.transaction((trx) =>
      recordTracking({
        workspaceId: it.workspace.id,
        people: [ben.id],
        action: 'withdraw',
        statement: 'No.',
        source: 'by phone',
        sourceKind: 'team',
        actor: theSystem,
        trx,
      })
    )
    await post('ada@people.test')
    await post('ben@people.test')
    assert.equal(await statusOf(it, 'ada@people.test'), 'granted')
    assert.equal(await statusOf(it, 'ben@people.test'), 'withdrawn')
  })

  test('a form that does not ask takes no such answer', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test', tracking: 'yes' })
    const [mail] = await it.mails()
    await client.post(mail.link).form({ tracking: 'yes' })
    assert.equal(await statusOf(it, 'ada@people.test'), 'none')
  })
})
