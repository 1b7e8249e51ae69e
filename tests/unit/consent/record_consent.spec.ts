import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import { addressHash, suppress, verifyLedger, withdrawAll } from '#consent'
import { peopleWhere } from '#contacts'
import { theSystem } from '#identity'
import { plantPeople, plantTopic, record, standing } from '#tests/support/consent'
import { tamper } from '#tests/support/owner'
import { bakery } from '#tests/support/workspace'

test.group('recordConsent', () => {
  test('writes the ledger, links it and says where they stand', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])

    const first = await record(workspace, topic, [ada], { ip: '203.0.113.7', userAgent: 'Firefox' })
    assert.equal(first.recorded, 1)
    assert.equal(first.entries[0].contactId, ada)
    assert.equal(await standing(workspace, ada, topic), 'granted')
    await record(workspace, topic, [ada], { action: 'withdraw', reason: 'asked at the counter' })
    assert.equal(await standing(workspace, ada, topic), 'withdrawn')

    const ledger = await db.from('consent_entries').where({ workspace_id: workspace.id }).orderBy('id')
    assert.isNull(ledger[0].previous_hash)
    assert.deepEqual(ledger[1].previous_hash, ledger[0].hash)
    assert.deepEqual(await verifyLedger({ workspaceId: workspace.id }), { entries: 2, breaks: [] })
  })

  test('two at once about one person never share a previous hash', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const people = await plantPeople(workspace, ['ada@example.com', 'ben@example.com', 'cara@example.com'])

    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        record(workspace, topic, i % 2 ? people : people.toReversed(), { action: i % 3 ? 'grant' : 'withdraw' })
      )
    )
    const { entries, breaks } = await verifyLedger({ workspaceId: workspace.id })
    assert.equal(entries, 36)
    assert.deepEqual(breaks, [])
  })

  test('a grant from before a standing withdrawal is written and changes nothing', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, topic, [ada], { action: 'withdraw' })
    await record(workspace, topic, [ada], { occurredAt: DateTime.utc().minus({ days: 1 }) })
    assert.equal(await standing(workspace, ada, topic), 'withdrawn')
    await record(workspace, topic, [ada])
    assert.equal(await standing(workspace, ada, topic), 'granted')
  })

  test('a request waits, never takes a grant away, and a late confirmation cannot undo a withdrawal', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada, ben] = await plantPeople(workspace, ['ada@example.com', 'ben@example.com'])
    await record(workspace, topic, [ada, ben], { action: 'request', basis: 'consent_double_opt_in' })
    assert.equal(await standing(workspace, ada, topic), 'pending')
    await record(workspace, topic, [ada], { action: 'confirm', basis: 'consent_double_opt_in' })
    await record(workspace, topic, [ada], { action: 'request', basis: 'consent_double_opt_in' })
    assert.equal(await standing(workspace, ada, topic), 'granted')
    await record(workspace, topic, [ben], { action: 'withdraw' })
    await record(workspace, topic, [ben], { action: 'confirm', basis: 'consent_double_opt_in' })
    assert.equal(await standing(workspace, ben, topic), 'withdrawn')
  })

  test('with unless: withdrawn, those who ever left and the suppressed stay out, and are counted', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [, ben, eve, again] = await plantPeople(workspace, [
      'ada@example.com',
      'ben@example.com',
      'eve@example.com',
      'left-and-came-back@example.com',
    ])
    await record(workspace, topic, [ben, again], { action: 'withdraw' })
    await record(workspace, topic, [again])
    await db.transaction((trx) =>
      suppress({
        workspaceId: workspace.id,
        addresses: [{ hash: addressHash(workspace.id, 'eve@example.com') }],
        reason: 'hard_bounce',
        source: 'test',
        actor: theSystem,
        trx,
      })
    )
    const answer = await record(workspace, topic, peopleWhere(workspace.id), {
      unless: 'withdrawn',
      sourceKind: 'import',
    })
    assert.deepEqual(answer, { recorded: 1, skipped: { suppressed: 1, withdrawn: 2 }, entries: [] })
    assert.equal(await standing(workspace, ben, topic), 'withdrawn')
    assert.equal(await standing(workspace, eve, topic), 'none')
  })

  test('an import that runs beside a withdrawal never wins over it', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const people = await plantPeople(
      workspace,
      Array.from({ length: 10 }, (_, i) => `p${i}@example.com`)
    )
    await record(workspace, topic, people)
    await Promise.all([
      ...people.map((id) => record(workspace, topic, [id], { action: 'withdraw' })),
      ...[1, 2, 3].map(() =>
        record(workspace, topic, peopleWhere(workspace.id), { unless: 'withdrawn', sourceKind: 'import' })
      ),
    ])
    for (const id of people) assert.equal(await standing(workspace, id, topic), 'withdrawn')
  })

  test('implied consent ends by itself, and the charity soft opt-in has its first day', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, topic, [ada], {
      basis: 'casl_implied_inquiry',
      occurredAt: DateTime.fromISO('2026-03-01T00:00:00Z'),
    })
    const row = await db.from('consents').where({ workspace_id: workspace.id }).first()
    assert.equal(row.expires_at.toISOString(), '2026-09-01T00:00:00.000Z')
    await assert.rejects(
      () =>
        record(workspace, topic, [ada], {
          basis: 'soft_opt_in_charity_uk',
          occurredAt: DateTime.fromISO('2026-02-04T00:00:00Z'),
        }),
      /5 February 2026/
    )
    await assert.rejects(
      () => record(workspace, topic, [ada], { occurredAt: DateTime.utc().plus({ days: 1 }) }),
      /future/
    )
  })

  test('withdrawAll ends what stands and nothing else', async ({ assert }) => {
    const { workspace } = await bakery()
    const [specials, hours, never] = [
      await plantTopic(workspace, 'Specials'),
      await plantTopic(workspace, 'Hours'),
      await plantTopic(workspace, 'Never'),
    ]
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, specials, [ada])
    await record(workspace, hours, [ada], { action: 'request' })
    const ended = await db.transaction((trx) =>
      withdrawAll({
        workspaceId: workspace.id,
        contactId: ada,
        channel: 'email',
        statement: 'Unsubscribed from everything.',
        source: 'link',
        sourceKind: 'person',
        actor: theSystem,
        trx,
      })
    )
    assert.deepEqual(ended.topicIds, [specials.id, hours.id])
    assert.equal(await standing(workspace, ada, never), 'none')
  })
})

