import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { verifyLedger } from '#consent'
import { Contact } from '#contacts'
import { bakery } from '#tests/support/workspace'

test.group('The Blue Door Bakery', () => {
  test('is planted as if it had all happened, and reads so through the ordinary API', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const planted = await client.post('/api/v1/demo').bearerToken(token)
    planted.assertStatus(201)
    planted.assertBody({ contacts: 5000, topics: 3, segments: 3, campaigns: 6 })

    const overview = (await client.get('/api/v1/overview').bearerToken(token)).body()
    assert.isTrue(overview.demo)
    assert.equal(overview.totals.contacts, 5000)
    assert.isAbove(overview.totals.mailable, 4000)
    assert.lengthOf(overview.recent_campaigns, 6)
    assert.deepEqual(overview.steps, { workspace: true, topic: false, contacts: false, campaign: false, sent: false })
    assert.isAbove(overview.growth.filter((week: any) => week.contacts > 0).length, 20)

    for (const { id } of overview.recent_campaigns) {
      const report = (await client.get(`/api/v1/campaigns/${id}/report`).bearerToken(token)).body()
      const { candidates, excluded, accepted, withheld, failed, unconfirmed, cancelled } = report.totals
      assert.equal(candidates, excluded + accepted + withheld + failed + unconfirmed + cancelled, 'the books close')
      assert.isAbove(report.rates.delivered.value, 0.95)
      assert.isAbove(report.totals.clicked.human, 5)
      assert.isAbove(report.totals.opened.machine, report.totals.clicked.human)
      assert.isNotEmpty(report.links)
    }
    assert.deepEqual((await verifyLedger({ workspaceId: workspace.id })).breaks, [])
  })

  test('cannot be planted twice', async ({ client }) => {
    const { token } = await bakery()
    ;(await client.post('/api/v1/demo').bearerToken(token)).assertStatus(201)
    const again = await client.post('/api/v1/demo').bearerToken(token)
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_DEMO_LOADED' }] })
  })

  test('is removed without touching anything else', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    await client.post('/api/v1/topics').bearerToken(token).json({ name: 'Weekly specials' })
    await Contact.create({
      workspaceId: workspace.id,
      email: 'zoe@own.test',
      emailKey: 'zoe@own.test',
      attributes: { city: 'Bristol' },
    })
    const before = await everything(workspace.id)
    await client.post('/api/v1/demo').bearerToken(token)
    ;(await client.delete('/api/v1/demo').bearerToken(token)).assertStatus(204)
    const after = await everything(workspace.id)
    assert.equal(after.contact_fields.length, 1, 'the field that a contact of ours uses is ours now')
    assert.deepEqual({ ...after, contact_fields: [] }, { ...before, contact_fields: [] })
    ;(await client.post('/api/v1/demo').bearerToken(token)).assertStatus(201)
  })

  test('is for those who may change settings', async ({ client }) => {
    const { token } = await bakery({ role: 'editor' })
    ;(await client.post('/api/v1/demo').bearerToken(token)).assertStatus(403)
    ;(await client.delete('/api/v1/demo').bearerToken(token)).assertStatus(403)
  })
})

const tables =
  'topics consent_entries consent_chains consents suppressions contacts contact_fields tags contact_tags segments editions links engagements shipments exclusions batches messages campaigns'.split(
    ' '
  )

/** Every row of a workspace, except what says when and by whom. */
async function everything(workspaceId: number): Promise<Record<string, unknown[]>> {
  const found = await Promise.all(
    tables.map(async (table) => [
      table,
      (await db.rawQuery(`select to_jsonb(t) as row from ${table} t where workspace_id = ? order by 1`, [workspaceId]))
        .rows,
    ])
  )
  return Object.fromEntries(found)
}
