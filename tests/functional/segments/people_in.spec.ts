import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { peopleIn, type Audience } from '#segments'
import { plantPerson, plantSegment } from '#tests/support/people'
import { bakery } from '#tests/support/workspace'

test.group('People in an audience', () => {
  test('are there once, however many ways lead to them', async ({ assert }) => {
    const { workspace } = await bakery()
    const ada = await plantPerson(workspace.id, { name: 'Ada', tags: ['vip', 'press'] })
    const ben = await plantPerson(workspace.id, { name: 'Ben', tags: ['press'] })
    await plantPerson(workspace.id, { name: 'Cara' })
    const named = await plantSegment(workspace.id, 'Adas', { field: 'first_name', op: 'eq', value: 'Ada' })
    const tagged = await plantSegment(workspace.id, 'Vips', { tag: 'vip' })
    assert.deepEqual(
      await idsIn(workspace.id, {
        segment_ids: [named, tagged],
        tag_names: ['VIP', 'press'],
        contact_ids: [String(ada)],
      }),
      [ada, ben]
    )
  })

  test('are without those of the excluded segments, also where a condition knows nothing of them', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    const ada = await plantPerson(workspace.id, { name: 'Ada', locale: 'de' })
    const ben = await plantPerson(workspace.id, { name: 'Ben', locale: null })
    const everyone = await plantSegment(workspace.id, 'Everyone', { all: [] })
    const german = await plantSegment(workspace.id, 'German', { field: 'locale', op: 'eq', value: 'de' })
    assert.deepEqual(await idsIn(workspace.id, { segment_ids: [everyone] }), [ada, ben])
    assert.deepEqual(await idsIn(workspace.id, { segment_ids: [everyone], exclude_segment_ids: [german] }), [ben])
  })

  test('are nobody when nothing is chosen', async ({ assert }) => {
    const { workspace } = await bakery()
    await plantPerson(workspace.id, { name: 'Ada' })
    assert.deepEqual(await idsIn(workspace.id, {}), [])
    assert.deepEqual(await idsIn(workspace.id, { segment_ids: [], tag_names: ['unheard of'], contact_ids: ['x'] }), [])
  })

  test("are never deleted ones, nor another workspace's", async ({ assert }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const stranger = await plantPerson(theirs.workspace.id, { name: 'Ada', tags: ['vip'] })
    const gone = await plantPerson(ours.workspace.id, { name: 'Ben', tags: ['vip'], deleted_at: new Date() })
    assert.deepEqual(
      await idsIn(ours.workspace.id, { tag_names: ['vip'], contact_ids: [String(stranger), String(gone)] }),
      []
    )
  })

  test('a segment that is gone stops the question instead of changing the answer', async ({ assert }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    const strange = await plantSegment(theirs.workspace.id, 'Theirs', { all: [] })
    for (const audience of [{ segment_ids: [strange] }, { tag_names: ['vip'], exclude_segment_ids: [strange] }]) {
      await assert.rejects(() => peopleIn({ workspaceId: ours.workspace.id, audience }), /segment is gone/)
    }
  })
})

async function idsIn(workspaceId: number, audience: Audience) {
  const { sql, bindings } = await peopleIn({ workspaceId, audience })
  const { rows } = await db.rawQuery(`${sql} order by contact_id`, bindings as any[])
  return rows.map((row: { contact_id: number }) => row.contact_id)
}
