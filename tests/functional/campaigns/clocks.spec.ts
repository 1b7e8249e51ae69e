import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { resumeRecurring } from '#app/campaigns/recurring/change_recurring'
import { theSystem } from '#identity'
import { sendAllOf } from '#delivery'
import { audience, connect, freeze } from '#tests/support/campaign'
import { theProvider } from '#tests/support/stand_in'
import { withWrongClock } from '#tests/support/wrong_clock'
import { campaign } from '#tests/support/written_campaign'
import { weekly } from '#tests/support/weekly'

/** A campaign whose moment came a second ago. */
async function due(client: any) {
  const story = await campaign(client, {}, { people: 2 })
  const { id, api, workspace } = story
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  ;(await api.post(`/${id}/schedule`, { at: soon })).assertStatus(200)
  const of = { workspace_id: workspace.id, id }
  await db
    .from('campaigns')
    .where(of)
    .update({ scheduled_at: new Date(Date.now() - 1_000) })
  return { ...story, look: () => db.from('campaigns').where(of).first() }
}

test.group('On a machine whose clock is wrong', () => {
  for (const days of [40, -40]) {
    test(`(${days} days) a campaign starts when it is due`, async ({ client, assert }) => {
      const story = await due(client)
      await withWrongClock({ days }, () => startDueCampaigns({ workspaceId: story.workspace.id }))
      assert.containsSubset(await story.look(), { status: 'sending', notice: null })
    })

    test(`(${days} days) an occurrence is made, and none is taken for missed`, async ({ client, assert }) => {
      const story = await weekly(client, { rule: 'FREQ=DAILY' })
      await story.begin()
      await db
        .from('recurring_campaigns')
        .where({ workspace_id: story.workspace.id })
        .update({ next_at: new Date(Date.now() - 1_000), due_at: new Date(Date.now() - 1_000) })
      await withWrongClock({ days }, () => makeDueOccurrences({ workspaceId: story.workspace.id }))
      assert.lengthOf(await story.campaigns(), 1)
      assert.containsSubset(await db.from('recurring_occurrences').where({ workspace_id: story.workspace.id }), [
        { outcome: 'made' },
      ])
    })

    test(`(${days} days) a recurring campaign goes on with what comes next`, async ({ client, assert }) => {
      const story = await weekly(client, { rule: 'FREQ=DAILY' })
      await withWrongClock({ days }, () =>
        resumeRecurring({ workspace: story.workspace, id: story.recurring.id, actor: theSystem })
      )
      const row = await db.from('recurring_campaigns').where({ workspace_id: story.workspace.id }).first()
      assert.closeTo(
        row.next_at.getTime(),
        Date.now() + 45_000_000,
        45_000_000,
        'within a day, which may have 25 hours'
      )
    })

    test(`(${days} days) a quota of the day is waited for until midnight`, async ({ assert }) => {
      const server = await theProvider()
      const story = await audience()
      const { account } = await connect(story.workspace)
      const { shipment } = await freeze(story)
      server.chaos([
        { effect: 'daily_quota', times: 1, match: { path: '/emails/batch' } },
        { effect: 'status', status: 500, match: { path: '/usage' } },
      ])
      await withWrongClock({ days }, () => sendAllOf({ workspaceId: story.workspace.id }))
      const { quota_until: until } = await db.from('rate_budgets').where({ account }).first()
      assert.equal(until.toISOString().slice(10, 16), 'T00:01')
      assert.closeTo(until.getTime() - Date.now(), 43_200_000, 43_300_000)
      assert.equal((await db.from('shipments').where({ id: shipment.id }).first()).state, 'running')
    })

    test(`(${days} days) a campaign ended when it did`, async ({ assert }) => {
      const story = await audience()
      const { shipment } = await freeze(story)
      await withWrongClock({ days }, () => sendAllOf({ workspaceId: story.workspace.id }))
      const { finished_at: at } = await db.from('shipments').where({ id: shipment.id }).first()
      assert.closeTo(at.getTime(), Date.now(), 60_000)
    })
  }
})

test.group('After a restore', () => {
  test('what was due before is not sent by itself, and says why', async ({ client, assert, cleanup }) => {
    const before = await due(client)
    await startDueCampaigns({ workspaceId: before.workspace.id })
    await db.rawQuery(`update sending_watch set held_at = now()`)
    cleanup(() => db.rawQuery('update sending_watch set held_at = null') as any)
    const story = await due(client)
    await startDueCampaigns({ workspaceId: story.workspace.id })
    const held = await story.look()
    assert.equal(held.status, 'draft')
    assert.match(held.notice, /restored from a backup/)
  })
})
