import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { sealLedger, verifyLedger, verifySeals } from '#consent'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { owner, tamper } from '#tests/support/owner'
import { bakery } from '#tests/support/workspace'

async function sealed() {
  const { workspace } = await bakery()
  const topic = await plantTopic(workspace)
  const people = await plantPeople(workspace, ['ada@example.com', 'ben@example.com', 'cara@example.com'])
  const of = { workspaceId: workspace.id }
  await record(workspace, topic, people, { ip: '203.0.113.7' })
  await sealLedger(of)
  await record(workspace, topic, people.slice(0, 2), { action: 'withdraw' })
  await sealLedger(of)
  const broken = async () => (await verifySeals(of)).breaks.map(({ no, why }) => [no, why])
  const chains = async () => (await verifyLedger(of)).breaks
  return { workspace, topic, people, of, broken, chains, mine: { workspace_id: workspace.id } }
}

test.group('Seals on the ledger', () => {
  test('cover each entry once, also when an erasure takes what was personal', async ({ assert }) => {
    const { workspace, topic, people, of, broken, mine } = await sealed()
    const seals = await db.from('consent_seals').where(mine).orderBy('no')
    assert.deepEqual(
      seals.map(({ no, entries }) => [no, entries]),
      [
        [1, 3],
        [2, 2],
      ]
    )
    assert.equal(await sealLedger(of), 0, 'there is nothing new')
    await db.rawQuery('select redact_consent_entries(?, ?)', [workspace.id, people[0]])
    await record(workspace, topic, people)
    assert.deepEqual(await broken(), [])
    assert.deepEqual(await verifySeals({ workspaceId: (await bakery()).workspace.id }), { seals: 0, breaks: [] })
  })

  test('an entry that comes in while somebody else’s is not committed yet is not overlooked', async ({ assert }) => {
    const { workspace, topic, people, of, broken, mine } = await sealed()
    const slow = await db.transaction()
    await slow.rawQuery('select nextval(pg_get_serial_sequence(?, ?)), pg_current_xact_id()', ['consent_entries', 'id'])
    await record(workspace, topic, people)
    const sealing = sealLedger(of)
    await slow.rawQuery('select pg_sleep(0.7)')
    assert.lengthOf(await db.from('consent_seals').where(mine), 2, 'it waits')
    await slow.commit()
    assert.equal(await sealing, 1)
    assert.deepEqual(await broken(), [])
  })

  test('tell of a whole person who is gone, whose chain nobody misses', async ({ assert }) => {
    const { people, broken, chains, mine } = await sealed()
    const of = { ...mine, contact_id: people[2] }
    await tamper('consent_entries', (trx) => trx.from('consent_entries').where(of).delete())
    await tamper('consent_chains', (trx) => trx.from('consent_chains').where(of).delete())
    await owner().from('consents').where(of).delete()
    assert.deepEqual(await chains(), [])
    assert.deepEqual(await broken(), [[1, 'differs']])
  })

  test('tell of a withdrawal that its owner took away and put everything in order behind it', async ({ assert }) => {
    const { people, broken, chains, mine } = await sealed()
    const of = { ...mine, contact_id: people[1] }
    const [yes, no] = await db.from('consent_entries').where(of).orderBy('id')
    await tamper('consent_entries', (trx) =>
      trx
        .from('consent_entries')
        .where({ ...mine, id: no.id })
        .delete()
    )
    await owner()
      .from('consent_chains')
      .where(of)
      .update({ entries: 1, hash: yes.hash, previous_hash: null, withdrawn: '{}' })
    await owner().rawQuery(
      `update consents k set status = 'granted', since = e.occurred_at, entry_id = e.id from consent_entries e
       where e.id = ? and k.workspace_id = e.workspace_id and k.contact_id = e.contact_id`,
      [yes.id]
    )
    assert.deepEqual(await chains(), [])
    assert.deepEqual(await broken(), [[2, 'differs']])
  })

  test('cannot be made by whoever lacks the key, nor taken away', async ({ assert }) => {
    const { broken, mine } = await sealed()
    const third = {
      since_id: 0,
      until_id: 1,
      entries: 1,
      sealed_at: new Date(),
      digest: Buffer.of(1),
      signature: Buffer.of(2),
    }
    await db.table('consent_seals').insert({ ...mine, no: 3, ...third })
    assert.deepEqual(await broken(), [[3, 'forged']])
    await tamper('consent_seals', (trx) =>
      trx
        .from('consent_seals')
        .where({ ...mine, no: 3 })
        .delete()
    )
    await tamper('consent_seals', (trx) =>
      trx
        .from('consent_seals')
        .where({ ...mine, no: 1 })
        .update({ entries: 2 })
    )
    assert.deepEqual(await broken(), [[1, 'forged']])
    await tamper('consent_seals', (trx) =>
      trx
        .from('consent_seals')
        .where({ ...mine, no: 1 })
        .delete()
    )
    assert.deepEqual(await broken(), [[2, 'missing']])
  })
})
