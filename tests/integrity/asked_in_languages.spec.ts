import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { connect } from '#tests/support/campaign'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { startWorker, until } from '#tests/support/processes'
import { theProvider } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

const SUBJECTS = { de: 'Möchten Sie', fr: 'Souhaitez-vous', none: 'Do you still want' }
type Tongue = keyof typeof SUBJECTS

test.group('A question in three languages', () => {
  test('whose worker dies between two of them, and in each: everybody is asked once, in theirs', async ({
    client,
    assert,
  }) => {
    await db.rawQuery(`update shipments set not_before = 'infinity' where finished_at is null`)
    const server = await theProvider()
    const { workspace, token } = await bakery()
    await connect(workspace)
    const topic = await plantTopic(workspace)
    const tongues = Array.from({ length: 240 }, (_, no) => (['de', 'fr', 'none'] as const)[no % 3])
    const people = await plantPeople(
      workspace,
      tongues.map((tongue, no) => `${tongue}-${no}@people.test`)
    )
    await db.rawQuery(
      `update contacts set locale = split_part(email, '-', 1) where workspace_id = ? and email not like 'none%'`,
      [workspace.id]
    )
    await record(workspace, topic, people, { basis: 'soft_opt_in_customer', occurredAt: null })
    const api = (path: string, body: object = {}) => client.post(`/api/v1${path}`).bearerToken(token).json(body)
    const made = (await api('/reconfirmations', { topic_id: String(topic.id), silence: 'keep' })).body()
    const sent = await api(`/campaigns/${made.campaign_id}/send`)
    sent.assertStatus(202)
    for (const crashAt of ['after_seal', 'after_accept', 'before_commit', 'after_seal']) {
      assert.equal(await startWorker({ crashAt }).ended, 'SIGKILL')
    }
    startWorker()
    const receipt = async () =>
      (await client.get(`/api/v1/campaigns/${made.campaign_id}/receipt`).bearerToken(token)).body()
    await until('the question has left', async () => (await receipt()).finished_at !== null)

    const ledger = server.ledger('c', made.campaign_id)
    assert.lengthOf(Object.keys(ledger), 240)
    assert.deepEqual([...new Set(Object.values(ledger))], [1])
    assert.isAbove(server.stats().replays, 0, 'what had been taken was asked about again with its key')
    for (const { to, subject } of await server.mails({ tags: { c: made.campaign_id } })) {
      const [address] = [to].flat()
      assert.isTrue(subject.startsWith(SUBJECTS[address.split('-')[0] as Tongue]), `${address}: ${subject}`)
    }
    const { closes, accepted, letters } = await receipt()
    assert.isTrue(closes)
    assert.equal(accepted.total, 240)
    assert.deepEqual(Object.fromEntries(letters.map((one: any) => [one.language, one.people])), {
      en: 80,
      de: 80,
      fr: 80,
    })
    const { answers } = (await client.get(`/api/v1/reconfirmations/${made.id}`).bearerToken(token)).body()
    assert.containsSubset(answers, { asked: 240, waiting: 240 })
  })
})
