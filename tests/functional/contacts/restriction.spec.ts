import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { acceptMessages, sendServiceMailOf } from '#delivery'
import { Workspace } from '#identity'
import { ada, yes } from '#tests/support/ada'
import { adasMail } from '#tests/support/adas_mail'
import { ask, importFile } from '#tests/support/imports'
import { newestRightsMail } from '#tests/support/rights_mail'
import { bakery, memberOf } from '#tests/support/workspace'

/** Ada said yes, and then that her data may not be used. */
async function restrictedAda(client: any) {
  const story = await ada(client)
  await story.say()
  const at = `/contacts/${story.id}/restriction`
  const answer = await ask(story.token, 'POST', at, { reason: 'She disputes the address' })
  return { ...story, restrictionAt: at, answer }
}

test.group('A restricted person', () => {
  test('gets nothing, by a request that is tracked; lifting needs a reason, and what they said counts again', async ({
    client,
    assert,
  }) => {
    const { token, id, check, consents, restrictionAt, answer } = await restrictedAda(client)
    assert.equal(answer.status, 201)
    assert.equal(answer.body.restriction.reason, 'She disputes the address')
    const verdict = await check()
    assert.deepEqual([verdict.may_receive, verdict.reason], [false, 'restricted'])
    assert.equal(
      verdict.reasons[0].detail,
      'Their data is restricted: it is kept and not used until somebody lifts that.'
    )
    assert.deepInclude((await consents()).state[0], { status: 'granted', reason: 'restricted' })
    const [request] = (await ask(token, 'GET', '/privacy-requests')).body.data
    assert.deepInclude(request, { kind: 'restriction', state: 'done' })
    await ask(token, 'POST', restrictionAt, {})
    assert.lengthOf((await ask(token, 'GET', '/privacy-requests')).body.data, 1, 'again is the same')

    assert.equal((await ask(token, 'DELETE', restrictionAt, {})).body.errors[0].field, 'reason')
    assert.equal((await ask(token, 'DELETE', restrictionAt, { reason: 'The address was right' })).status, 204)
    assert.isTrue((await check()).may_receive)
    assert.isNull((await consents()).restriction)
    const [lifted] = (await ask(token, 'GET', '/privacy-requests')).body.data
    assert.equal(lifted.outcome.lift_reason, 'The address was right')
    assert.equal(
      (await ask(token, 'DELETE', restrictionAt, { reason: 'again' })).body.errors[0].code,
      'E_NOT_RESTRICTED'
    )
    const entries = (await db.from('audit_entries').where('subject_id', id)).map(({ action }) => action)
    assert.includeMembers(entries, ['contact.restricted', 'contact.restriction_lifted'])
  })

  test('stays so through a new agreement, an import, an update, a new address, a merge, and being deleted and taken in again', async ({
    client,
    assert,
  }) => {
    const { workspace, token, topic, id, say } = await restrictedAda(client)
    const reason = async (contact: string) =>
      (await ask(token, 'POST', '/consents/check', { contact_id: contact, topic_id: String(topic.id) })).body.reason
    const agree = (contact: string) =>
      ask(token, 'POST', `/contacts/${contact}/consents`, { ...yes, topic_id: String(topic.id) })
    const comeIn = () =>
      importFile({ workspace, token }, 'email,first_name\nada@example.com,Ada\n', {
        mapping: { email: 'email', first_name: 'first_name' },
      })
    const found = () =>
      db
        .from('contacts')
        .where({ workspace_id: workspace.id, email_key: 'ada@example.com' })
        .whereNull('deleted_at')
        .first()
    await say()
    await comeIn()
    await ask(token, 'PUT', '/contacts/by-email/ada@example.com', { last_name: 'Lovelace' })
    await ask(token, 'POST', '/contacts/bulk', { action: 'add_tag', tag: 'vip', contact_ids: [id] })
    assert.equal(await reason(id), 'restricted')

    await ask(token, 'POST', '/contacts/bulk', { action: 'delete', contact_ids: [id] })
    await ask(token, 'DELETE', `/contacts/${id}`)
    await comeIn()
    const back = String((await found()).id)
    assert.notEqual(back, id)
    await agree(back)
    assert.equal(await reason(back), 'restricted', 'taken in again')

    const other = (await ask(token, 'POST', '/contacts', { email: 'other@example.com' })).body
    await agree(other.id)
    await ask(token, 'PATCH', `/contacts/${back}`, { email: 'ada.new@example.com' })
    assert.equal(await reason(back), 'restricted', 'with another address')
    await ask(token, 'POST', `/contacts/${back}/merge`, { into: other.id })
    assert.equal(await reason(other.id), 'restricted', 'merged')
  })

  test('gets no service mail either, except what they asked for by right; a form keeps nothing of them', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    await ask(mail.token, 'POST', `/contacts/${mail.ada.id}/restriction`, {})
    const workspace = await Workspace.findOrFail(mail.workspace.id)
    await acceptMessages(workspace, [
      { to: 'ada@example.test', subject: 'Your order', content: { kind: 'markdown', source: 'Thank you' } },
    ])
    await sendServiceMailOf({ workspaceId: workspace.id })
    const [message] = (await ask(mail.token, 'GET', '/messages')).body.data
    assert.deepInclude(message, { status: 'withheld', reason: 'restricted' })
    assert.include((await client.get(mail.urls.preferences)).text(), 'keeps your data without using it')
    await client.post(`${mail.urls.preferences}?lang=en`).form({ do: 'data' })
    assert.equal((await newestRightsMail(workspace)).count, 1)
  })

  test('is restricted and let go by admins alone, in their own workspace', async ({ client, assert }) => {
    const { workspace, restrictionAt } = await restrictedAda(client)
    const editor = await memberOf(workspace, { role: 'editor' })
    assert.equal((await ask(editor.token, 'POST', restrictionAt, {})).status, 403)
    assert.equal((await ask(editor.token, 'DELETE', restrictionAt, { reason: 'because' })).status, 403)
    const stranger = await bakery()
    assert.equal((await ask(stranger.token, 'POST', restrictionAt, {})).status, 404)
    assert.equal((await ask(stranger.token, 'DELETE', restrictionAt, { reason: 'because' })).status, 404)
  })
})

