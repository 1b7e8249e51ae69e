import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isMeasured, mayBeMeasured, recordTracking, trackingOfPerson, verifyLedger } from '#consent'
import { Contact, eraseContact, mergeContacts } from '#contacts'
import { sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { compileRule } from '#segments'
import { recipientUrls } from '#tracking'
import { channelFor } from '#app/delivery/providers/channel_for'
import { claimBatch } from '#app/delivery/sender/claim_batch'
import { payloadHash } from '#app/delivery/sender/compose_mails'
import { letterOf } from '#app/delivery/sender/letters'
import { sealBatch, sealedMails } from '#app/delivery/sender/seal_batch'
import { explainRule } from '#app/segments/explain_rule'
import { letTheWorkerWork } from '#tests/support/worker'
import { campaign } from '../campaigns/support.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Somebody says yes or no to being measured. */
const say = (workspace: { id: number }, contactId: number, action: 'grant' | 'withdraw', more: object = {}) =>
  db.transaction((trx) =>
    recordTracking({
      workspaceId: workspace.id,
      people: [contactId],
      action,
      statement: 'I allow that it is noted what I open and click.',
      source: 'counter',
      sourceKind: 'team',
      actor: theSystem,
      trx,
      ...more,
    })
  )

const only = (workspace: { id: number }, policy: 'only_who_agreed' | 'unless_objected') =>
  db.rawQuery(`update workspaces set settings = settings || ?::jsonb where id = ?`, [
    JSON.stringify({ tracking_policy: policy }),
    workspace.id,
  ])

async function sent(story: Awaited<ReturnType<typeof campaign>>) {
  ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
  await sendAllOf({ workspaceId: story.workspace.id })
  await letTheWorkerWork(story.workspace)
}

const mailsOf = async (workspace: { id: number }, ids: number[]) => {
  const rows = await db.from('captured_messages').where({ workspace_id: workspace.id, private: false })
  return ids.map((id) => rows.find(({ contact_id: contactId }) => contactId === id)!)
}

const engagements = (workspace: { id: number }) => db.from('engagements').where('workspace_id', workspace.id)

test.group('What a mail carries', () => {
  test('who said no gets no pixel and plain links; the others are measured as ever', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await say(story.workspace, ben, 'withdraw')
    await sent(story)
    const mails = await mailsOf(story.workspace, story.ids)
    for (const [no, mail] of mails.entries()) {
      const isCounted = no !== 1
      assert.equal(mail.html.includes('/o/'), isCounted)
      assert.equal(/\/c\//.test(mail.html), isCounted)
      assert.equal(/\/c\//.test(mail.text), isCounted)
      assert.equal(mail.html.includes('bluedoor.test/order'), !isCounted)
      assert.include(mail.headers['List-Unsubscribe'], '/u/')
    }
    assert.include(mails[1].html, encodeURIComponent(story.emails[1]))
    const messages = await db.from('messages').where('workspace_id', story.workspace.id)
    const measured = messages.filter(({ opens_measured: opens, clicks_measured: clicks }) => opens && clicks)
    assert.sameMembers(
      measured.map(({ contact_id: id }) => id),
      [ada, cara]
    )
  })

  test('where only who agreed is measured, nobody else carries anything', async ({ client, assert }) => {
    const story = await campaign(client)
    await only(story.workspace, 'only_who_agreed')
    await say(story.workspace, story.ids[2], 'grant')
    await sent(story)
    const mails = await mailsOf(story.workspace, story.ids)
    assert.deepEqual(
      mails.map(({ html }) => /\/[oc]\//.test(html)),
      [false, false, true]
    )
  })

  test('an agreement that has expired, or was undone, is none', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben, cara] = story.ids
    await only(story.workspace, 'only_who_agreed')
    for (const id of story.ids) await say(story.workspace, id, 'grant')
    await db
      .from('consents')
      .where({ contact_id: ada, channel: 'tracking' })
      .update({ expires_at: new Date(Date.now() - 1_000) })
    await say(story.workspace, ben, 'grant', { basis: 'unknown', statement: 'The import that said so was undone.' })
    await sent(story)
    const mails = await mailsOf(story.workspace, [ada, ben, cara])
    assert.deepEqual(
      mails.map(({ html }) => html.includes('/o/')),
      [false, false, true]
    )
  })

  test('what was sealed is made again byte for byte, whatever somebody said meanwhile', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben] = story.ids
    const workspaceId = story.workspace.id
    await say(story.workspace, ben, 'withdraw')
    ;(await story.api.post(`/${story.id}/send`)).assertStatus(202)
    const batch = (await claimBatch({ worker: 'test', workspaceId }))!
    const letter = await letterOf(batch)
    const mails = (await sealBatch(batch, letter, await channelFor(workspaceId, {})))!
    await say(story.workspace, ben, 'grant')
    await say(story.workspace, ada, 'withdraw')
    const [{ sealed }] = await db.from('batches').where({ workspace_id: workspaceId, id: batch.id })
    const again = sealedMails({ ...batch, sealed }, letter)
    assert.deepEqual(payloadHash(again), payloadHash(mails))
    assert.deepEqual(
      again.map(({ html }) => String(html).includes('/o/')),
      [true, false, true]
    )
  })

  test('the preview shows a person what they would get, and later what they got', async ({ client, assert }) => {
    const story = await campaign(client)
    const [ada, ben] = story.ids
    await say(story.workspace, ben, 'withdraw')
    const shown = async (id: number) =>
      (await story.api.post(`/${story.id}/render`, { contact_id: String(id) })).body().html
    assert.include(await shown(ada), '/o/')
    assert.notInclude(await shown(ben), '/o/')
    await sent(story)
    await say(story.workspace, ada, 'withdraw')
    const [mail] = await mailsOf(story.workspace, [ada])
    assert.equal(await shown(ada), mail.html)
  })
})