test.group('The ledger', () => {
  test('can be neither changed, nor deleted from, nor emptied', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, topic, [ada])
    const mine = { workspace_id: workspace.id }
    await assert.rejects(
      () => db.from('consent_entries').where(mine).update({ status: 'withdrawn' }),
      /permission denied/
    )
    await assert.rejects(() => db.from('consent_entries').where(mine).delete(), /permission denied/)
    await assert.rejects(() => db.rawQuery('truncate consent_entries'), /permission denied/)
  })

  test('says where a chain was altered, unlinked or cut by somebody with the keys', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada, ben, cara, dev] = await plantPeople(
      workspace,
      ['ada', 'ben', 'cara', 'dev'].map((name) => `${name}@example.com`)
    )
    for (let i = 0; i < 3; i++) await record(workspace, topic, [ada, ben, cara, dev])
    const idOf = async (contact: number, n: number) =>
      (await db.from('consent_entries').where({ workspace_id: workspace.id, contact_id: contact }).orderBy('id'))[n].id
    const [altered, unlinked, cut] = [await idOf(ada, 1), await idOf(ben, 1), await idOf(cara, 2)]
    const after = await idOf(ben, 2)
    await tamper('consent_entries', async (trx) => {
      await trx.from('consent_entries').where({ workspace_id: workspace.id, id: altered }).update({ source: 'nowhere' })
      await trx.from('consent_entries').where({ workspace_id: workspace.id }).whereIn('id', [unlinked, cut]).delete()
    })
    const { breaks } = await verifyLedger({ workspaceId: workspace.id })
    const mine = { workspace_id: String(workspace.id) }
    assert.sameDeepMembers(breaks, [
      { ...mine, contact_id: String(ada), entry_id: String(altered), why: 'altered' },
      { ...mine, contact_id: String(ben), entry_id: String(after), why: 'unlinked' },
      { ...mine, contact_id: String(cara), entry_id: null, why: 'cut' },
    ])
  })

  test('says who stands elsewhere than their entries say, also when all of these are gone', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const names = ['ada', 'ben', 'cara', 'dev', 'eve', 'finn', 'gus']
    const [ada, ben, cara, dev, eve, finn, gus] = await plantPeople(
      workspace,
      names.map((name) => `${name}@example.com`)
    )
    await record(workspace, topic, [ada, ben, cara, dev, eve, finn, gus])
    await record(workspace, topic, [ada, ben, cara, gus], { action: 'withdraw' })
    await record(workspace, topic, [gus])
    const verdict = async () =>
      (await verifyLedger({ workspaceId: workspace.id })).breaks.map(({ contact_id: id, why }) => [Number(id), why])
    assert.deepEqual(await verdict(), [])

    const of = (id: number) => ({ workspace_id: workspace.id, contact_id: id })
    const [yes] = await db.from('consent_entries').where(of(ben)).orderBy('id')
    const stands = { status: 'granted', entry_id: yes.id, since: yes.occurred_at }
    // what the role of web and worker could do, if somebody made it say so
    await db.from('consents').where(of(ada)).update({ status: 'granted' })
    await db.from('consents').where(of(ben)).update(stands)
    await db.from('consent_chains').where(of(cara)).update({ withdrawn: '{}' })
    await db.from('consents').where(of(dev)).delete()
    // and what the owner could
    await tamper('consent_entries', (trx) => trx.from('consent_entries').where(of(eve)).delete())
    await tamper('consent_chains', (trx) => trx.from('consent_chains').whereIn('contact_id', [eve, finn]).delete())
    assert.sameDeepMembers(await verdict(), [
      [ada, 'standing'],
      [ben, 'standing'],
      [cara, 'standing'],
      [dev, 'standing'],
      [eve, 'standing'],
      [finn, 'cut'],
    ])
  })
})
