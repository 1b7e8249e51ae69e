import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { closeCampaign, startDueCampaigns, stopCampaign } from '#campaigns'
import { sendAllOf } from '#delivery'
import { letTheWorkerWork } from '#tests/support/worker'
import { plantPeople, record } from '#tests/support/consent'
import { memberOf } from '#tests/support/workspace'
import { campaign, door } from './support.ts'

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
    const { id, api, ids } = await campaign(client)
    assert.include(ids.map(String), (await api.post(`/${id}/render`)).body().contact_id)
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

test.group('Campaigns, sent', () => {
  test('everybody once; the books close; the status tells', async ({ client, assert }) => {
    const { id, api, ids, workspace } = await campaign(client, {}, { people: 5 })
    const [stranger] = await plantPeople(workspace, ['never@people.test'])
    await api.patch(`/${id}`, { audience: { contact_ids: [...ids, stranger].map(String) } })
    const sent = await api.post(`/${id}/send`)
    sent.assertStatus(202)
    sent.assertBodyContains({ status: 'sending', progress: { candidates: 6, excluded: 1, queued: 5 } })
    await deliver(workspace)
    const done = (await api.get(`/${id}`)).body()
    assert.equal(done.status, 'sent')
    assert.isString(done.finished_at)
    assert.containsSubset(done.progress, { candidates: 6, excluded: 1, accepted: 5, queued: 0, failed: 0 })
    assert.lengthOf(await outbox(workspace), 5)
    const receipt = (await api.get(`/${id}/receipt`)).body()
    assert.isTrue(receipt.closes)
    assert.deepEqual(receipt.excluded, { total: 1, reasons: { none: 1 } })
    const csv = await api.get(`/${id}/receipt.csv`)
    assert.include(csv.header('content-type'), 'text/csv')
    assert.lengthOf(csv.text().trim().split('\r\n'), 7)
    assert.lengthOf((await api.get(`/${id}/messages`)).body().data, 5)
    const [line] = (await api.get('')).body().data
    assert.containsSubset(line.progress, { candidates: 6, mailable: 5, accepted: 5, waiting: 0 })
  })

  test('a click on its link leads on and counts for the person', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client, {}, { people: 1 })
    await api.post(`/${id}/send`)
    await deliver(workspace)
    const [mail] = await outbox(workspace)
    const path = /href="https?:\/\/[^/]+(\/c\/[^"]+)"/.exec(mail.html)![1]
    const click = await client.get(path).header('user-agent', 'Mozilla/5.0 Firefox/140').redirects(0)
    click.assertStatus(302)
    click.assertHeader('location', `https://bluedoor.test/order?who=${encodeURIComponent(mail.to_address)}`)
    assert.lengthOf(await db.from('engagements').where('workspace_id', workspace.id), 1)
    const leave = /\/u\/[\w-]+/.exec(mail.headers['List-Unsubscribe'])![0]
    ;(await client.post(leave)).assertStatus(200)
    const message = await db.from('messages').where('workspace_id', workspace.id).first()
    assert.isNotNull(message.unsubscribed_at)
  })

  test('a double click sends once', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post(`/${id}/send`)))
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [202, 409, 409, 409, 409, 409, 409, 409])
    await deliver(workspace)
    assert.lengthOf(await outbox(workspace), 3)
    const again = await api.post(`/${id}/send`)
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_CAMPAIGN_STATE', status: 'sent' }] })
  })

  test('what the review blocks is not sent, and nothing of it is left behind', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client, { subject: '' })
    const answer = await api.post(`/${id}/send`)
    answer.assertStatus(422)
    const [error] = answer.body().errors
    assert.equal(error.code, 'E_PREFLIGHT_BLOCKED')
    assert.containsSubset(error.checks, [{ id: 'subject', level: 'block' }])
    assert.lengthOf(await db.from('shipments').where('workspace_id', workspace.id), 0)
    assert.lengthOf(await db.from('editions').where('workspace_id', workspace.id), 0)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'draft' })
    ;(await api.get(`/${id}/receipt`)).assertStatus(404)
  })

  test('what was sent cannot be edited, deleted or scheduled', async ({ client }) => {
    const { id, api } = await campaign(client)
    await api.post(`/${id}/send`)
    ;(await api.patch(`/${id}`, { subject: 'Other' })).assertStatus(409)
    ;(await api.delete(`/${id}`)).assertStatus(409)
    ;(await api.post(`/${id}/schedule`, { at: inMs(60_000) })).assertStatus(409)
    ;(await api.delete(`/${id}/schedule`)).assertStatus(409)
  })

  test('pauses, goes on and is cancelled; each only when it can be', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    ;(await api.post(`/${id}/pause`)).assertStatus(409)
    await api.post(`/${id}/send`)
    ;(await api.post(`/${id}/pause`)).assertBodyContains({ status: 'paused' })
    await deliver(workspace)
    assert.lengthOf(await outbox(workspace), 0)
    ;(await api.post(`/${id}/pause`)).assertStatus(409)
    ;(await api.post(`/${id}/resume`)).assertBodyContains({ status: 'sending' })
    ;(await api.post(`/${id}/cancel`)).assertBodyContains({ status: 'cancelled' })
    await deliver(workspace)
    assert.lengthOf(await outbox(workspace), 0)
    const done = (await api.get(`/${id}`)).body()
    assert.equal(done.status, 'cancelled')
    assert.isString(done.finished_at)
    ;(await api.post(`/${id}/resume`)).assertStatus(409)
    ;(await api.post(`/${id}/retry`)).assertStatus(409)
    assert.deepEqual((await api.get(`/${id}/receipt`)).body().cancelled.total, 3)
  })

  test('who withdraws before their mail leaves does not get it', async ({ client, assert }) => {
    const { id, api, ids, topic, workspace } = await campaign(client)
    await api.post(`/${id}/send`)
    await record(workspace, topic, [ids[0]], { action: 'withdraw' })
    await deliver(workspace)
    assert.lengthOf(await outbox(workspace), 2)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { withheld: 1, accepted: 2 } })
  })
})

