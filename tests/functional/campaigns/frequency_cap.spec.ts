import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { campaign, door } from '#tests/support/written_campaign'

/** Three people, the first of whom got a campaign an hour ago; and a second campaign about the same, ready to leave. */
async function secondCampaign(client: any, settings: object = {}) {
  const story = await campaign(client, {})
  await story.workspace.merge({ settings: { sending: { undo_seconds: 0, ...settings } } }).save()
  const only = [String(story.ids[0])]
  ;(await story.api.patch(`/${story.id}`, { audience: { contact_ids: only } })).assertStatus(200)
  ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: story.workspace.id })
  const api = door(client, story.token)
  const next = (await api.post(`/${story.id}/duplicate`)).body()
  await api.patch(`/${next.id}`, { audience: { contact_ids: story.ids.map(String) } })
  const check = async () =>
    (await api.get(`/${next.id}/preflight`)).body().checks.find(({ id }: { id: string }) => id === 'frequency')
  const send = async () => {
    ;(await api.post(`/${next.id}/send`)).assertStatus(202)
    await sendAllOf({ workspaceId: story.workspace.id })
    return (await api.get(`/${next.id}/receipt`)).body()
  }
  return { ...story, next, check, send }
}

test.group('A frequency cap', () => {
  test('of the workspace withholds who had that many; pre-flight says how many, the receipt whom and why', async ({
    client,
    assert,
  }) => {
    const { workspace, token, ids, topic, next, check, send } = await secondCampaign(client)
    assert.isUndefined(await check(), 'no cap, no word about it')
    const changed = await client
      .patch('/api/v1/workspace')
      .bearerToken(token)
      .json({ sending: { undo_seconds: 0, frequency_cap: { mails: 1, days: 7 } } })
    changed.assertStatus(200)
    changed.assertBodyContains({ sending: { frequency_cap: { mails: 1, days: 7 } } })
    assert.containsSubset(await check(), {
      level: 'warn',
      message: 'At most 1 campaign in 7 days for one person. One of them is there already and would be left out.',
      evidence: { withheld: 1 },
    })

    const receipt = await send()
    assert.isTrue(receipt.closes)
    assert.equal(receipt.candidates, 3)
    assert.equal(receipt.excluded.total, 0, 'it is asked at the batch')
    assert.containsSubset(receipt.withheld, { total: 1, reasons: { frequency: 1 } })
    const [left] = await db.from('messages').where({ campaign_id: next.id, state: 'withheld' })
    assert.equal(left.contact_id, ids[0])

    const why = await client
      .post('/api/v1/consents/check')
      .bearerToken(token)
      .json({ contact_id: String(ids[0]), channel: 'email', topic_id: String(topic.id) })
    why.assertBodyContains({ may_receive: false, reason: 'frequency' })
    assert.include(
      why.body().reasons.find(({ holds }: { holds: boolean }) => !holds).detail,
      'They got 1 campaign in 7 days already'
    )
    await workspace.merge({ settings: {} }).save()
  })

  test('of a topic counts that topic alone', async ({ client, assert }) => {
    const { token, topic, check, send, workspace } = await secondCampaign(client)
    const set = (cap: object | null) =>
      client.patch(`/api/v1/topics/${topic.id}`).bearerToken(token).json({ frequency_cap: cap })
    const answer = await set({ mails: 1, days: 1 })
    answer.assertStatus(200)
    answer.assertBodyContains({ frequency_cap: { mails: 1, days: 1 }, double_opt_in: true, public: true })
    assert.equal((await check()).evidence.withheld, 1)
    await db
      .from('shipments')
      .where('workspace_id', workspace.id)
      .update({ topic_id: Number(topic.id) + 1_000_000 })
    assert.equal((await check()).level, 'ok', 'what they got was about something else')
    assert.equal((await send()).accepted.total, 3)
    ;(await set(null)).assertBodyContains({ frequency_cap: null })
  })

  test('that makes no sense is refused by name', async ({ client }) => {
    const { token, topic } = await secondCampaign(client)
    const refused = await client
      .patch('/api/v1/workspace')
      .bearerToken(token)
      .json({ sending: { frequency_cap: { mails: 0, days: 7 } } })
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'sending.frequency_cap.mails' }] })
    const half = await client
      .patch(`/api/v1/topics/${topic.id}`)
      .bearerToken(token)
      .json({ frequency_cap: { mails: 2 } })
    half.assertStatus(422)
    half.assertBodyContains({ errors: [{ field: 'frequency_cap.days' }] })
  })
})
