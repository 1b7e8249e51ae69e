import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { connect } from '#tests/support/campaign'
import { setEnvironment } from '#tests/support/environment'
import { bakeryForm } from '#tests/support/sign_up_form'
import { standIn } from '#tests/support/stand_in'

test.group('The sender that mails leave from', () => {
  const remove = (it: Awaited<ReturnType<typeof bakeryForm>>) =>
    it.api.patch('/workspace', { default_from_email: null })

  test('cannot go while a form is open: the refusal names the form and what to do', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const refused = await remove(it)
    refused.assertStatus(409)
    const [problem] = refused.body().errors
    assert.containsSubset(problem, { code: 'E_SENDER_IN_USE', field: 'default_from_email' })
    assert.deepEqual(problem.uses, [{ kind: 'form', id: it.form.id, name: 'Newsletter' }])
    assert.include(problem.message, 'the form “Newsletter”')
    assert.include(problem.message, 'Give another one instead of none')

    await it.post({ email: 'ada@people.test' })
    assert.lengthOf(await it.mails(), 1)
    ;(await it.api.patch('/workspace', { default_from_email: 'oven@bluedoor.test' })).assertStatus(200)
    await it.post({ email: 'ben@people.test' })
    assert.include((await it.mails()).at(-1)!.from_address, 'oven@bluedoor.test')
  })

  test('goes once the form is closed and owes nobody a mail; without it none opens again', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test', topics: [String(it.specials.id)] })
    await it.post({ email: 'ada@people.test', topics: [String(it.hours.id)] })
    ;(await it.api.patch(`/forms/${it.form.id}`, { is_open: false })).assertStatus(200)
    const [, owed] = await it.submissions()
    assert.isNotNull(owed.mail_due_at)
    ;(await remove(it)).assertStatus(409)
    await db.from('form_submissions').where({ workspace_id: it.workspace.id }).update({ mailed_at: new Date() })
    ;(await remove(it)).assertStatus(200)

    const opened = await it.api.patch(`/forms/${it.form.id}`, { is_open: true })
    opened.assertStatus(422)
    assert.include(opened.body().errors[0].message, 'Set one in Settings first')
  })

  test('stays away from a deleted form that is open, until that is restored', async ({ client }) => {
    const it = await bakeryForm(client)
    ;(await it.api.delete(`/forms/${it.form.id}`)).assertStatus(204)
    ;(await remove(it)).assertStatus(200)
    ;(await it.api.post(`/forms/${it.form.id}/restore`)).assertStatus(422)
    ;(await it.api.patch('/workspace', { default_from_email: 'hello@bluedoor.test' })).assertStatus(200)
    ;(await it.api.post(`/forms/${it.form.id}/restore`)).assertStatus(200)
  })

  test('cannot go while silent readers of a topic are asked by the clock', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    ;(await it.api.patch(`/forms/${it.form.id}`, { is_open: false })).assertStatus(200)
    ;(await it.api.patch(`/topics/${it.hours.id}`, { sunset_days: 180 })).assertStatus(200)
    const refused = await remove(it)
    refused.assertStatus(409)
    assert.deepEqual(refused.body().errors[0].uses, [
      { kind: 'sunset', id: String(it.hours.id), name: 'Opening hours' },
    ])
    ;(await it.api.patch(`/topics/${it.hours.id}`, { sunset_days: 0 })).assertStatus(200)
    ;(await remove(it)).assertStatus(200)
  })

  test('keeps its domain at Resend for as long', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const server = await standIn()
    setEnvironment({ RESEND_BASE_URL: server.url })
    await connect(it.workspace)
    const { id } = (await it.api.post('/domains', { domain: 'bluedoor.test' })).body()
    const takeAway = () => client.delete(`/api/v1/domains/${id}`).bearerToken(it.token).json({ at_provider: true })
    const refused = await takeAway()
    refused.assertStatus(409)
    assert.containsSubset(refused.body().errors[0], { code: 'E_SENDER_IN_USE', field: 'at_provider' })
    assert.include(refused.body().errors[0].message, 'the form “Newsletter”')
    ;(await it.api.patch(`/forms/${it.form.id}`, { is_open: false })).assertStatus(200)
    ;(await takeAway()).assertStatus(204)
  })
})
