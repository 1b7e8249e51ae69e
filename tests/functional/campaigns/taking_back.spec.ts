import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { until } from '#tests/support/processes'
import { memberOf } from '#tests/support/workspace'
import { campaign, door } from '#tests/support/written_campaign'

/** The campaign of the bakery, of a team that has so many seconds to think again. */
async function sentWithTime(client: any, seconds: number) {
  const story = await campaign(client)
  const set = await client
    .patch('/api/v1/workspace')
    .bearerToken(story.token)
    .json({ sending: { undo_seconds: seconds } })
  set.assertStatus(200)
  const sent = await story.api.post(`/${story.id}/send`)
  sent.assertStatus(202)
  return { ...story, sent: sent.body() }
}

const captured = (workspace: { id: number }) => db.from('captured_messages').where('workspace_id', workspace.id)

test.group('A send that is taken back', () => {
  test('nothing leaves for as long as it can be taken back, then it does', async ({ client, assert }) => {
    const began = Date.now()
    const { id, api, workspace, sent } = await sentWithTime(client, 600)
    const startsAt = Date.parse(sent.progress.starts_at)
    assert.isTrue(startsAt >= began + 600_000 && startsAt <= Date.now() + 601_000)
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 0)
    await db.from('shipments').where({ workspace_id: workspace.id }).update({ not_before: new Date() })
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 1)
    const undone = await api.post(`/${id}/undo`)
    undone.assertStatus(409)
    assert.lengthOf(await captured(workspace), 3)
  })

  test('it is a draft again, as if it had never been sent, and can be sent anew', async ({ client, assert }) => {
    const { id, api, workspace, made } = await sentWithTime(client, 600)
    const undone = await api.post(`/${id}/undo`)
    undone.assertStatus(200)
    undone.assertBodyContains({ status: 'draft', send_started_at: null, progress: null, subject: made.subject })
    for (const table of ['shipments', 'batches', 'exclusions', 'links']) {
      assert.lengthOf(await db.from(table).where('workspace_id', workspace.id), 0, table)
    }
    await api.patch(`/${id}`, { subject: 'Better plums', version: undone.body().version })
    await client
      .patch('/api/v1/workspace')
      .bearerToken((await memberOf(workspace, { role: 'owner' })).token)
      .json({ sending: { undo_seconds: 0 } })
    ;(await api.post(`/${id}/send`)).assertStatus(202)
    await sendAllOf({ workspaceId: workspace.id })
    const mails = await captured(workspace)
    assert.deepEqual([...new Set(mails.map(({ subject }) => subject))], ['Better plums'])
    assert.lengthOf(mails, 3)
  })

  test('a batch that a worker takes at that very moment is not taken away under its hand', async ({
    client,
    assert,
  }) => {
    const { id, api, workspace } = await sentWithTime(client, 600)
    const taking = await db.transaction()
    await taking.from('batches').where('workspace_id', workspace.id).update({ state: 'leased' })
    const undone = Promise.resolve(api.post(`/${id}/undo`))
    await until('it waits for the lock', async () => {
      const { rows } = await db.rawQuery(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'delete from "batches"%'`
      )
      return rows.length > 0
    })
    await taking.commit()
    ;(await undone).assertStatus(409)
    assert.lengthOf(await db.from('batches').where('workspace_id', workspace.id), 1)
  })

  test('who may not send may not take back; a stranger finds nothing', async ({ client }) => {
    const { id, workspace } = await sentWithTime(client, 600)
    const viewer = await memberOf(workspace, { role: 'viewer' })
    ;(await door(client, viewer.token).post(`/${id}/undo`)).assertStatus(403)
    const stranger = await campaign(client)
    ;(await stranger.api.post(`/${id}/undo`)).assertStatus(404)
    ;(await stranger.api.post(`/${stranger.id}/undo`)).assertStatus(409)
  })

  test('the time for it is a setting with bounds', async ({ client, assert }) => {
    const { token } = await campaign(client)
    const set = (sending: object) => client.patch('/api/v1/workspace').bearerToken(token).json({ sending })
    ;(await set({ undo_seconds: 601 })).assertStatus(422)
    ;(await set({ pilot: 'sometimes' })).assertStatus(422)
    const { body } = { body: (await set({ pilot: 'always' })).body() }
    assert.deepEqual(body.sending, {
      undo_seconds: 0,
      pilot: 'always',
      pilot_minutes: 15,
      late_hours: 1,
      quiet_hours: null,
      frequency_cap: null,
    })
  })
})
