import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { verifyLedger } from '#consent'
import { Contact } from '#contacts'
import { sendServiceMailOf } from '#delivery'
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

  test('has a form with people who confirmed, who wait, and one whom a person has to judge; no mail leaves for them', async ({
    client,
    assert,
  }) => {
    const { workspace, token } = await bakery()
    const get = async (path: string) => (await client.get(`/api/v1${path}`).bearerToken(token)).body()
    ;(await client.post('/api/v1/demo').bearerToken(token)).assertStatus(201)
    const [form] = (await get('/forms')).data
    assert.containsSubset(form, { name: 'Newsletter of the bakery', is_open: true, double_opt_in: true })
    assert.isAbove(form.sign_ups.confirmed, 20)
    assert.isAbove(form.sign_ups.waiting, 0)
    assert.include((await client.get(`/f/${form.slug}`)).text(), 'Bread in your inbox')
    const mine = { workspace_id: workspace.id }
    const { rows } = await db.rawQuery(
      `select s.state, k.status, count(*)::int as n from form_submissions s cross join unnest(s.topic_ids) as topic
       left join consents k on k.workspace_id = s.workspace_id and k.contact_id = s.contact_id and k.topic_id = topic
       where s.workspace_id = ? and s.state <> 'doubtful' group by 1, 2 order by 1, 2`,
      [workspace.id]
    )
    assert.deepEqual(
      rows.map(({ state, status }: any) => `${state}: ${status}`).filter((said: string) => !said.endsWith('withdrawn')),
      ['confirmed: granted', 'pending: pending'],
      'as the ledger says'
    )

    const [doubtful] = (await get('/quarantine')).data
    assert.equal(doubtful.score, 55)
    ;(await client.post(`/api/v1/quarantine/${doubtful.id}/approve`).bearerToken(token).json({})).assertStatus(200)
    await sendServiceMailOf({ workspaceId: workspace.id })
    for (const table of ['service_messages', 'captured_messages']) assert.lengthOf(await db.from(table).where(mine), 0)
    assert.deepEqual((await verifyLedger({ workspaceId: workspace.id })).breaks, [])
    ;(await client.delete('/api/v1/demo').bearerToken(token)).assertStatus(204)
    for (const table of ['forms', 'form_versions', 'form_submissions', 'consent_entries', 'contacts']) {
      assert.lengthOf(await db.from(table).where(mine), 0, table)
    }
  })

  test('without a sender its form is a draft; one that somebody used is the team’s', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const mine = { workspace_id: workspace.id }
    await db.from('workspaces').where('id', workspace.id).update({ default_from_email: null })
    await client.post('/api/v1/demo').bearerToken(token)
    const [form] = (await client.get('/api/v1/forms').bearerToken(token)).body().data
    assert.isFalse(form.is_open)
    const named = { default_from_email: 'hello@bluedoor.test' }
    ;(await client.patch('/api/v1/workspace').bearerToken(token).json(named)).assertStatus(200)
    const opened = { is_open: true, title: 'Bread for us' }
    ;(await client.patch(`/api/v1/forms/${form.id}`).bearerToken(token).json(opened)).assertStatus(200)
    ;(await client.delete('/api/v1/demo').bearerToken(token)).assertStatus(204)
    const shown = await client.get(`/f/${form.slug}`)
    assert.include(shown.text(), 'Bread for us')
    assert.include(shown.text(), 'Weekly specials')
    assert.lengthOf(await db.from('form_submissions').where(mine), 0)
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
