import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isMeasured, mayBeMeasured, trackingOfPerson, verifyLedger } from '#consent'
import { recipientUrls } from '#tracking'
import { campaign, sent } from '#tests/support/written_campaign'
import { say, only } from '#tests/support/measuring'

test.group('What somebody says about being measured', () => {
  test('is a sealed entry of the ledger, part of proof and export, and needs their words', async ({
    client,
    assert,
  }) => {
    const { workspace, token, ids } = await campaign(client)
    const [ada] = ids
    const door = (path: string) => `/api/v1/contacts/${ada}${path}`
    const bare = await client.post(door('/tracking')).bearerToken(token).json({ action: 'grant', source: 'counter' })
    bare.assertStatus(422)
    assert.equal(bare.body().errors[0].field, 'statement')
    ;(await client.post(door('/tracking')).bearerToken(token).json({ action: 'request' })).assertStatus(422)
    const said = await client
      .post(door('/tracking'))
      .bearerToken(token)
      .json({ action: 'grant', statement: 'Note what I open.', source: 'counter', ip: '192.0.2.7' })
    said.assertStatus(201)
    assert.containsSubset(said.body(), {
      channel: 'tracking',
      topic_name: null,
      action: 'grant',
      basis: 'consent_express',
      ip: '192.0.2.7',
      tracking: { status: 'granted', policy: 'unless_objected', is_measured: true },
    })
    await client.post(door('/tracking')).bearerToken(token).json({ action: 'withdraw' })
    const { tracking, ledger, state } = (await client.get(door('/consents')).bearerToken(token)).body()
    assert.containsSubset(tracking, { status: 'withdrawn', is_measured: false })
    assert.deepEqual(
      ledger.slice(0, 2).map((entry: any) => entry.action),
      ['withdraw', 'grant']
    )
    assert.isFalse(state.some((row: any) => row.channel === 'tracking'))
    const proof = (await client.get(door('/consents/proof')).bearerToken(token)).body()
    assert.isTrue(proof.chain.verified)
    const page = await client.get(door('/consents/proof')).bearerToken(token).header('accept', 'text/html')
    assert.include(page.text(), 'noting what they open and click')
    const pdf = await client.get(door('/consents/proof')).bearerToken(token).header('accept', 'application/pdf')
    pdf.assertStatus(200)
    const record = (await client.get(door('/export')).bearerToken(token)).body()
    assert.equal(record.consents.tracking.status, 'withdrawn')
    assert.lengthOf((await verifyLedger({ workspaceId: workspace.id })).breaks, 0)
    const counts = (await client.get('/api/v1/tracking').bearerToken(token)).body()
    assert.deepEqual(counts, { policy: 'unless_objected', people: 3, granted: 0, withdrawn: 1 })
    const strange = await campaign(client)
    ;(await client.post(door('/tracking')).bearerToken(strange.token).json({ action: 'withdraw' })).assertStatus(404)
  })

  test('is asked on the preference page, in the reader’s language, and counts at once', async ({ client, assert }) => {
    const story = await campaign(client)
    await sent(story)
    const { preferences } = recipientUrls({
      workspaceId: story.workspace.id,
      campaignId: Number(story.id),
      contactId: story.ids[0],
      baseUrl: '',
      tracking: { opens: true, clicks: true },
    })
    const of = { workspaceId: story.workspace.id, contactId: story.ids[0] }
    assert.include((await client.get(preferences)).text(), 'do_not_measure')
    const no = await client.post(`${preferences}?lang=de`).form({ do: 'do_not_measure' })
    assert.include(no.text(), 'wird nicht mehr festgehalten')
    assert.containsSubset(await trackingOfPerson(of), { status: 'withdrawn', is_measured: false })
    const page = (await client.get(preferences)).text()
    assert.notInclude(page, 'value="do_not_measure"')
    assert.include(page, 'value="measure"')
    await client.post(preferences).form({ do: 'measure' })
    assert.containsSubset(await trackingOfPerson(of), { status: 'granted', is_measured: true })
    await client.post(preferences).form({ do: 'measure' })
    const entries = await db.from('consent_entries').where({ contact_id: of.contactId, channel: 'tracking' })
    assert.lengthOf(entries, 2)
    assert.include(entries[0].statement, 'Blue Door Bakery')
    assert.equal(entries[0].language, 'de')
    const wrong = await client.post(preferences).form({ do: ['measure', 'x'], topic: '1' })
    wrong.assertStatus(200)
  })

  test('stays with the address when its contact is deleted and comes in anew', async ({ client, assert }) => {
    const { workspace, token, ids, emails } = await campaign(client)
    await say(workspace, ids[0], 'withdraw')
    ;(await client.delete(`/api/v1/contacts/${ids[0]}`).bearerToken(token)).assertStatus(200)
    const anew = await client.post('/api/v1/contacts').bearerToken(token).json({ email: emails[0] })
    const of = { workspaceId: workspace.id, contactId: Number(anew.body().id) }
    assert.containsSubset(await trackingOfPerson(of), { status: 'withdrawn', since: null, is_measured: false })
    await say(workspace, of.contactId, 'grant')
    assert.isTrue((await trackingOfPerson(of)).is_measured)
  })

  test('an objection to marketing is a no to being measured', async ({ client, assert }) => {
    const { workspace, token, ids } = await campaign(client)
    const asked = await client
      .post('/api/v1/privacy-requests')
      .bearerToken(token)
      .json({ contact_id: ids[0], kind: 'objection', channel: 'mail' })
    ;(await client.post(`/api/v1/privacy-requests/${asked.body().id}/fulfil`).bearerToken(token)).assertStatus(200)
    const of = { workspaceId: workspace.id, contactId: ids[0] }
    assert.containsSubset(await trackingOfPerson(of), { status: 'withdrawn', is_measured: false })
  })

  test('the rule means in SQL what it means in TypeScript', async ({ client, assert }) => {
    const { workspace, ids } = await campaign(client)
    const [, ben, cara] = ids
    await say(workspace, ben, 'grant')
    await say(workspace, cara, 'withdraw')
    const words = [null, 'granted', 'withdrawn'] as const
    for (const policy of ['unless_objected', 'only_who_agreed'] as const) {
      await only(workspace, policy)
      const { rows } = await db.rawQuery(
        `select ${mayBeMeasured({ settings: 'w.settings', workspace: 'w.id', contact: 'c.id', emailHash: 'c.email_hash' })} as yes
         from contacts c join workspaces w on w.id = c.workspace_id where w.id = ? order by c.id`,
        [workspace.id]
      )
      assert.deepEqual(
        rows.map(({ yes }: { yes: boolean }) => yes),
        words.map((word) => isMeasured(policy, word))
      )
    }
  })

  test('the policy is the workspace’s, kept in the audit, and for those who may change settings', async ({
    client,
    assert,
  }) => {
    const { workspace, token } = await campaign(client)
    const changed = await client
      .patch('/api/v1/workspace')
      .bearerToken(token)
      .json({ tracking_policy: 'only_who_agreed' })
    changed.assertStatus(200)
    assert.equal(changed.body().tracking_policy, 'only_who_agreed')
    const entry = await db
      .from('audit_entries')
      .where({ workspace_id: workspace.id, action: 'workspace.updated' })
      .orderBy('id', 'desc')
      .first()
    assert.equal(entry.details.tracking_policy, 'only_who_agreed')
    ;(await client.patch('/api/v1/workspace').bearerToken(token).json({ tracking_policy: 'everybody' })).assertStatus(
      422
    )
  })
})
