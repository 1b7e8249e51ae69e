import { getActiveTestOrFail, test } from '@japa/runner'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Assert } from '@japa/assert'
import { SMTPServer } from 'smtp-server'
import db from '@adonisjs/lucid/services/db'
import { pauseShipment, resumeShipment } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, progressOf, receiptOf } from '#tests/support/campaign'
import { record } from '#tests/support/consent'
import { randomFrom } from '#tests/support/random'
import { startWorker, until, type Running } from '#tests/support/processes'
import { standIn, type ChaosRule } from '#tests/support/stand_in'

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
  const server = await standIn()
  process.env.RESEND_BASE_URL = server.url
  getActiveTestOrFail().cleanup(() => void delete process.env.RESEND_BASE_URL)
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

  test('again and again, two at a time, with answers lost, slow, refused and broken, and people leaving meanwhile', async ({
    assert,
  }) => {
    const rules: ChaosRule[] = [
      { effect: 'drop_after_accept', probability: 0.1, seed: 11 },
      { effect: 'drop_before', probability: 0.05, seed: 12 },
      { effect: 'status', status: 500, probability: 0.07, seed: 13 },
      { effect: 'html', status: 502, accept: true, probability: 0.05, seed: 14 },
      { effect: 'rate_limit', probability: 0.07, seed: 15 },
      { effect: 'truncate', probability: 0.05, seed: 16 },
      { effect: 'latency', ms: 400, probability: 0.6, seed: 17 },
    ]
    const addresses = Array.from({ length: 1_800 }, (_, no) =>
      no === 333 ? `p${no}@example.com` : `p${no}@people.test`
    )
    const story = await campaign({ addresses, rules })
    const { below } = randomFrom(7)
    const workers: Running[] = [startWorker(), startWorker()]
    const leaving = story.ids.slice(-40)
    for (let kill = 0; kill < 5; kill++) {
      await sleep(1_200 + below(900))
      const victim = below(2)
      await workers[victim].kill()
      workers[victim] = startWorker()
      if (kill === 1) await record(story.workspace, story.topic, leaving, { action: 'withdraw' })
      if (kill === 3) await pausedForAMoment(story)
    }
    await story.finished()
    const account = await assertEveryoneOnce(assert, story)
    assert.equal(account.failed.total, 1)
    assert.equal(account.unconfirmed.total, 0)
    assert.equal(account.accepted.total + account.withheld.total, 1_799)
  })
})

/** Paused, seen to stand still, and resumed, from this process. */
async function pausedForAMoment({ workspace, shipment }: Story) {
  const change = { workspaceId: workspace.id, shipmentId: shipment.id, actor: theSystem }
  if ((await progressOf(shipment)).finished_at) return
  for (let time = 0; time < 3; time++) {
    await db.transaction((trx) => pauseShipment({ ...change, trx }))
    await sleep(150)
    await db.transaction((trx) => resumeShipment({ ...change, trx }))
  }
}

test.group('Workers asleep for longer than their leases', () => {
  test('at any step: somebody else takes over, and they do no harm when they wake up', async ({ assert }) => {
    const story = await campaign({ people: 1_500 })
    const points = ['after_lease', 'before_seal', 'after_seal', 'after_accept', 'before_commit']
    const sleepers = points.map((point) => startWorker({ crashAt: `${point}:1:SIGSTOP` }))
    await until('all five sleep', async () => sleepers.every(({ process: { pid } }) => isStopped(pid!)))
    startWorker()
    await story.finished()
    const before = story.server.stats().accepted
    for (const sleeper of sleepers) sleeper.process.kill('SIGCONT')
    await sleep(1_500)
    assert.equal(story.server.stats().accepted, before)
    const account = await assertEveryoneOnce(assert, story)
    assert.equal(account.accepted.total, 1_500)
  })
})

/** Does the kernel say that this process is stopped? (Linux tells in /proc, the others through ps.) */
const isStopped = (pid: number) =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
    .toString()
    .startsWith('T')

test.group('A worker asked to stop', () => {
  test('finishes the batches in hand: none is half known', async ({ assert }) => {
    const story = await campaign({ people: 1_000, rules: [{ effect: 'latency', ms: 700 }] })
    const worker = startWorker()
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
  test('leaves the one mail in its hand unconfirmed, and nobody gets two', async ({ assert }) => {
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
    assert.equal(await startWorker({ crashAt: 'after_accept:5' }).ended, 'SIGKILL')
    startWorker()
    await until('the campaign ends', async () => (await progressOf(shipment)).finished_at !== null)
    const account = await receiptOf(shipment)
    assert.isTrue(account.closes)
    assert.isAbove(account.unconfirmed.total, 0)
    assert.isBelow(account.unconfirmed.total, 3)
    assert.equal(account.accepted.total + account.unconfirmed.total, 30)
    assert.equal(new Set(received).size, received.length, 'nobody got two')
  })
})