test.group('Campaigns, scheduled', () => {
  const makeDue = (id: string, at: string) => db.from('campaigns').where('id', id).update({ scheduled_at: at })

  test('wait for their moment, and start by themselves', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    const at = inMs(3_600_000)
    ;(await api.post(`/${id}/schedule`, { at })).assertBodyContains({ status: 'scheduled', scheduled_at: at })
    assert.equal(await startDueCampaigns({ workspaceId: workspace.id }), 0)
    await makeDue(id, inMs(-1_000))
    await Promise.all([
      startDueCampaigns({ workspaceId: workspace.id }),
      startDueCampaigns({ workspaceId: workspace.id }),
    ])
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sending', scheduled_at: null })
    await deliver(workspace)
    assert.lengthOf(await outbox(workspace), 3)
  })

  test('a time without an offset is the workspace’s', async ({ client }) => {
    const { id, api, workspace } = await campaign(client)
    await workspace.merge({ timezone: 'Europe/Vienna' }).save()
    ;(await api.post(`/${id}/schedule`, { at: '2027-07-01T09:00' })).assertBodyContains({
      scheduled_at: '2027-07-01T07:00:00.000Z',
    })
  })

  test('are edited, unscheduled, deleted', async ({ client }) => {
    const { id, api } = await campaign(client)
    await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    ;(await api.patch(`/${id}`, { subject: 'Other' })).assertBodyContains({ status: 'scheduled', subject: 'Other' })
    ;(await api.delete(`/${id}/schedule`)).assertBodyContains({ status: 'draft', scheduled_at: null })
    await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    ;(await api.delete(`/${id}`)).assertStatus(204)
    ;(await api.post(`/${id}/restore`)).assertBodyContains({ status: 'draft', scheduled_at: null })
  })

  test('the past, nonsense, zones and waves are refused by field', async ({ client }) => {
    const { id, api } = await campaign(client)
    for (const [body, field] of [
      [{ at: inMs(-1_000) }, 'at'],
      [{ at: 'tomorrow' }, 'at'],
      [{ at: inMs(10_000), timezone: 'Mars' }, 'timezone'],
      [{ at: inMs(10_000), timezone: 'recipient' }, 'at'],
      [{ at: inMs(10_000), waves: 3 }, 'waves'],
      [{ at: inMs(10_000), waves: { over_hours: 73 } }, 'waves.over_hours'],
    ] as const) {
      const answer = await api.post(`/${id}/schedule`, body)
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ field }] })
    }
  })

  test('what no longer may start becomes a draft that says why', async ({ client, assert }) => {
    const { id, api, topic, token, workspace } = await campaign(client)
    await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    ;(await client.delete(`/api/v1/topics/${topic.id}`).bearerToken(token)).assertStatus(204)
    await makeDue(id, inMs(-1_000))
    await startDueCampaigns({ workspaceId: workspace.id })
    const { status, notice } = (await api.get(`/${id}`)).body()
    assert.equal(status, 'draft')
    assert.match(notice, /not sent as scheduled.*archived/)
  })

  test('what is hours late asks a person', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    await makeDue(id, inMs(-3 * 3_600_000))
    await startDueCampaigns({ workspaceId: workspace.id })
    const { status, notice } = (await api.get(`/${id}`)).body()
    assert.equal(status, 'draft')
    assert.include(notice, 'nothing was running')
    assert.lengthOf(await outbox(workspace), 0)
  })
})

