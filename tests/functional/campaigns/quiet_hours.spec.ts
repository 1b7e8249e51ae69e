import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import type { Workspace } from '#identity'
import { shop } from '#tests/support/service_mail'
import { memberOf } from '#tests/support/workspace'
import { campaign, door } from '#tests/support/written_campaign'

/** Quiet from an hour ago until in an hour, by a clock of UTC. */
const aroundNow = () => {
  const now = DateTime.utc()
  return { from: now.minus({ hours: 1 }).toFormat('HH:mm'), to: now.plus({ hours: 1 }).toFormat('HH:mm'), days_off: [] }
}
const endOfQuiet = () => DateTime.utc().plus({ hours: 1 }).startOf('minute').toMillis()

const keep = (workspace: Workspace, quiet: object | null) =>
  workspace.merge({ settings: { sending: { undo_seconds: 0, quiet_hours: quiet } } }).save()

/** Two who sleep, by the workspace's clock and by their own, and one on the other side of the world. */
async function sleepers(client: any) {
  const story = await campaign(client)
  await story.workspace.merge({ timezone: 'UTC' }).save()
  const zones = [null, 'Etc/UTC', 'Etc/GMT-12']
  for (const [no, timezone] of zones.entries())
    await db.from('contacts').where('id', story.ids[no]).update({ timezone })
  return {
    ...story,
    sent: async () =>
      (await db.from('captured_messages').where('workspace_id', story.workspace.id).orderBy('contact_id')).map(
        (mail) => mail.contact_id
      ),
    send: () => sendAllOf({ workspaceId: story.workspace.id }),
  }
}

const batchesOf = (workspace: { id: number }) =>
  db.from('batches').where('workspace_id', workspace.id).whereNot('state', 'split').orderBy('not_before')

