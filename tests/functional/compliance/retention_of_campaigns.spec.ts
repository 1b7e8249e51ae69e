import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ago, enforce, endedCampaign } from '#tests/support/retention'

test.group('What is kept of a campaign', () => {
  test('what mails said goes after its time, and not while a campaign is under way', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 181 })
    const { workspace } = story
    const mails = () => db.from('captured_messages').where({ workspace_id: workspace.id, private: false })
    const sealed = async () =>
      (await db.from('batches').where('workspace_id', workspace.id)).flatMap((row) => row.sealed)
    await db.from('shipments').where('workspace_id', workspace.id).update({ finished_at: null })
    await enforce(workspace)
    assert.lengthOf(await mails(), 3)
    assert.isTrue((await sealed()).every((one: any) => one.email && one.merge))
    await db
      .from('shipments')
      .where('workspace_id', workspace.id)
      .update({ finished_at: ago(181) })
    await enforce(workspace)
    assert.lengthOf(await mails(), 0)
    assert.deepEqual(
      (await sealed()).map((one: any) => Object.keys(one)),
      [['id'], ['id'], ['id']]
    )
    const link = await story.react(story.ids[0])
    link.assertStatus(302)
    link.assertHeader('location', 'https://bluedoor.test/order?who=')
    const { people } = (await story.api.get(`/${story.id}/receipt`)).body()
    assert.isTrue(people === undefined || Array.isArray(people))
    assert.lengthOf(await db.from('messages').where('workspace_id', workspace.id), 3)
  })

  test('who opened and clicked becomes nobody, and every number of the report stays', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 731 })
    const { workspace, ids } = story
    const report = async () => {
      const { totals, rates, links, series } = (await story.api.get(`/${story.id}/report`)).body()
      const happened = series.points.filter((point: any) => point.opens + point.clicks > 0)
      return { totals, rates, links, happened }
    }
    const before = await report()
    assert.equal(before.totals.clicked.human, 2)
    await enforce(workspace)
    const rows = await db.from('engagements').where('workspace_id', workspace.id)
    assert.lengthOf(rows, 6)
    for (const row of rows) {
      assert.isBelow(row.contact_id, 0)
      assert.isNull(row.user_agent)
      assert.isNull(row.ip_hash)
      assert.equal(row.occurred_at.getTime() % 900_000, 0)
    }
    assert.deepEqual(await report(), before)
    await story.react(ids[2])
    assert.deepEqual(await report(), before)
    const timeline = await client.get(`/api/v1/contacts/${ids[0]}/timeline`).bearerToken(story.token)
    assert.isFalse(timeline.body().data.some(({ kind }: any) => kind === 'click' || kind === 'open'))
  })

  test('a reader goes whole, so that a run that breaks off counts nobody twice', async ({ client, assert }) => {
    const { workspace, api, id } = await endedCampaign(client, { days: 731 })
    const { keptEngagements } = await import('#tracking')
    const step = () =>
      db.transaction((trx) =>
        keptEngagements.forget({ workspaceId: workspace.id, days: 730, limit: 1, after: null, trx })
      )
    const clicked = async () => (await api.get(`/${id}/report`)).body().totals.clicked.human
    const { after } = await step()
    assert.isNotNull(after)
    assert.equal(await clicked(), 2)
    await step()
    assert.isNull((await step()).after)
    assert.equal(await clicked(), 2)
  })
})
