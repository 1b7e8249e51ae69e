import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { allowedPeople } from '#consent'
import { Contact, peopleWhere } from '#contacts'
import { yes } from '#tests/support/ada'
import { importFile } from '#tests/support/imports'
import { bakeryForm } from '#tests/support/sign_up_form'
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
})
