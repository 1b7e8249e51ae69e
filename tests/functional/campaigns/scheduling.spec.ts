import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { startDueCampaigns } from '#campaigns'
import { sendAllOf } from '#delivery'
import { letTheWorkerWork } from '#tests/support/worker'
import { campaign } from '#tests/support/written_campaign'

const outbox = (workspace: { id: number }) =>
  db.from('captured_messages').where({ workspace_id: workspace.id, private: false }).orderBy('id')

async function deliver(workspace: { id: number }) {
  await sendAllOf({ workspaceId: workspace.id })
  await letTheWorkerWork(workspace)
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

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
    const thisYears = DateTime.fromObject({ month: 7, day: 1, hour: 9 }, { zone: 'Europe/Vienna' })
    const year = thisYears.diffNow().toMillis() > 0 ? thisYears.year : thisYears.year + 1
    ;(await api.post(`/${id}/schedule`, { at: `${year}-07-01T09:00` })).assertBodyContains({
      scheduled_at: `${year}-07-01T07:00:00.000Z`,
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
    await letTheWorkerWork(workspace)
    const told = await db.from('captured_messages').where({ workspace_id: workspace.id })
    assert.deepEqual(
      told.map(({ subject }) => subject),
      ['“Plums” was not sent']
    )
    assert.include(told[0].text, 'archived')
  })

  test('what had a provider once does not end in the Outbox', async ({ client, assert }) => {
    const { id, api, workspace } = await campaign(client)
    await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    await db.table('shipments').insert({
      workspace_id: workspace.id,
      campaign_id: 1,
      month: '2026-01-01',
      topic_id: 1,
      edition_id: 1,
      state: 'finished',
      candidates: 0,
      mailable: 0,
      finished_at: new Date(),
    })
    await makeDue(id, inMs(-1_000))
    await startDueCampaigns({ workspaceId: workspace.id })
    const { status, notice } = (await api.get(`/${id}`)).body()
    assert.equal(status, 'draft')
    assert.match(notice, /No mail provider is connected any more/)
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

  test('are not held up by one that nobody can start: it is tried again, and in the end a draft that says so', async ({
    client,
    assert,
  }) => {
    const [poison, sound] = [await campaign(client), await campaign(client)]
    for (const { id, api } of [poison, sound]) await api.post(`/${id}/schedule`, { at: inMs(3_600_000) })
    await makeDue(poison.id, inMs(-2_000))
    await makeDue(sound.id, inMs(-1_000))
    await db
      .from('campaigns')
      .where('id', poison.id)
      .update({ timing: { local_time: 'nonsense' } })
    const realNow = performance.now.bind(performance)
    let later = 0
    performance.now = () => realNow() + later
    try {
      for (let time = 0; time < 5; time++, later += 600_000) {
        for (const { workspace } of [poison, sound]) await startDueCampaigns({ workspaceId: workspace.id })
      }
    } finally {
      performance.now = realNow
    }
    ;(await sound.api.get(`/${sound.id}`)).assertBodyContains({ status: 'sending' })
    const held = (await poison.api.get(`/${poison.id}`)).body()
    assert.equal(held.status, 'draft')
    assert.match(held.notice, /nobody foresaw/)
  })
})
