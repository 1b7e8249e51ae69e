import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { allowedPeople } from '#consent'
import { Contact, eraseContact, peopleWhere } from '#contacts'
import { theSystem } from '#identity'
import { adasMail } from '#tests/support/adas_mail'
import { yes } from '#tests/support/ada'
import { importFile } from '#tests/support/imports'
import { bakeryForm } from '#tests/support/sign_up_form'
import { until } from '#tests/support/processes'
import { letTheWorkerWork } from '#tests/support/worker'

const ADDRESS = 'ada@people.test'

/** Ada signed up, confirmed, and was erased at her wish. The link of a second request of hers is still in her mailbox. */
async function adaErased(client: any) {
  const it = await bakeryForm(client)
  await it.post({ email: ADDRESS, topics: [String(it.specials.id)] })
  await client.post((await it.mails())[0].link)
  await db
    .from('form_submissions')
    .where('workspace_id', it.workspace.id)
    .update({ mailed_at: new Date(0) })
  await it.post({ email: ADDRESS, topics: [String(it.hours.id)] })
  const links = (await it.mails()).map(({ link }) => link)
  const ada = await Contact.of(it.workspace).firstOrFail()
  ;(await it.api.post(`/contacts/${ada.id}/erase`)).assertStatus(200)
  await letTheWorkerWork(it.workspace)
  const mailed = (await it.mails()).length
  const present = () => Contact.present(it.workspace)
  return {
    ...it,
    links,
    present,
    /** Not by the rule for many, not by the rule for one, and no mail was written to ask. */
    assertMailableByNobody: async (assert: any, after: string) => {
      for (const topic of [it.specials, it.hours]) {
        const { sql, bindings } = allowedPeople({
          workspaceId: it.workspace.id,
          people: peopleWhere(it.workspace.id),
          channel: 'email',
          topicId: topic.id,
        })
        assert.lengthOf((await db.rawQuery(sql, bindings as any[])).rows, 0, after)
        for (const { id } of await present()) {
          const asked = { contact_id: String(id), channel: 'email', topic_id: String(topic.id) }
          assert.isFalse((await it.api.post('/consents/check', asked)).body().may_receive, after)
        }
      }
      assert.lengthOf(await it.mails(), mailed, `${after}: no mail`)
    },
  }
}

/** Until so many of our own sessions stand at a lock. */
const untilWaiting = (sessions: number) =>
  until(`${sessions} sessions wait`, async () => {
    const { rows } = await db.rawQuery(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    )
    return rows[0].waiting >= sessions
  })

