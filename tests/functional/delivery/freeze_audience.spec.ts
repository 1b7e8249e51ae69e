import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { suppress, addressHash } from '#consent'
import { peopleWhere } from '#contacts'
import { freezeAudience, previewAudience, receipt, receiptCsv, shipmentProgress } from '#delivery'
import { theSystem } from '#identity'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { bakery } from '#tests/support/workspace'

let campaigns = 9_000_000

async function cast() {
  const { workspace } = await bakery()
  const topic = await plantTopic(workspace)
  const names = ['ada', 'ben', 'dev', 'eve', 'finn', '=cmd']
  const ids = await plantPeople(workspace, [...names.slice(0, 5).map((name) => `${name}@people.test`), null])
  const [ada, ben, dev, eve, finn] = ids
  await record(workspace, topic, [ada, ben, eve, finn])
  await record(workspace, topic, [ben], { action: 'withdraw' })
  await record(workspace, topic, [dev], { action: 'request' })
  await db.transaction((trx) =>
    suppress({
      workspaceId: workspace.id,
      addresses: [{ hash: addressHash(workspace.id, 'eve@people.test') }],
      reason: 'hard_bounce',
      source: 'test',
      actor: theSystem,
      trx,
    })
  )
  await db
    .from('contacts')
    .where({ workspace_id: workspace.id, id: dev })
    .update({ first_name: '=HYPERLINK("http://x")' })
  return { workspace, topic, ids: { ada, ben, dev, eve, finn, nobody: ids[5] }, campaignId: ++campaigns }
}

type Cast = Awaited<ReturnType<typeof cast>>

const freeze = ({ workspace, topic, campaignId }: Cast, people = peopleWhere(workspace.id)) =>
  db.transaction((trx) =>
    freezeAudience({
      workspace,
      campaignId,
      topicId: topic.id,
      channel: 'email',
      people,
      edition: { id: 1 },
      actor: theSystem,
      trx,
    })
  )

test.group('Freezing an audience', () => {
  test('writes down everyone: manifests for those who may, names and reasons for the others', async ({ assert }) => {
    const story = await cast()
    const shipment = await freeze(story)
    assert.equal(shipment.candidates, 6)
    assert.equal(shipment.mailable, 2)
    assert.deepEqual(shipment.excluded, { withdrawn: 1, pending: 1, suppressed_hard_bounce: 1, no_address: 1 })
    const batches = await db.from('batches').where({ workspace_id: story.workspace.id, shipment_id: shipment.id })
    assert.deepEqual(
      batches.map((batch) => batch.contact_ids),
      [[story.ids.ada, story.ids.finn]]
    )
    const exclusions = await db.from('exclusions').where({ workspace_id: story.workspace.id, reason: 'withdrawn' })
    assert.deepEqual(
      exclusions.map((row) => row.contact_ids),
      [[story.ids.ben]]
    )
    const events = await db.from('domain_events').where({ workspace_id: story.workspace.id, name: 'shipment.frozen' })
    assert.lengthOf(events, 1)
  })

  test('finds what the preview promised', async ({ assert }) => {
    const story = await cast()
    const preview = await previewAudience({
      workspaceId: story.workspace.id,
      people: peopleWhere(story.workspace.id),
      topicId: story.topic.id,
      channel: 'email',
    })
    const shipment = await freeze(story)
    assert.deepEqual(preview, {
      candidates: shipment.candidates,
      mailable: shipment.mailable,
      excluded: shipment.excluded,
    })
  })

  test('a person whom two lists name gets one mail', async ({ assert }) => {
    const story = await cast()
    const people = peopleWhere(story.workspace.id)
    const twice = { sql: `${people.sql} union all ${people.sql}`, bindings: [...people.bindings, ...people.bindings] }
    const shipment = await freeze(story, twice)
    assert.equal(shipment.candidates, 6)
    assert.equal(shipment.mailable, 2)
  })

  test('a campaign is frozen once', async ({ assert }) => {
    const story = await cast()
    await freeze(story)
    await assert.rejects(() => freeze(story))
    const { rows } = await db.rawQuery('select count(*)::int as n from batches where workspace_id = ?', [
      story.workspace.id,
    ])
    assert.equal(rows[0].n, 1)
  })

  test('cuts manifests at a hundred, in the order of the contacts', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const ids = await plantPeople(
      workspace,
      Array.from({ length: 250 }, (_, no) => `p${no}@people.test`)
    )
    await record(workspace, topic, ids)
    const shipment = await freeze({ workspace, topic, campaignId: ++campaigns } as Cast)
    const batches = await db.from('batches').where({ workspace_id: workspace.id }).orderBy('no')
    assert.deepEqual(
      batches.map((batch) => batch.contact_ids.length),
      [100, 100, 50]
    )
    assert.deepEqual(
      batches.flatMap((batch) => batch.contact_ids),
      [...ids].sort((a, b) => a - b)
    )
    assert.equal(new Set(batches.map((batch) => batch.idempotency_key)).size, 3)
    assert.equal(shipment.batchCount, 3)
  })

  test('the account is open at once and names everyone', async ({ assert }) => {
    const story = await cast()
    await freeze(story)
    const question = { workspaceId: story.workspace.id, campaignId: story.campaignId }
    const progress = await shipmentProgress(question)
    assert.containsSubset(progress, {
      state: 'running',
      candidates: 6,
      excluded: 4,
      queued: 2,
      sending: 0,
      accepted: 0,
    })
    const account = await receipt(question)
    assert.containsSubset(account, { candidates: 6, open: 2, closes: true, excluded: { total: 4 } })
    const lines = (await (await receiptCsv(question))!.toArray()).join('').trim().split('\r\n')
    assert.lengthOf(lines, 7)
    assert.isDefined(lines.find((line) => line.includes(`ben@people.test`) && line.includes('excluded,withdrawn')))
    assert.isDefined(lines.find((line) => line.includes(`ada@people.test`) && line.includes('queued')))
    assert.isDefined(
      lines.find((line) => line.includes(`"'=HYPERLINK(""http://x"")"`)),
      'a name that is a formula is disarmed'
    )
  })

  test('nobody else sees the account', async ({ assert }) => {
    const story = await cast()
    await freeze(story)
    const { workspace: stranger } = await bakery()
    assert.isNull(await receipt({ workspaceId: stranger.id, campaignId: story.campaignId }))
    assert.isNull(await shipmentProgress({ workspaceId: stranger.id, campaignId: story.campaignId }))
  })
})
