import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { forgetMessages, sendAllOf } from '#delivery'
import { Workspace } from '#identity'
import { freeze } from '#tests/support/campaign'
import { sent, told, type Story } from '#tests/support/told_by_provider'

const bounce = (type: string, subType: string, diagnosticCode?: string, message = 'It came back.') => ({
  bounce: { type, subType, message, ...(diagnosticCode ? { diagnosticCode: [diagnosticCode] } : {}) },
})
const full = bounce('Transient', 'MailboxFull', 'smtp; 452 4.2.2 Mailbox full')
const gone = bounce('Permanent', 'NoEmail', 'smtp; 550 5.1.1 User unknown')
const listed = bounce('Transient', 'General', 'smtp; 554 5.7.1 Client host [192.0.2.4] blocked using zen.spamhaus.org')

const suppressed = async ({ workspace }: Story) => {
  const rows = await db.from('suppressions').where({ workspace_id: workspace.id }).orderBy('address')
  return rows.map(({ address, reason }) => [address, reason])
}

const noted = ({ workspace }: Story) => db.from('bounces').where({ workspace_id: workspace.id }).orderBy('id')

async function setRules({ workspace }: Story, bounces: Record<string, unknown>) {
  const row = await Workspace.findOrFail(workspace.id)
  await row.merge({ settings: { ...row.settings, bounces } }).save()
}

async function again(story: Story, events: (to: string) => Record<string, unknown>[]) {
  await freeze(story)
  await sendAllOf({ workspaceId: story.workspace.id })
  await story.happen(events(story.emails[0]))
}

test.group('What bounces mean for an address', () => {
  test('each class is kept with its rule and its sentence', async ({ client, assert }) => {
    const story = await sent({ client })
    await story.happen([
      { type: 'email.bounced', to: story.emails[0], details: gone },
      { type: 'email.bounced', to: story.emails[1], details: full },
      { type: 'email.bounced', to: story.emails[2], details: listed },
      { type: 'email.bounced', to: story.emails[3], details: bounce('Undetermined', 'Undetermined') },
    ])
    assert.sameDeepMembers(
      (await noted(story)).map((row) => [row.class, row.rule, row.source]),
      [
        ['hard', 'no_such_address', 'webhook'],
        ['soft', 'mailbox_full', 'webhook'],
        ['block', 'reputation', 'webhook'],
        ['unknown', 'no_reason_given', 'webhook'],
      ]
    )
    assert.containsSubset(await story.message(2), {
      state: 'bounced',
      reason: 'bounce_block',
      note: 'They do not trust the sending server or domain (blocklist or reputation). · smtp; 554 5.7.1 Client host [192.0.2.4] blocked using zen.spamhaus.org',
    })
    assert.deepEqual(await suppressed(story), [[story.emails[0], 'hard_bounce']])
  })

  test('an address that the provider lists because of a block is on its list, not gone', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const permanent = { bounce: { ...listed.bounce, type: 'Permanent' } }
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: permanent }])
    assert.containsSubset(await noted(story), [{ class: 'block' }])
    assert.deepEqual(await suppressed(story), [[story.emails[0], 'provider']])
  })

  test('a refusal because of the sender is never the address’s fault, however often', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: listed }])
    for (let time = 0; time < 3; time++) {
      await again(story, (to) => [{ type: 'email.bounced', to, details: listed }])
    }
    assert.lengthOf(await noted(story), 4)
    assert.deepEqual(await suppressed(story), [])
  })

  test('the third soft bounce gives an address up, and says so', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: full }])
    await again(story, (to) => [{ type: 'email.bounced', to, details: full }])
    assert.deepEqual(await suppressed(story), [])
    await again(story, (to) => [{ type: 'email.bounced', to, details: bounce('Undetermined', 'Undetermined') }])
    assert.deepEqual(await suppressed(story), [[story.emails[0], 'soft_bounce']])
  })

  test('a mail that arrived in between begins the count anew', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: full }])
    await again(story, (to) => [{ type: 'email.bounced', to, details: full }])
    await again(story, (to) => [{ type: 'email.delivered', to }])
    await again(story, (to) => [{ type: 'email.bounced', to, details: full }])
    await again(story, (to) => [{ type: 'email.bounced', to, details: full }])
    assert.deepEqual(await suppressed(story), [])
    await again(story, (to) => [{ type: 'email.bounced', to, details: full }])
    assert.deepEqual(await suppressed(story), [[story.emails[0], 'soft_bounce']])
  })

  test('one mail counts once, however often it is reported', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    for (let time = 0; time < 4; time++) {
      await story.post(told(story, 0, 'email.bounced', { ...full, email_id: (await story.message(0)).provider_id }))
    }
    await story.apply()
    assert.lengthOf(await noted(story), 4)
    assert.deepEqual(await suppressed(story), [])
  })

  test('a workspace has rules of its own', async ({ client, assert }) => {
    const story = await sent({ client, people: 2 })
    await setRules(story, { hard: 'count', soft_times: 2 })
    const unknown = bounce('Transient', 'General', 'smtp; 550 5.1.1 User unknown')
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: unknown }])
    assert.containsSubset(await noted(story), [{ class: 'hard' }])
    assert.deepEqual(await suppressed(story), [])
    await again(story, (to) => [{ type: 'email.bounced', to, details: unknown }])
    assert.deepEqual(await suppressed(story), [[story.emails[0], 'soft_bounce']])
  })

  test('an automatic answer is noted and changes nothing', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    await story.happen([{ type: 'email.delivered', to: story.emails[0] }])
    const away = bounce('Transient', 'General', undefined, 'Automatic reply: I am out of the office')
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: away }])
    assert.equal((await story.message(0)).state, 'delivered')
    assert.containsSubset(await noted(story), [{ class: 'auto_reply', words: null }])
    const timeline = await client.get(`/api/v1/contacts/${story.ids[0]}/timeline`).bearerToken(story.token)
    assert.include(
      timeline.body().data.map(({ kind }: { kind: string }) => kind),
      'auto_reply'
    )
    assert.deepEqual(await suppressed(story), [])
  })

  test('whose address it was is not in the words that are kept, and nothing is after an erasure', async ({
    client,
    assert,
  }) => {
    const story = await sent({ client, people: 1 })
    const words = `smtp; 550 5.1.1 <${story.emails[0]}>: Recipient address rejected: User unknown`
    await story.happen([{ type: 'email.bounced', to: story.emails[0], details: bounce('Permanent', 'NoEmail', words) }])
    assert.equal((await noted(story))[0].words, 'smtp; 550 5.1.1 ‹address›: Recipient address rejected: User unknown')
    await forgetMessages({ workspaceId: story.workspace.id, payload: { contact_id: story.ids[0] } })
    assert.isNull((await noted(story))[0].words)
    assert.equal((await story.message(0)).note, 'The address does not exist.')
    const events = await db.from('provider_events').where({ workspace_id: story.workspace.id, type: 'email.bounced' })
    assert.notInclude(JSON.stringify(events), 'User unknown')
  })
})

