import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { startDueCampaigns } from '#campaigns'
import { sendAllOf } from '#delivery'
import { connect } from '#tests/support/campaign'
import { campaign } from '#tests/support/written_campaign'

/** As if the moment at which it begins had come. */
async function begin({ id, workspace }: { id: string; workspace: { id: number } }) {
  await db
    .from('campaigns')
    .where({ workspace_id: workspace.id, id })
    .update({ scheduled_at: new Date(Date.now() - 1_000) })
  await startDueCampaigns({ workspaceId: workspace.id })
}

const batchesOf = (workspace: { id: number }) => db.from('batches').where('workspace_id', workspace.id).orderBy('no')

test.group('Campaigns at each reader’s own time', () => {
  test('leave at nine wherever the reader is, and tell the plan', async ({ client, assert }) => {
    const story = await campaign(client, {}, { people: 4 })
    const { id, api, ids, workspace } = story
    await workspace.merge({ timezone: 'Europe/Vienna' }).save()
    const zones = ['Asia/Tokyo', 'America/New_York', null, 'Nowhere/Land']
    for (const [no, timezone] of zones.entries()) await db.from('contacts').where('id', ids[no]).update({ timezone })
    const day = DateTime.utc().plus({ days: 3 }).toISODate()
    const scheduled = await api.post(`/${id}/schedule`, { at: `${day}T09:00`, timezone: 'recipient' })
    scheduled.assertStatus(200)
    scheduled.assertBodyContains({
      status: 'scheduled',
      timing: { local_time: `${day}T09:00`, over_hours: null },
      scheduled_at: DateTime.fromISO(`${day}T09:00`, { zone: 'UTC+14' }).toUTC().toISO(),
    })
    await begin(story)
    const nine = (zone: string) => DateTime.fromISO(`${day}T09:00`, { zone }).toMillis()
    const batches = await batchesOf(workspace)
    assert.deepEqual(
      batches.map(({ no, contact_ids: people, not_before: at }) => [no, people, at.getTime()]),
      [
        [0, [ids[0]], nine('Asia/Tokyo')],
        [1, [ids[2], ids[3]], nine('Europe/Vienna')],
        [2, [ids[1]], nine('America/New_York')],
      ]
    )
    const { progress } = (await api.get(`/${id}`)).body()
    assert.deepEqual(
      progress.plan.map(({ people }: { people: number }) => people),
      [1, 2, 1]
    )
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 0)
    await db.from('batches').where({ workspace_id: workspace.id, no: 0 }).update({ not_before: new Date() })
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 1)
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sending', progress: { accepted: 1, queued: 3 } })
  })

  test('whose nine o’clock is over get it at once', async ({ client, assert }) => {
    const story = await campaign(client, {}, { people: 2 })
    const { id, api, ids, workspace } = story
    await db.from('contacts').where('id', ids[0]).update({ timezone: 'Pacific/Kiritimati' })
    await db.from('contacts').where('id', ids[1]).update({ timezone: 'Pacific/Pago_Pago' })
    const soon = DateTime.utc().plus({ hours: 1 }).toFormat("yyyy-MM-dd'T'HH:mm")
    ;(await api.post(`/${id}/schedule`, { at: soon, timezone: 'recipient' })).assertStatus(200)
    await startDueCampaigns({ workspaceId: workspace.id })
    await sendAllOf({ workspaceId: workspace.id })
    const sent = await db.from('captured_messages').where('workspace_id', workspace.id)
    assert.deepEqual(
      sent.map((mail) => mail.contact_id),
      [ids[0]]
    )
  })

  test('spread over hours, a few people each quarter of an hour', async ({ client, assert }) => {
    const story = await campaign(client, {}, { people: 450 })
    const { id, api, workspace } = story
    const at = new Date(Date.now() + 3_600_000).toISOString()
    ;(await api.post(`/${id}/schedule`, { at, waves: { over_hours: 5 } })).assertBodyContains({
      timing: { local_time: null, over_hours: 5 },
    })
    await begin(story)
    const batches = await batchesOf(workspace)
    assert.lengthOf(batches, 20)
    const starts = batches.map(({ not_before: moment }) => moment.getTime())
    assert.deepEqual(
      starts.map((moment) => (moment - starts[0]) / 900_000),
      batches.map((_, no) => no)
    )
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 1)
  })

  test('over days, the plan has everybody in at most a hundred lines, before and on the way', async ({
    client,
    assert,
  }) => {
    const story = await campaign(client, {}, { people: 300 })
    const { id, api } = story
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const sum = (plan: { people: number }[]) => plan.reduce((people, line) => people + line.people, 0)
    const before = (await api.get(`/${id}/plan`, { at, over_hours: '72' })).body()
    assert.equal(sum(before.plan), 300)
    assert.isAtMost(before.plan.length, 100)
    assert.equal(Date.parse(before.plan[1].at) - Date.parse(before.plan[0].at), 3_600_000)
    await api.post(`/${id}/schedule`, { at, waves: { over_hours: 72 } })
    await begin(story)
    const { progress } = (await api.get(`/${id}`)).body()
    assert.isAtMost(progress.plan.length, 100)
    assert.equal(sum(progress.plan), progress.queued - 2)
  })

  test('have a first wave in the plan only where a second one would wait for it', async ({ client, assert }) => {
    const waveOf = async (people: number) => {
      const { id, api, workspace } = await campaign(client, {}, { people })
      await workspace.merge({ settings: { sending: { pilot: 'always', pilot_minutes: 20 } } }).save()
      await connect(workspace)
      return (await api.get(`/${id}/plan`)).body()
    }
    assert.isNull((await waveOf(40)).first_wave)
    const two = await waveOf(140)
    assert.deepEqual(two.first_wave, { minutes: 20 })
    assert.sameMembers(Object.keys(two), ['mailable', 'plan', 'first_wave'])
  })

  test('a draft again has no time', async ({ client }) => {
    const { id, api } = await campaign(client)
    const at = new Date(Date.now() + 3_600_000).toISOString()
    await api.post(`/${id}/schedule`, { at, waves: { over_hours: 5 } })
    ;(await api.delete(`/${id}/schedule`)).assertBodyContains({ timing: { local_time: null, over_hours: null } })
  })
})
