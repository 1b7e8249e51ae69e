import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, sendAllOf } from '#delivery'
import { letTheWorkerWork } from '#tests/support/worker'
import { campaign } from '#tests/support/written_campaign'

/** A campaign to three people that has ended; of two of them nobody knows whether they got it. */
async function inDoubt(client: ApiClient) {
  const made = await campaign(client)
  const { id, api, ids, workspace } = made
  const deliver = async () => {
    await sendAllOf({ workspaceId: workspace.id })
    await letTheWorkerWork(workspace)
  }
  await api.post(`/${id}/send`)
  await deliver()
  const rows = db.from('messages').where({ workspace_id: workspace.id, campaign_id: id })
  await rows
    .clone()
    .whereIn('contact_id', ids.slice(0, 2))
    .update({ state: 'unconfirmed', reason: 'unconfirmed', note: 'No answer.', accepted_at: null, provider_id: null })
  await db
    .from('captured_messages')
    .where({ workspace_id: workspace.id })
    .whereIn('contact_id', ids.slice(0, 2))
    .delete()
  await db.from('campaigns').where({ id }).update({ status: 'sent_with_problems' })
  const told = async (type: string, contactId: number) => {
    const tags = { w: String(workspace.id), c: id, m: String(contactId) }
    const { provider_id: known } = await rows.clone().where('contact_id', contactId).first()
    await db.table('provider_events').insert({
      workspace_id: workspace.id,
      event_id: `${type}-${contactId}`,
      type,
      occurred_at: new Date(),
      body: JSON.stringify({
        type,
        created_at: new Date().toISOString(),
        data: { email_id: known ?? `id-${contactId}`, tags },
      }),
    })
    await applyEvents({ workspaceId: workspace.id })
    await letTheWorkerWork(workspace)
  }
  const stateOf = async (contactId: number) => {
    const { state, reason, note } = await rows.clone().where('contact_id', contactId).first()
    return { state, reason, note }
  }
  return { ...made, deliver, told, stateOf }
}

const looked = { note: 'Looked at the log of the provider.' }

test.group('People of whom nobody knows', () => {
  test('count as accepted when a person found that they got it', async ({ client, assert }) => {
    const { id, api, ids, workspace, stateOf } = await inDoubt(client)
    const one = await api.post(`/${id}/unconfirmed`, { outcome: 'sent', contact_ids: [String(ids[0])], ...looked })
    one.assertStatus(200)
    one.assertBodyContains({ status: 'sent_with_problems', progress: { accepted: 2, unconfirmed: 1, failed: 0 } })
    assert.deepEqual(await stateOf(ids[0]), { state: 'accepted', reason: 'decided_sent', note: looked.note })
    ;(await api.post(`/${id}/unconfirmed`, { outcome: 'sent', ...looked })).assertStatus(200)
    await letTheWorkerWork(workspace)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { accepted: 3, unconfirmed: 0 } })
    const receipt = (await api.get(`/${id}/receipt`)).body()
    assert.isTrue(receipt.closes)
    ;(await api.post(`/${id}/unconfirmed`, { outcome: 'sent', ...looked })).assertStatus(409)
    const audited = await db
      .from('audit_entries')
      .where({ workspace_id: workspace.id, action: 'campaign.unconfirmed_decided' })
    assert.lengthOf(audited, 2)
    assert.containsSubset(audited[0].details, { outcome: 'sent', decided: 1, note: looked.note })
  })

  test('get it when a person found that it never left, and only when tried again', async ({ client, assert }) => {
    const { id, api, ids, deliver, stateOf } = await inDoubt(client)
    const decided = await api.post(`/${id}/unconfirmed`, { outcome: 'not_sent', ...looked })
    decided.assertBodyContains({ status: 'sent_with_problems', progress: { accepted: 1, unconfirmed: 0, failed: 2 } })
    assert.deepEqual(await stateOf(ids[1]), { state: 'failed', reason: 'decided_not_sent', note: looked.note })
    const receipt = (await api.get(`/${id}/receipt`)).body()
    assert.deepEqual(receipt.failed, { total: 2, reasons: { decided_not_sent: 2 } })
    await deliver()
    ;(await api.get(`/${id}`)).assertBodyContains({ progress: { accepted: 1 } })
    ;(await api.post(`/${id}/retry`)).assertStatus(202)
    await deliver()
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { accepted: 3, failed: 0 } })
    assert.deepEqual(await stateOf(ids[1]), { state: 'accepted', reason: null, note: null })
  })

  test('are decided about by the reason, too: those whom the provider does not know', async ({ client, assert }) => {
    const { id, api, ids, workspace, stateOf } = await inDoubt(client)
    await db
      .from('messages')
      .where({ workspace_id: workspace.id, contact_id: ids[1] })
      .update({ reason: 'not_in_providers_list' })
    const decided = { outcome: 'not_sent', reason: 'not_in_providers_list', ...looked }
    ;(await api.post(`/${id}/unconfirmed`, decided)).assertBodyContains({ progress: { unconfirmed: 1, failed: 1 } })
    assert.containsSubset(await stateOf(ids[1]), { state: 'failed' })
    ;(await api.post(`/${id}/unconfirmed`, decided)).assertStatus(409)
  })

  test('are what the provider says, whatever a person said before, and no second mail goes to them', async ({
    client,
    assert,
  }) => {
    const { id, api, ids, told, stateOf } = await inDoubt(client)
    await api.post(`/${id}/unconfirmed`, { outcome: 'not_sent', contact_ids: [String(ids[0])], ...looked })
    await told('email.delivered', ids[0])
    assert.containsSubset(await stateOf(ids[0]), { state: 'delivered', reason: null })
    ;(await api.post(`/${id}/retry`)).assertStatus(409)
    await api.post(`/${id}/unconfirmed`, { outcome: 'sent', contact_ids: [String(ids[1])], ...looked })
    await told('email.bounced', ids[1])
    assert.containsSubset(await stateOf(ids[1]), { state: 'bounced' })
  })

  test('have no part in its problems any more when the provider says what became of them', async ({ client }) => {
    const { id, api, ids, told } = await inDoubt(client)
    await told('email.delivered', ids[0])
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent_with_problems', progress: { unconfirmed: 1 } })
    await told('email.sent', ids[1])
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent', progress: { unconfirmed: 0, accepted: 3 } })
    await told('email.failed', ids[2])
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sent_with_problems', progress: { failed: 1 } })
  })

  test('are decided about with a reason, one of two outcomes, and only where there are any', async ({ client }) => {
    const { id, api } = await inDoubt(client)
    const wrong = await api.post(`/${id}/unconfirmed`, { outcome: 'maybe', note: '' })
    wrong.assertStatus(422)
    wrong.assertBodyContains({ errors: [{ field: 'outcome' }, { field: 'note' }] })
    const strangers = await api.post(`/${id}/unconfirmed`, { outcome: 'sent', contact_ids: ['999999'], ...looked })
    strangers.assertStatus(409)
    const draft = await campaign(client)
    ;(await draft.api.post(`/${draft.id}/unconfirmed`, { outcome: 'sent', ...looked })).assertStatus(409)
  })
})