test.group('Quiet hours', () => {
  test('wait for the end of the night, by each reader’s own clock', async ({ client, assert }) => {
    const { workspace, api, id, ids, sent, send } = await sleepers(client)
    await keep(workspace, aroundNow())
    ;(await api.post(`/${id}/send`)).assertStatus(202)
    await send()
    assert.deepEqual(await sent(), [ids[2]])
    const waiting = (await batchesOf(workspace)).filter(({ state }) => state === 'queued')
    assert.deepEqual(
      waiting.map(({ not_before: at }) => at.getTime()),
      [endOfQuiet(), endOfQuiet()]
    )
    const { progress } = (await api.get(`/${id}`)).body()
    assert.isTrue(progress.keeps_quiet_hours)
    assert.deepEqual(
      progress.plan.map(({ people }: { people: number }) => people),
      [2]
    )
  })

  test('are asked again at the moment of sending, whatever the manifest says', async ({ client, assert }) => {
    const { workspace, api, id, ids, sent, send } = await sleepers(client)
    await api.post(`/${id}/send`)
    await keep(workspace, aroundNow())
    await send()
    assert.deepEqual(await sent(), [ids[2]])
    const left = (await batchesOf(workspace)).filter(({ state }) => state === 'queued')
    assert.deepEqual(
      left.map((batch) => batch.contact_ids),
      [[ids[0], ids[1]]]
    )
    assert.equal(Math.round(left[0].not_before.getTime() / 1_000), Math.round(endOfQuiet() / 1_000))
    await keep(workspace, null)
    await db.from('batches').where({ workspace_id: workspace.id, state: 'queued' }).update({ not_before: new Date() })
    await send()
    assert.deepEqual(await sent(), ids)
    const receipt = (await api.get(`/${id}/receipt`)).body()
    assert.isTrue(receipt.closes)
    assert.equal(receipt.accepted.total, 3)
  })

  test('hold for whoever is tried again, and after a pause', async ({ client, assert }) => {
    const { workspace, api, id, sent, send } = await sleepers(client)
    await api.post(`/${id}/send`)
    await api.post(`/${id}/pause`)
    await keep(workspace, { ...aroundNow(), days_off: [] })
    await db.from('contacts').where('workspace_id', workspace.id).update({ timezone: 'UTC' })
    await api.post(`/${id}/resume`)
    await send()
    assert.deepEqual(await sent(), [])
    ;(await api.get(`/${id}`)).assertBodyContains({ status: 'sending', progress: { queued: 3 } })
  })

  test('push what is spread over hours out of the night', async ({ client, assert }) => {
    const story = await campaign(client, {}, { people: 300 })
    const { workspace, api, id } = story
    await workspace.merge({ timezone: 'UTC' }).save()
    const inAnHour = DateTime.utc().plus({ hours: 2 })
    const quiet = { from: inAnHour.toFormat('HH:mm'), to: inAnHour.plus({ hours: 3 }).toFormat('HH:mm'), days_off: [] }
    await keep(workspace, quiet)
    const at = new Date(Date.now() + 60_000).toISOString()
    const plan = await api.get(`/${id}/plan`, { at, over_hours: '6' })
    plan.assertStatus(200)
    const { mailable, plan: waves } = plan.body()
    assert.equal(mailable, 300)
    const lines = waves.map((wave: any) => ({ ...wave, hours: (Date.parse(wave.at) - Date.parse(at)) / 3_600_000 }))
    assert.equal(
      lines.reduce((sum: number, { people }: any) => sum + people, 0),
      300
    )
    assert.lengthOf(
      lines.filter(({ hours }: any) => hours > 2 && hours < 4.7),
      0
    )
    const [inTheMorning] = lines.filter(({ hours }: any) => hours >= 4.7)
    assert.isAbove(inTheMorning.people, 120)
  })

  test('are broken by whoever may change them, and by nobody else', async ({ client, assert }) => {
    const { workspace, api, id, ids, sent, send } = await sleepers(client)
    await keep(workspace, aroundNow())
    const editor = door(client, (await memberOf(workspace, { role: 'editor' })).token)
    const refused = await editor.post(`/${id}/send`, { ignore_quiet_hours: true })
    refused.assertStatus(403)
    refused.assertBodyContains({ errors: [{ permission: 'settings:write' }] })
    ;(await api.post(`/${id}/send`, { ignore_quiet_hours: true })).assertStatus(202)
    await send()
    assert.deepEqual(await sent(), ids)
    const entry = await db.from('audit_entries').where({ workspace_id: workspace.id, action: 'campaign.sent' }).first()
    assert.isTrue(entry.details.ignores_quiet_hours)
  })

  test('end for one campaign while it waits, for whoever may change them', async ({ client, assert }) => {
    const { workspace, api, id, ids, sent, send } = await sleepers(client)
    await keep(workspace, aroundNow())
    await api.post(`/${id}/send`)
    await send()
    assert.deepEqual(await sent(), [ids[2]])
    const editor = door(client, (await memberOf(workspace, { role: 'editor' })).token)
    ;(await editor.delete(`/${id}/quiet-hours`)).assertStatus(403)
    const loud = await api.delete(`/${id}/quiet-hours`)
    loud.assertStatus(200)
    loud.assertBodyContains({ timing: { ignore_quiet_hours: true }, progress: { keeps_quiet_hours: false, plan: [] } })
    await send()
    assert.deepEqual(await sent(), ids)
    const noted = { workspace_id: workspace.id, action: 'campaign.quiet_hours_ignored' }
    assert.exists(await db.from('audit_entries').where(noted).first())
  })

  test('end for those whom they hold at the moment of sending, too; an hour of one’s own stays', async ({
    client,
    assert,
  }) => {
    const { workspace, api, id, ids, sent, send } = await sleepers(client)
    await api.post(`/${id}/send`)
    await keep(workspace, aroundNow())
    await db.from('contacts').where('workspace_id', workspace.id).update({ timezone: 'UTC' })
    const later = new Date(Date.now() + 2 * 86_400_000)
    await send()
    assert.deepEqual(await sent(), [])
    const of = { workspace_id: workspace.id, state: 'queued' }
    const [waiting] = await db.from('batches').where(of)
    assert.isNotNull(waiting.planned_at)
    await db
      .from('batches')
      .where(of)
      .update({ planned_at: later, not_before: new Date(later.getTime() + 3_600_000) })
    await api.delete(`/${id}/quiet-hours`)
    assert.equal((await db.from('batches').where(of).first()).not_before.getTime(), later.getTime())
    await db.from('batches').where(of).update({ not_before: new Date() })
    await send()
    assert.deepEqual(await sent(), ids)
  })

  test('do not hold service mail', async ({ client, assert }) => {
    const { workspace, ask, send, look } = await shop({ client })
    await keep(workspace, aroundNow())
    const { id } = (await ask()).body()
    await send()
    assert.equal((await look(id)).status, 'accepted')
  })

  test('are a setting with two times that differ and at most six whole days', async ({ client }) => {
    const { token } = await campaign(client)
    const set = (quiet: object | null) =>
      client
        .patch('/api/v1/workspace')
        .bearerToken(token)
        .json({ sending: { quiet_hours: quiet } })
    const good = await set({ from: '21:00', to: '08:00' })
    good.assertStatus(200)
    good.assertBodyContains({ sending: { undo_seconds: 0, quiet_hours: { from: '21:00', to: '08:00', days_off: [] } } })
    ;(await set({ from: '21:00', to: '21:00' })).assertBodyContains({ errors: [{ field: 'sending.quiet_hours.to' }] })
    ;(await set({ from: '9pm', to: '8' })).assertStatus(422)
    ;(await set({ from: '21:00', to: '08:00', days_off: [1, 2, 3, 4, 5, 6, 7] })).assertStatus(422)
    ;(await set(null)).assertBodyContains({ sending: { quiet_hours: null } })
  })
})