test.group('Campaigns, with trouble', () => {
  test('who was refused is tried again, and nobody else', async ({ client, assert }) => {
    const { id, api, ids, workspace } = await campaign(client)
    await api.post(`/${id}/send`)
    await deliver(workspace)
    ;(await api.post(`/${id}/retry`)).assertStatus(409)
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, contact_id: ids[0] })
      .update({ state: 'failed', reason: 'provider' })
    await db.from('captured_messages').where({ workspace_id: workspace.id, contact_id: ids[0] }).delete()
    await db.from('campaigns').where('id', id).update({ status: 'sent_with_problems' })
    const again = await api.post(`/${id}/retry`)
    again.assertStatus(202)
    again.assertBodyContains({ status: 'sending', progress: { queued: 1, accepted: 2 } })
    await deliver(workspace)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { accepted: 3, failed: 0 } })
    assert.lengthOf(await outbox(workspace), 3)
  })

  test('what the provider stops stands still, says why, and goes on when a person says so', async ({
    client,
    assert,
  }) => {
    const { id, api, workspace } = await campaign(client)
    await api.post(`/${id}/send`)
    await db.from('shipments').where('workspace_id', workspace.id).update({ state: 'stopped' })
    const event = {
      id: 1,
      workspaceId: workspace.id,
      payload: { campaign_id: Number(id), reason: 'credentials: key revoked' },
    }
    await stopCampaign(event as any)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'paused', notice: 'credentials: key revoked' })
    await api.post(`/${id}/resume`)
    await stopCampaign(event as any)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sending', notice: null })
    await deliver(workspace)
    await closeCampaign({ ...event, payload: { campaign_id: Number(id), problems: false } } as any)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent' })
    assert.lengthOf(await outbox(workspace), 3)
  })

  test('an end that is told late does not close what was opened again', async ({ client }) => {
    const { id, api, workspace } = await campaign(client)
    await api.post(`/${id}/send`)
    await closeCampaign({
      id: 1,
      workspaceId: workspace.id,
      payload: { campaign_id: Number(id), problems: true },
    } as any)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sending', finished_at: null })
  })
})
