import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { thisMonth } from '#app/delivery/audience/months'
import { letTheWorkerWork } from '#tests/support/worker'
import { memberOf } from '#tests/support/workspace'
import { campaign, door } from '#tests/support/written_campaign'

async function sent(client: any, changes: Record<string, unknown> = {}) {
  const story = await campaign(client, changes, { people: 4 })
  await story.api.post(`/${story.id}/send`)
  await sendAllOf({ workspaceId: story.workspace.id })
  await letTheWorkerWork(story.workspace)
  return {
    ...story,
    reacted: (no: number, kind: 'click' | 'open', verdict: 'human' | 'machine') =>
      db.table('engagements').insert({
        workspace_id: story.workspace.id,
        month: thisMonth(),
        campaign_id: story.id,
        contact_id: story.ids[no],
        kind,
        verdict,
        rule: 'test',
        occurred_at: new Date(),
      }),
  }
}

test.group('Who did not react', () => {
  test('gets another draft: no click, no opening but a machine’s', async ({ client, assert }) => {
    const story = await sent(client)
    const { id, api, ids, emails, token, workspace } = story
    await story.reacted(0, 'click', 'human')
    await story.reacted(1, 'open', 'machine')
    await story.reacted(2, 'open', 'human')
    const made = await api.post(`/${id}/resend`)
    made.assertStatus(201)
    const draft = made.body()
    assert.containsSubset(draft, { status: 'draft', name: 'Plums (again)', subject: story.made.subject })
    const [segmentId] = draft.audience.segment_ids
    const people = await client.get(`/api/v1/segments/${segmentId}/contacts`).bearerToken(token)
    assert.deepEqual(
      people
        .body()
        .data.map((one: any) => one.id)
        .sort(),
      [String(ids[1]), String(ids[3])].sort()
    )
    await api.patch(`/${draft.id}`, { subject: 'Still plums', version: draft.version })
    ;(await api.post(`/${draft.id}/send`)).assertStatus(202)
    await sendAllOf({ workspaceId: workspace.id })
    const again = await db.from('captured_messages').where({ workspace_id: workspace.id, subject: 'Still plums' })
    assert.deepEqual(again.map((mail) => mail.to_address).sort(), [emails[1], emails[3]].sort())
    const twice = await api.post(`/${id}/resend`)
    assert.deepEqual(twice.body().audience, draft.audience)
  })

  test('is known to nobody where nothing was measured: that is said, and no segment is left behind', async ({
    client,
    assert,
  }) => {
    const { id, api, workspace } = await sent(client, { tracking: { opens: false, clicks: false } })
    const refused = await api.post(`/${id}/resend`)
    refused.assertStatus(422)
    assert.match(refused.body().errors[0].message, /Neither openings nor clicks/)
    assert.lengthOf(await db.from('segments').where({ workspace_id: workspace.id }), 0)
  })

  test('is known at the end, and for those who may write', async ({ client }) => {
    const story = await campaign(client)
    ;(await story.api.post(`/${story.id}/resend`)).assertStatus(409)
    const viewer = await memberOf(story.workspace, { role: 'viewer' })
    ;(await door(client, viewer.token).post(`/${story.id}/resend`)).assertStatus(403)
    const stranger = await campaign(client)
    ;(await stranger.api.post(`/${story.id}/resend`)).assertStatus(404)
  })
})
