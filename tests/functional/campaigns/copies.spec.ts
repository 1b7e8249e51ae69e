import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { letTheWorkerWork } from '#tests/support/worker'
import { record } from '#tests/support/consent'
import { memberOf } from '#tests/support/workspace'
import { campaign, door } from '#tests/support/written_campaign'

const outbox = (workspace: { id: number }) =>
  db.from('captured_messages').where({ workspace_id: workspace.id, private: false }).orderBy('id')

async function deliver(workspace: { id: number }) {
  await sendAllOf({ workspaceId: workspace.id })
  await letTheWorkerWork(workspace)
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

test.group('Campaigns, looked at', () => {
  test('the preview is, byte for byte, what the person gets', async ({ client, assert }) => {
    const { id, api, ids, workspace } = await campaign(client, {
      content: {
        kind: 'html',
        source:
          '<html><body><h1>Hi {{ contact.first_name | default: "you" }}</h1>{% if contact.city == "Bristol" %}<a href="https://bluedoor.test/?c={{ contact.city }}">menu</a>{% endif %}{{ "now" | date: "%Y" }}</body></html>',
      },
      reply_to: 'ada@bluedoor.test',
      utm: { source: 'assent', medium: 'email' },
    })
    await db.table('contact_fields').insert({ workspace_id: workspace.id, key: 'city', label: 'City', type: 'text' })
    const previews = await Promise.all(
      ids.map((contactId) => api.post(`/${id}/render`, { contact_id: String(contactId) }))
    )
    ;(await api.post(`/${id}/send`)).assertStatus(202)
    await deliver(workspace)
    const mails = await outbox(workspace)
    assert.lengthOf(mails, 3)
    for (const preview of previews) {
      preview.assertStatus(200)
      const shown = preview.body()
      const mail = mails.find(({ contact_id: contactId }) => String(contactId) === shown.contact_id)
      assert.deepEqual(
        [shown.subject, shown.html, shown.text, shown.from, shown.to],
        [mail.subject, mail.html, mail.text, mail.from_address, mail.to_address]
      )
      assert.containsSubset(mail.headers, shown.headers)
      assert.equal(mail.headers['Reply-To'], shown.reply_to)
    }
    const after = (await api.post(`/${id}/render`, { contact_id: String(ids[0]) })).body()
    assert.equal(after.html, previews[0].body().html)
  })

  test('who may not act for people sees no working way out of theirs', async ({ client, assert }) => {
    const { id, ids, workspace } = await campaign(client)
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const shown = (await door(client, viewer.token).post(`/${id}/render`, { contact_id: String(ids[0]) })).body()
    assert.include(shown.html, '/u/test')
    assert.equal(shown.subject, `Plums for P${ids[0]}`)
  })

  test('without a person, somebody of the audience stands in; without an audience, an example', async ({
    client,
    assert,
  }) => {
    const { id, api, ids, workspace } = await campaign(client)
    const [first, second] = ids.toSorted((a, b) => a - b)
    assert.equal((await api.post(`/${id}/render`)).body().contact_id, String(first))
    await db.rawQuery(
      `insert into suppressions (workspace_id, address_hash, reason, source)
       select workspace_id, email_hash, 'complaint', 'test' from contacts where workspace_id = ? and id = ?`,
      [workspace.id, first]
    )
    assert.equal((await api.post(`/${id}/render`)).body().contact_id, String(second))
    await api.patch(`/${id}`, { audience: {} })
    const example = (await api.post(`/${id}/render`)).body()
    assert.isNull(example.contact_id)
    assert.equal(example.subject, 'Plums for Ada')
    ;(await api.post(`/${id}/render`, { contact_id: '999999999' })).assertStatus(422)
  })

  test('unknown merge tags are named with those that exist', async ({ client, assert }) => {
    const { id, api } = await campaign(client, { subject: 'For {{ contact.frist_name }}' })
    const { warnings } = (await api.post(`/${id}/render`)).body()
    assert.lengthOf(warnings, 1)
    assert.include(warnings[0], { code: 'unknown_variable', field: 'subject', line: 1 })
    assert.include(warnings[0].message, 'contact.first_name')
  })

  test('a test goes to one’s own addresses, marked, counted nowhere, with nothing to leave', async ({
    client,
    assert,
  }) => {
    const { id, api, ids, workspace } = await campaign(client)
    const sent = await api.post(`/${id}/test`, {
      to: ['owner@bluedoor.test', 'owner@bluedoor.test', 'b@bluedoor.test'],
      contact_id: String(ids[1]),
    })
    sent.assertStatus(202)
    sent.assertBodyContains({ sent_to: ['owner@bluedoor.test', 'b@bluedoor.test'], through: 'capture' })
    const mails = await outbox(workspace)
    assert.lengthOf(mails, 2)
    assert.equal(mails[0].subject, `[TEST] Plums for P${ids[1]}`)
    assert.isNull(mails[0].campaign_id)
    assert.match(mails[0].headers['List-Unsubscribe'], /\/u\/test>$/)
    assert.notMatch(mails[0].html, /\/c\/|\/o\//)
    assert.include(mails[0].html, 'https://bluedoor.test/order?who=')
    ;(await api.get(`/${id}`)).assertBodyContains({ tested: true, progress: null })
    ;(await api.patch(`/${id}`, { subject: 'Other' })).assertBodyContains({ tested: false })
    ;(await api.post(`/${id}/test`, { to: Array.from({ length: 6 }, (_, i) => `a${i}@b.test`) })).assertStatus(422)
    ;(await api.post(`/${id}/test`, { to: ['nonsense'] })).assertStatus(422)
  })

  test('who left the topic gets no test about it, and an hour has room for a hundred', async ({ client, assert }) => {
    const { api, id, ids, emails, workspace, topic } = await campaign(client)
    await record(workspace, topic, [ids[0]], { action: 'withdraw' })
    const refused = await api.post(`/${id}/test`, { to: [emails[0].toUpperCase()] })
    refused.assertStatus(422)
    assert.match(refused.body().errors[0].message, /left this topic/)
    await limiter.use('database', { requests: 100, duration: '1 hour' }).set(`test-mails:${workspace.id}`, 99, '1 hour')
    ;(await api.post(`/${id}/test`, { to: ['me@bluedoor.test'] })).assertStatus(202)
    ;(await api.post(`/${id}/test`, { to: ['me@bluedoor.test'] })).assertStatus(429)
  })

  test('what is scheduled is changed only by who may send, for it goes out by itself', async ({ client, assert }) => {
    const { api, id, workspace } = await campaign(client)
    ;(await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })).assertStatus(200)
    const writer = await memberOf(workspace, { scopes: ['campaigns:read', 'campaigns:write'] })
    const refused = await door(client, writer.token).patch(`/${id}`, { subject: 'Free bread for ever' })
    refused.assertStatus(403)
    assert.equal(refused.body().errors[0].permission, 'campaigns:send')
    ;(await api.patch(`/${id}`, { subject: 'Free bread today' })).assertStatus(200)
  })

  test('a suppressed address gets no test', async ({ client, assert }) => {
    const { id, api, token, workspace } = await campaign(client)
    await client
      .post('/api/v1/suppressions')
      .bearerToken(token)
      .json({ address: 'finn@people.test', addresses: ['finn@people.test'], reason: 'manual' })
    const rows = await db.from('suppressions').where('workspace_id', workspace.id)
    assert.lengthOf(rows, 1)
    ;(await api.post(`/${id}/test`, { to: ['finn@people.test'] })).assertStatus(422)
    assert.lengthOf(await outbox(workspace), 0)
  })
})