test.group('What is noted', () => {
  async function reader(client: any) {
    const story = await campaign(client)
    await sent(story)
    const urls = (contactId: number) =>
      recipientUrls({
        workspaceId: story.workspace.id,
        campaignId: Number(story.id),
        contactId,
        baseUrl: '',
        tracking: { opens: true, clicks: true },
      })
    const react = async (contactId: number) => {
      const { open, click } = urls(contactId)
      ;(await client.get(open!).header('user-agent', FIREFOX)).assertStatus(200)
      const answer = await client.get(click(1)!).header('user-agent', FIREFOX).redirects(0)
      answer.assertStatus(302)
      return answer.header('location') as string
    }
    return { ...story, urls, react }
  }

  test('after a no an old pixel and an old link record nothing, and lead on; after a yes they do again', async ({
    client,
    assert,
  }) => {
    const { workspace, ids, react } = await reader(client)
    await react(ids[0])
    assert.lengthOf(await engagements(workspace), 2)
    await say(workspace, ids[0], 'withdraw')
    assert.include(await react(ids[0]), 'https://bluedoor.test/order')
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
    const { workspace, ids, react, ...story } = await campaign(client).then(async (made) => {
      await say(made.workspace, made.ids[1], 'withdraw')
      await sent(made)
      const urls = recipientUrls({
        workspaceId: made.workspace.id,
        campaignId: Number(made.id),
        contactId: made.ids[0],
        baseUrl: '',
        tracking: { opens: true, clicks: true },
      })
      return { ...made, react: () => client.get(urls.click(1)!).header('user-agent', FIREFOX).redirects(0) }
    })
    await db
      .from('messages')
      .where('workspace_id', workspace.id)
      .update({ accepted_at: new Date(Date.now() - 60_000) })
    await react()
    const { totals, rates } = (await story.api.get(`/${story.id}/report`)).body()
    assert.containsSubset(totals, { accepted: 3, opens_measured: 2, clicks_measured: 2 })
    assert.deepEqual(rates.clicked, { value: 0.5, count: 1, of: 2 })
    assert.deepEqual(rates.opened, { value: 0, count: 0, of: 2 })
    assert.deepEqual(rates.delivered.of, 3)
    const listed = (await story.api.get('/results', { ids: story.id })).body()
    assert.deepEqual(listed.data[0].clicked, { value: 0.5, count: 1, of: 2 })
    assert.isTrue(ids.length === 3)
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

test.group('What somebody says about it', () => {
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