test.group('The first moment after quiet hours', () => {
  const night = { from: '21:00', to: '08:00' }
  const cases: [string, string, string, object, string][] = [
    ['by day it is now', '2026-03-04T12:00Z', 'Europe/Vienna', night, '2026-03-04T12:00Z'],
    ['in the evening it is tomorrow', '2026-03-04T20:30Z', 'Europe/Vienna', night, '2026-03-05T07:00Z'],
    ['at the first minute it is quiet', '2026-03-04T20:00Z', 'Europe/Vienna', night, '2026-03-05T07:00Z'],
    ['at the last minute it is over', '2026-03-05T07:00Z', 'Europe/Vienna', night, '2026-03-05T07:00Z'],
    ['after midnight it is today', '2026-03-05T02:00Z', 'Europe/Vienna', night, '2026-03-05T07:00Z'],
    ['a pause at noon', '2026-03-04T11:30Z', 'Europe/Vienna', { from: '12:00', to: '14:00' }, '2026-03-04T13:00Z'],
    ['over a weekend', '2026-03-06T20:30Z', 'Europe/Vienna', { ...night, days_off: [6, 7] }, '2026-03-09T07:00Z'],
    ['a night before the clocks go forward', '2026-03-28T22:00Z', 'Europe/Vienna', night, '2026-03-29T06:00Z'],
    [
      'a time that is left out',
      '2026-03-28T23:00Z',
      'Europe/Vienna',
      { from: '22:00', to: '02:30' },
      '2026-03-29T01:30Z',
    ],
    [
      'a time that comes twice',
      '2026-10-24T23:00Z',
      'Europe/Vienna',
      { from: '22:00', to: '02:30' },
      '2026-10-25T01:30Z',
    ],
    ['in a zone that nobody knows', '2026-03-04T21:30Z', 'Nowhere/Land', night, '2026-03-05T08:00Z'],
  ]
  for (const [title, moment, zone, quiet, expected] of cases) {
    test(title, async ({ assert }) => {
      const { rows } = await db.rawQuery('select after_quiet_hours(?::timestamptz, ?, ?, ?::jsonb) as at', [
        moment,
        zone,
        'UTC',
        JSON.stringify(quiet),
      ])
      assert.equal(rows[0].at.toISOString(), new Date(expected).toISOString())
    })
  }
})
