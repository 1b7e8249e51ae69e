import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { closeCampaign, stopCampaign } from '#campaigns'
import { sendAllOf } from '#delivery'
import { letTheWorkerWork } from '#tests/support/worker'
import { plantPeople, record } from '#tests/support/consent'
import { campaign } from '#tests/support/written_campaign'

const outbox = (workspace: { id: number }) =>
  db.from('captured_messages').where({ workspace_id: workspace.id, private: false }).orderBy('id')

async function deliver(workspace: { id: number }) {
  await sendAllOf({ workspaceId: workspace.id })
  await letTheWorkerWork(workspace)
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

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
    assert.containsSubset(done.progress, {
      candidates: 6,
      excluded: 1,
      accepted: 5,
      queued: 0,
      failed: 0,
      in_outbox: true,
    })
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

  test('is told person by person; a state that there is not is refused by name', async ({ client, assert }) => {
    const story = await campaign(client)
    await story.api.post(`/${story.id}/send`)
    await deliver(story.workspace)
    const { data } = (await story.api.get(`/${story.id}/messages`, { state: 'accepted', q: story.emails[0] })).body()
    assert.lengthOf(data, 1)
    const refused = await story.api.get(`/${story.id}/messages`, { state: 'nonsense' })
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'state' }] })
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