test.group('Who was erased', () => {
  test('is made mailable by no import, form, link, program or merge', async ({ client, assert }) => {
    const it = await adaErased(client)
    assert.lengthOf(await it.present(), 0)
    await it.assertMailableByNobody(assert, 'erasure')

    const consent = {
      channel: 'email',
      topic_ids: [String(it.specials.id), String(it.hours.id)],
      basis: 'consent_express',
      statement: 'Yes, send me the specials.',
      source: 'paper list',
      collected_at: '2026-10-03',
    }
    await importFile(it, `email,first_name\n${ADDRESS},Ada\n`, { consent })
    await it.assertMailableByNobody(assert, 'import')

    ;(await it.post({ email: ADDRESS })).assertStatus(200)
    ;(await client.post(it.path).json({ email: ADDRESS, topics: [String(it.specials.id)] })).assertStatus(200)
    for (const topic of [it.specials, it.hours]) await it.api.patch(`/topics/${topic.id}`, { double_opt_in: false })
    await it.api.patch(`/forms/${it.form.id}`, { double_opt_in: false })
    ;(await it.post({ email: ADDRESS.toUpperCase() })).assertStatus(200)
    await letTheWorkerWork(it.workspace)
    await it.assertMailableByNobody(assert, 'form')
    for (const link of it.links) (await client.post(link)).assertStatus(200)
    await it.assertMailableByNobody(assert, 'link')

    await it.api.post('/contacts', { email: ADDRESS, first_name: 'Ada' })
    const [back] = await it.present().where('email_key', ADDRESS)
    const say = (id: number | string, topic: { id: number }) =>
      it.api.post(`/contacts/${id}/consents`, { ...yes, topic_id: String(topic.id) })
    await say(back.id, it.specials)
    await it.assertMailableByNobody(assert, 'program')

    const other = (await it.api.post('/contacts', { first_name: 'Somebody' })).body()
    await say(other.id, it.hours)
    ;(await it.api.post(`/contacts/${back.id}/merge`, { into: other.id })).assertStatus(200)
    await it.assertMailableByNobody(assert, 'merge')
    const [survivor] = await it.present().where('id', other.id)
    assert.equal(survivor.email, ADDRESS)
  })

  test('comes back by no link in the moment before everybody has heard of it', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: ADDRESS })
    const [{ link }] = await it.mails()
    const ada = await Contact.of(it.workspace).firstOrFail()
    ;(await it.api.post(`/contacts/${ada.id}/erase`)).assertStatus(200)
    assert.notInclude((await client.get(link)).text(), ADDRESS)
    const answer = await client.post(link)
    answer.assertStatus(200)
    assert.notInclude(answer.text(), ADDRESS)
    assert.lengthOf(await Contact.present(it.workspace), 0)
    assert.lengthOf(
      (await it.ledger()).filter(({ action }) => action === 'confirm'),
      0
    )
  })

  test('says nothing more by what they pressed while they were being erased', async ({ client, assert }) => {
    const mail = await adasMail()
    const { workspace, ada, hours, urls } = mail
    const presses: [string, () => Promise<any>][] = [
      ['a way out with a reason', () => client.post(urls.unsubscribe).form({ from: 'page', why: 'too_many' })],
      ['topics', () => client.post(urls.preferences).form({ shown: hours, topic: [] })],
      ['a pace', () => client.post(urls.preferences).form({ do: 'often', pace: 'weekly', about: hours })],
      ['measuring', () => client.post(urls.preferences).form({ do: 'do_not_measure' })],
      ['their data', () => client.post(urls.preferences).form({ do: 'data' })],
      ['the end of it all', () => client.post(urls.preferences).form({ do: 'leave' })],
    ]
    const trx = await db.transaction()
    await eraseContact({ workspaceId: workspace.id, contact: await Contact.findOrFail(ada.id), actor: theSystem, trx })
    const answers = presses.map(async ([, press]) => (await press()).assertStatus(200))
    await untilWaiting(presses.length)
    await trx.commit()
    await Promise.all(answers)

    const kept = await db.from('consent_entries').where({ workspace_id: workspace.id, contact_id: ada.id })
    assert.isTrue(kept.every((entry) => entry.ip === null && entry.user_agent === null && entry.reason === null))
    assert.deepEqual(
      [...new Set(kept.filter(({ action }) => action === 'withdraw').map(({ source }) => source))],
      ['erasure']
    )
    for (const table of ['privacy_requests', 'reader_wishes'])
      assert.lengthOf(await db.from(table).where({ workspace_id: workspace.id, contact_id: ada.id }), 0, table)
    assert.deepEqual(
      (await db.from('suppressions').where('workspace_id', workspace.id)).map(({ reason }) => reason),
      ['erased']
    )
  })

  test('does not sign up while they are being erased', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: ADDRESS, topics: [String(it.specials.id)] })
    const ada = await Contact.of(it.workspace).firstOrFail()
    const trx = await db.transaction()
    await eraseContact({ workspaceId: it.workspace.id, contact: ada, actor: theSystem, trx })
    const answer = it.post({ email: ADDRESS, topics: [String(it.hours.id)] })
    await untilWaiting(1)
    await trx.commit()
    ;(await answer).assertStatus(200)
    assert.lengthOf(await Contact.present(it.workspace), 0)
    assert.equal((await it.submissions()).at(-1)!.state, 'suppressed')
  })

  test('gets no new name from who has the record open', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: ADDRESS })
    const ada = await Contact.of(it.workspace).firstOrFail()
    const trx = await db.transaction()
    await eraseContact({ workspaceId: it.workspace.id, contact: ada, actor: theSystem, trx })
    const answer = (async () => await it.api.patch(`/contacts/${ada.id}`, { first_name: 'Ada' }))()
    await untilWaiting(1)
    await trx.commit()
    ;(await answer).assertStatus(409)
    assert.isNull((await db.from('contacts').where('id', ada.id).firstOrFail()).first_name)
  })
})