test.group('When they refuse the sender', () => {
  test('the team is told once', async ({ client, assert }) => {
    const story = await sent({ client, people: 12 })
    const mails = () => db.from('domain_events').where({ workspace_id: story.workspace.id, name: 'mail.requested' })
    await story.happen(story.emails.slice(0, 4).map((to) => ({ type: 'email.bounced', to, details: listed })))
    assert.lengthOf(await mails(), 0)
    await story.happen(story.emails.slice(4, 8).map((to) => ({ type: 'email.bounced', to, details: listed })))
    assert.lengthOf(await mails(), 1)
    await story.happen(story.emails.slice(8).map((to) => ({ type: 'email.bounced', to, details: listed })))
    assert.lengthOf(await mails(), 1)
  })

  test('a campaign that still runs stops, with a sentence', async ({ client, assert }) => {
    const story = await sent({ client, people: 6 })
    await db.from('shipments').where({ id: story.shipment.id }).update({ state: 'running', finished_at: null })
    await story.happen(story.emails.map((to) => ({ type: 'email.bounced', to, details: listed })))
    const shipment = await db.from('shipments').where({ id: story.shipment.id }).first()
    assert.equal(shipment.state, 'stopped')
    assert.equal(
      shipment.stop_reason,
      'blocked: 6 mails were refused because of the sender, not because of their readers. They do not trust the sending server or domain (blocklist or reputation).'
    )
  })
})

test.group('The rules for bounces', () => {
  test('are settings of the workspace, with safe ones to begin with', async ({ client, assert }) => {
    const story = await sent({ client, people: 1 })
    const show = await client.get('/api/v1/workspace').bearerToken(story.token)
    assert.deepEqual(show.body().bounces, { hard: 'suppress', soft_times: 3, soft_days: 30, unknown: 'count' })
    const changed = await client
      .patch('/api/v1/workspace')
      .bearerToken(story.token)
      .json({ bounces: { soft_times: 5 } })
    assert.deepEqual(changed.body().bounces, { hard: 'suppress', soft_times: 5, soft_days: 30, unknown: 'count' })
    const refused = await client
      .patch('/api/v1/workspace')
      .bearerToken(story.token)
      .json({ bounces: { soft_times: 1 } })
    assert.equal(refused.status(), 422)
    assert.equal(refused.body().errors[0].field, 'bounces.soft_times')
  })
})