test.group('Who objected', () => {
  test('is brought back by no import, form or program; by their own new word, or a person of the team', async ({
    client,
    assert,
  }) => {
    const mail = await adasMail()
    const { workspace, token } = mail
    const request = (
      await ask(token, 'POST', '/privacy-requests', { contact_id: mail.ada.id, kind: 'objection', channel: 'letter' })
    ).body
    await ask(token, 'POST', `/privacy-requests/${request.id}/fulfil`, {})
    const check = async () =>
      (await ask(token, 'POST', '/consents/check', { contact_id: mail.ada.id, topic_id: mail.specials })).body
    assert.equal((await check()).reason, 'suppressed_objection')
    await importFile({ workspace, token }, 'email\nada@example.test\n', {
      mapping: { email: 'email' },
      consent: {
        topic_ids: [String(mail.specials)],
        basis: 'consent_express',
        statement: 'Yes',
        source: 'list',
        collected_at: '2026-01-01',
      },
    })
    await ask(token, 'POST', `/contacts/${mail.ada.id}/consents`, { ...yes, topic_id: String(mail.specials) })
    assert.equal((await check()).reason, 'suppressed_objection')
    const [suppression] = (await ask(token, 'GET', '/suppressions')).body.data
    const lifted = await ask(token, 'DELETE', `/suppressions/${suppression.id}`, { reason: 'they called' })
    assert.equal(lifted.body.errors[0].code, 'E_NEEDS_A_PERSON')
    const page = await client
      .post(mail.urls.preferences)
      .form({ do: 'save', topic: [String(mail.specials)], shown: [String(mail.specials)] })
    assert.include(page.text(), 'you now get Weekly specials')
    assert.isTrue((await check()).may_receive)
  })
})
