import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sendAllOf } from '#delivery'
import { campaign } from '#tests/support/written_campaign'

/** A campaign to 150 people, paused when the first hundred had it. */
async function halfSent(client: any) {
  const story = await campaign(client, {}, { people: 150 })
  await story.api.post(`/${story.id}/send`)
  const second = { workspace_id: story.workspace.id, no: 1 }
  await db
    .from('batches')
    .where(second)
    .update({ not_before: new Date(Date.now() + 3_600_000) })
  await sendAllOf({ workspaceId: story.workspace.id })
  ;(await story.api.post(`/${story.id}/pause`)).assertStatus(200)
  return {
    ...story,
    async goOn() {
      ;(await story.api.post(`/${story.id}/resume`)).assertStatus(200)
      await db.from('batches').where(second).update({ not_before: new Date() })
      await sendAllOf({ workspaceId: story.workspace.id })
    },
  }
}

const captured = (workspace: { id: number }) =>
  db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')

test.group('A letter that is mended on the way', () => {
  test('goes to those who still wait; the account says who got which', async ({ client, assert }) => {
    const { id, api, workspace, goOn } = await halfSent(client)
    const content = {
      kind: 'markdown',
      source: 'Sorry: [the right order](https://bluedoor.test/right?who={{ contact.email }}).',
    }
    const revised = await api.post(`/${id}/revise`, { subject: 'The right plums', content })
    revised.assertStatus(200)
    revised.assertBodyContains({ status: 'paused', subject: 'The right plums' })
    await goOn()
    const mails = await captured(workspace)
    assert.lengthOf(mails, 150)
    assert.isTrue(mails.slice(0, 100).every(({ subject }) => subject.startsWith('Plums for')))
    assert.isTrue(mails.slice(100).every(({ subject }) => subject === 'The right plums'))
    const receipt = (await api.get(`/${id}/receipt`)).body()
    assert.deepEqual(receipt.letters, [
      { no: 1, subject: 'Plums for {{ contact.first_name }}', language: 'en', people: 100 },
      { no: 2, subject: 'The right plums', language: 'en', people: 50 },
    ])
    assert.isTrue(receipt.closes)
    const csv = (await api.get(`/${id}/receipt.csv`)).text()
    const [header, ...lines] = csv.split('\r\n').slice(0, -1)
    const at = header.split(',').indexOf('letter')
    const letters = lines.map((line: string) => line.split(',')[at])
    assert.deepEqual(
      [letters.filter((no: string) => no === '1').length, letters.filter((no: string) => no === '2').length],
      [100, 50]
    )
    const last = (await api.get(`/${id}/messages`, { q: mails[149].to_address })).body()
    assert.equal(last.data[0].letter, 2)
  })

  test('the links of both letters lead on, each to its own', async ({ client, assert }) => {
    const { id, api, workspace, goOn } = await halfSent(client)
    const content = { kind: 'markdown', source: '[another](https://bluedoor.test/another)' }
    const clickIn = (html: string) => /href="([^"]*\/c\/[^"]+)"/.exec(html)![1]
    const [first] = await captured(workspace)
    const before = await client.get(new URL(clickIn(first.html)).pathname).redirects(0)
    before.assertStatus(302)
    await api.post(`/${id}/revise`, { content })
    await goOn()
    const second = (await captured(workspace))[120]
    const after = await client.get(new URL(clickIn(second.html)).pathname).redirects(0)
    assert.equal(after.header('location'), 'https://bluedoor.test/another')
    const again = await client.get(new URL(clickIn(first.html)).pathname).redirects(0)
    assert.equal(again.header('location'), before.header('location'))
    assert.include(before.header('location'), 'https://bluedoor.test/order?who=')
  })

  test('is reviewed, and only while it stands still', async ({ client, assert }) => {
    const { id, api, goOn } = await halfSent(client)
    const broken = await api.post(`/${id}/revise`, { content: { kind: 'markdown', source: '{{ contact.first_name' } })
    broken.assertStatus(422)
    ;(await api.post(`/${id}/revise`, {})).assertStatus(422)
    await goOn()
    const late = await api.post(`/${id}/revise`, { subject: 'Too late' })
    late.assertStatus(409)
    assert.lengthOf((await api.get(`/${id}/receipt`)).body().letters, 1)
  })

  test('by two at once is mended by one: the other hears of it', async ({ client, assert }) => {
    const { id, api } = await halfSent(client)
    const { version } = (await api.get(`/${id}`)).body()
    ;(await api.post(`/${id}/revise`, { subject: 'Ada’s words', version })).assertStatus(200)
    const late = await api.post(`/${id}/revise`, { subject: 'Ben’s words', version })
    late.assertStatus(409)
    late.assertBodyContains({ errors: [{ code: 'E_EDITED_MEANWHILE', version: version + 1 }] })
    const both = await Promise.all(['One', 'Two'].map((subject) => api.post(`/${id}/revise`, { subject })))
    assert.includeMembers(
      [
        [200, 409],
        [409, 200],
        [200, 200],
      ].map(String),
      [String(both.map((answer) => answer.status()))]
    )
    const shown = (await api.get(`/${id}`)).body()
    const taken = both.filter((answer) => answer.status() === 200).length
    assert.equal(shown.version, version + 1 + taken)
    assert.lengthOf((await api.get(`/${id}/receipt`)).body().letters, 2 + taken)
  })

  test('lets the failed ones wait with the others, and nobody go', async ({ client, assert }) => {
    const { id, api, workspace, goOn } = await halfSent(client)
    await db
      .from('messages')
      .where({ workspace_id: workspace.id })
      .whereIn('contact_id', db.from('messages').where({ workspace_id: workspace.id }).select('contact_id').limit(3))
      .update({ state: 'failed', reason: 'refused_message' })
    await db
      .from('shipments')
      .where('workspace_id', workspace.id)
      .update({ state: 'stopped', stop_reason: 'blocked: x', released: 1 })
    const again = await api.post(`/${id}/retry`)
    again.assertStatus(202)
    again.assertBodyContains({ status: 'paused', progress: { state: 'stopped', queued: 53, failed: 0 } })
    await db.from('batches').where({ workspace_id: workspace.id, state: 'queued' }).update({ not_before: new Date() })
    assert.equal((await sendAllOf({ workspaceId: workspace.id })).batches, 0)
    await db.from('shipments').where('workspace_id', workspace.id).update({ released: null })
    await goOn()
    ;(await api.get(`/${id}`)).assertBodyContains({ progress: { accepted: 150, failed: 0 } })
  })
})
