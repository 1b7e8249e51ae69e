import { getActiveTestOrFail, test } from '@japa/runner'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Assert } from '@japa/assert'
import { SMTPServer } from 'smtp-server'
import db from '@adonisjs/lucid/services/db'
import { AT_ONCE } from '#channels'
import { audience, connect, freeze, progressOf, receiptOf } from '#tests/support/campaign'
import { startWorker, until } from '#tests/support/processes'
import { type ChaosRule, theProvider } from '#tests/support/stand_in'

/** A frozen campaign, and a stand-in to send it to. Whatever other tests left unfinished is put aside. */
async function campaign({
  people,
  rules = [],
  addresses,
}: {
  people?: number
  addresses?: string[]
  rules?: ChaosRule[]
}) {
  await db.rawQuery(`update shipments set not_before = 'infinity' where finished_at is null`)
  const server = await theProvider()
  const story = await audience({ people, addresses })
  await connect(story.workspace)
  const frozen = await freeze(story)
  server.chaos(rules)
  return {
    ...story,
    ...frozen,
    server,
    ledger: () => server.ledger('c', String(frozen.campaignId)),
    finished: (seconds = 120) =>
      until('the campaign ends', async () => (await progressOf(frozen.shipment)).finished_at !== null, { seconds }),
    sealed: async () =>
      (await db.from('batches').where({ shipment_id: frozen.shipment.id }).whereIn('state', ['sealed', 'leased']))
        .length,
  }
}

type Story = Awaited<ReturnType<typeof campaign>>

/** The provider's own ledger against ours: exactly one mail, or exactly one named reason, for each person. */
async function assertEveryoneOnce(assert: Assert, story: Story) {
  const ledger = story.ledger()
  const account = await receiptOf(story.shipment)
  const { rows } = await db.rawQuery(
    `select m.contact_id, c.email, m.state from messages m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
     where m.workspace_id = ?`,
    [story.workspace.id]
  )
  assert.isTrue(account.closes, JSON.stringify(account))
  assert.equal(account.open, 0)
  assert.equal(rows.length, story.ids.length, 'a row for each person')
  for (const { email, state } of rows) {
    assert.equal(ledger[email] ?? 0, state === 'accepted' ? 1 : 0, `${email} is ${state}`)
  }
  assert.equal(story.server.stats().duplicates, 0)
  assert.equal(
    Object.values(ledger).reduce((sum, n) => sum + n, 0),
    account.accepted.total
  )
  return account
}

test.group('A worker killed', () => {
  test('at every step of a batch: everyone gets one mail, the books close, the campaign ends', async ({ assert }) => {
    const story = await campaign({ people: 1_200, rules: [{ effect: 'latency', ms: 30 }] })
    const points = ['after_lease', 'before_seal', 'after_seal', 'after_accept', 'before_commit']
    const ends = await Promise.all(points.map((point) => startWorker({ crashAt: point }).ended))
    assert.deepEqual(ends, Array(5).fill('SIGKILL'))
    startWorker()
    await story.finished()
    const account = await assertEveryoneOnce(assert, story)
    assert.equal(account.accepted.total, 1_200)
    assert.isAbove(story.server.stats().replays, 0, 'what had been accepted was asked about again with its key')
  })
})

test.group('A worker asked to stop', () => {
  test('finishes the batches in hand: none is half known', async ({ assert }) => {
    const rules: ChaosRule[] = [{ effect: 'latency', ms: 700, times: 3 }, { effect: 'rate_limit' }]
    const story = await campaign({ people: 1_000, rules })
    // who sleeps longer than a lease gives a batch back without a call, sealed as it was
    const worker = startWorker({ ASSENT_LEASE_SECONDS: '60' })
    await until('it calls', async () => story.server.stats().calls > 0)
    assert.equal(await worker.kill('SIGTERM'), 0, worker.output())
    assert.equal(await story.sealed(), 0)
    const progress = await progressOf(story.shipment)
    assert.equal(progress.sending, 0)
    assert.equal(progress.accepted, Object.keys(story.ledger()).length)
    assert.isAbove(progress.queued, 0)
  })
})

test.group('A worker killed in the middle of SMTP', () => {
  test('leaves what was in its hand unconfirmed, and nobody gets two', async ({ assert }) => {
    await db.rawQuery(`update shipments set not_before = 'infinity' where finished_at is null`)
    const received: string[] = []
    const smtp = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 50,
      onData(stream, session, done) {
        stream.resume()
        stream.on('end', () => {
          received.push(...session.envelope.rcptTo.map(({ address }) => address))
          done()
        })
      },
    })
    smtp.on('error', () => {})
    smtp.listen(0, '127.0.0.1')
    await once(smtp.server, 'listening')
    process.env.SMTP_URL = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`
    getActiveTestOrFail().cleanup(() => {
      delete process.env.SMTP_URL
      return new Promise<void>((resolve) => smtp.close(() => resolve()))
    })
    const story = await audience({ people: 30 })
    const { shipment } = await freeze(story)
    assert.equal(await startWorker({ crashAt: 'after_accept:2' }).ended, 'SIGKILL')
    await until('the database has ended what it was asked for', async () => {
      const others = `datname = current_database() and usename = current_user and pid <> pg_backend_pid()`
      const { rows } = await db.rawQuery(`select 1 from pg_stat_activity where ${others} and state <> 'idle'`)
      return rows.length === 0
    })
    const inHand = await db.from('batches').where({ shipment_id: shipment.id, state: 'sealed' })
    startWorker({ ASSENT_LEASE_SECONDS: '60' })
    await until('the campaign ends', async () => (await progressOf(shipment)).finished_at !== null)
    const account = await receiptOf(shipment)
    assert.isTrue(account.closes)
    assert.isNotEmpty(inHand)
    for (const { contact_ids: ids } of inHand) assert.isAtMost(ids.length, AT_ONCE)
    assert.equal(
      account.unconfirmed.total,
      inHand.reduce((people, { contact_ids: ids }) => people + ids.length, 0)
    )
    assert.equal(account.accepted.total + account.unconfirmed.total, 30)
    assert.equal(new Set(received).size, received.length, 'nobody got two')
  })
})
