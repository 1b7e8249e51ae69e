import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Contact, eraseContact, mergeContacts } from '#contacts'
import { theSystem } from '#identity'
import { compileRule } from '#segments'
import { explainRule } from '#app/segments/explain_rule'
import { campaign, sent } from '#tests/support/written_campaign'
import { readers } from '#tests/support/reader'
import { say, only, engagements } from '#tests/support/measuring'

test.group('What is noted', () => {
  async function reader(client: any) {
    const story = await campaign(client)
    await sent(story)
    return { ...story, react: readers(client, story).openAndClick }
  }

  test('after a no an old pixel and an old link record nothing, and lead on; after a yes they do again', async ({
    client,
    assert,
  }) => {
    const { workspace, ids, react } = await reader(client)
    await react(ids[0])
    assert.lengthOf(await engagements(workspace), 2)
    await say(workspace, ids[0], 'withdraw')
    assert.include((await react(ids[0])).header('location'), 'https://bluedoor.test/order')
    assert.lengthOf(await engagements(workspace), 2)
    await say(workspace, ids[0], 'grant')
    await react(ids[0])
    assert.lengthOf(await engagements(workspace), 4)
  })

  test('a stricter policy holds for mails that have gone out', async ({ client, assert }) => {
    const { workspace, ids, react } = await reader(client)
    await only(workspace, 'only_who_agreed')
    await say(workspace, ids[1], 'grant')
    for (const id of ids) await react(id)
    const noted = await engagements(workspace)
    assert.deepEqual([...new Set(noted.map(({ contact_id: id }) => id))], [ids[1]])
  })

  test('the no of whom somebody was merged into, and erasure, end it for their old links, too', async ({
    client,
    assert,
  }) => {
    const { workspace, ids, react } = await reader(client)
    const [ada, ben, cara] = await Promise.all(ids.map((id) => Contact.findOrFail(id)))
    const of = { workspaceId: workspace.id, actor: theSystem }
    await db.transaction((trx) => mergeContacts({ ...of, contact: ada, into: ben, trx }))
    await say(workspace, ben.id, 'withdraw')
    await db.transaction((trx) => eraseContact({ ...of, contact: cara, trx }))
    for (const id of ids) await react(id)
    assert.lengthOf(await engagements(workspace), 0)
  })

  test('whose data is restricted is not measured', async ({ client, assert }) => {
    const { workspace, ids, react } = await reader(client)
    await db.table('restrictions').insert({ workspace_id: workspace.id, contact_id: ids[0], created_by: 'Ada' })
    await react(ids[0])
    await react(ids[1])
    assert.lengthOf(await engagements(workspace), 2)
  })

  test('clicks of a whole group at once are told apart by who may be measured', async ({ client, assert }) => {
    const { workspace, ids, react } = await reader(client)
    await say(workspace, ids[1], 'withdraw')
    await Promise.all([...ids, ...ids, ...ids].map((id) => react(id)))
    const noted = await engagements(workspace)
    assert.lengthOf(noted, 12)
    assert.isFalse(noted.some(({ contact_id: id }) => id === ids[1]))
  })

  test('rates are of those who were measured', async ({ client, assert }) => {
    const story = await campaign(client)
    const { workspace, ids } = story
    await say(workspace, ids[1], 'withdraw')
    await sent(story)
    await db
      .from('messages')
      .where('workspace_id', workspace.id)
      .update({ accepted_at: new Date(Date.now() - 60_000) })
    await readers(client, story).click(ids[0])
    const { totals, rates } = (await story.api.get(`/${story.id}/report`)).body()
    assert.containsSubset(totals, { accepted: 3, opens_measured: 2, clicks_measured: 2 })
    assert.deepEqual(rates.clicked, { value: 0.5, count: 1, of: 2 })
    assert.deepEqual(rates.opened, { value: 0, count: 0, of: 2 })
    assert.deepEqual(rates.delivered.of, 3)
    const listed = (await story.api.get('/results', { ids: story.id })).body()
    assert.deepEqual(listed.data[0].clicked, { value: 0.5, count: 1, of: 2 })
  })

  test('a campaign that measures nothing has no rate, rather than none of everybody', async ({ client, assert }) => {
    const story = await campaign(client, { tracking: { opens: false, clicks: true } })
    await sent(story)
    const { rates } = (await story.api.get(`/${story.id}/report`)).body()
    assert.deepEqual(rates.opened, { value: null, count: 0, of: 0 })
    assert.equal(rates.clicked.of, 3)
  })
})

test.group('Whether somebody opened', () => {
  const opened = { event: 'opened' }
  const matching = async (workspace: { id: number }, rule: unknown) => {
    const { sql, bindings } = await compileRule(rule, { workspaceId: workspace.id })
    const { rows } = await db.rawQuery(
      `select c.id from contacts c where c.workspace_id = ? and c.deleted_at is null and (${sql}) order by c.id`,
      [workspace.id, ...bindings] as any[]
    )
    return rows.map(({ id }: any) => id)
  }

  test('is not known of whom nothing is measured: they neither did nor did not', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await say(story.workspace, ben, 'withdraw')
    await sent(story)
    await db.table('engagements').insert({
      workspace_id: story.workspace.id,
      month: `${new Date().toISOString().slice(0, 7)}-01`,
      campaign_id: story.id,
      contact_id: ada,
      kind: 'open',
      verdict: 'human',
      rule: 'test',
      occurred_at: new Date(),
    })
    const of = { campaign_id: String(story.id) }
    for (const rule of [opened, { ...opened, ...of }, { ...opened, within_days: 5 }]) {
      assert.deepEqual(await matching(story.workspace, rule), [ada])
      assert.deepEqual(await matching(story.workspace, { not: rule }), [cara])
      assert.deepEqual(await matching(story.workspace, { not: { not: rule } }), [ada])
      assert.deepEqual(await matching(story.workspace, { any: [{ not: rule }, { event: 'received' }] }), story.ids)
      assert.deepEqual(await matching(story.workspace, { not: { all: [rule, { event: 'received' }] } }), [cara])
    }
    const told = await explainRule({
      rule: { all: [{ event: 'received' }, { not: opened }] },
      workspaceId: story.workspace.id,
      contactId: ben,
    })
    assert.containsSubset(told, { matched: false, unknown: true, all: [{ matched: true }, { unknown: true }] })
    const again = (await story.api.post(`/${story.id}/resend`)).body()
    const [segmentId] = again.audience.segment_ids
    assert.deepEqual(await matching(story.workspace, { segment_id: segmentId }), [cara])
  })

  test('is not known any more of who says no later, nor when opens are not kept so long', async ({
    client,
    assert,
  }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await sent(story)
    assert.deepEqual(await matching(story.workspace, { not: opened }), story.ids)
    await say(story.workspace, ben, 'withdraw')
    assert.deepEqual(await matching(story.workspace, { not: opened }), [ada, cara])
    const named = { not: { ...opened, campaign_id: String(story.id) } }
    await db
      .from('messages')
      .where({ workspace_id: story.workspace.id, contact_id: ada })
      .update({ accepted_at: new Date('2020-01-01') })
    assert.deepEqual(await matching(story.workspace, named), [cara])
  })
})
