import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { runLoop, type WorkerLoop } from '#platform'
import { sender, serviceSender } from '#delivery'
import { claimBatch, Turns } from '#app/delivery/sender/claim_batch'
import { acceptMessages } from '#app/delivery/service/accept_messages'
import { audience, connect, connectServer, freeze, progressOf } from '#tests/support/campaign'
import { mailServer } from '#tests/support/mail_server'
import { until } from '#tests/support/processes'
import { RECEIPT } from '#tests/support/service_mail'
import { theProvider } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

/** Nothing of other tests is sent meanwhile. */
async function alone(cleanup: (undo: () => Promise<void>) => void) {
  const { rows } = await db.rawQuery(
    `update shipments set state = 'paused' where state = 'running' and finished_at is null returning id`
  )
  const { rows: waiting } = await db.rawQuery(
    `update service_messages set not_before = now() + interval '1 day', lease_until = case when lease_until is not null then now() + interval '1 day' end
     where state in ('queued', 'sealed') returning id`
  )
  const ids = (those: any[]) => those.map(({ id }) => id)
  cleanup(async () => {
    await db.from('shipments').whereIn('id', ids(rows)).update({ state: 'running' })
    await db.from('service_messages').whereIn('id', ids(waiting)).update({ not_before: new Date() })
  })
}

/** A worker's loop, while something is done. */
async function during(loop: WorkerLoop, work: () => Promise<void>) {
  const end = new AbortController()
  const running = runLoop(loop, { signal: end.signal, processId: 'test' })
  try {
    await work()
  } finally {
    end.abort()
    await running
  }
}

/** It thinks about each mail until it is told to answer. */
async function thoughtful() {
  const { promise: told, resolve: answer } = Promise.withResolvers<void>()
  const server = await mailServer({
    onData(stream, _, done) {
      stream.resume()
      stream.on('end', () => told.then(() => done()))
    },
  })
  return { ...server, answer }
}

test.group('Turns', () => {
  test('a server that answers slowly keeps no other workspace waiting, and what has ended is closed meanwhile', async ({
    assert,
    cleanup,
  }) => {
    await alone(cleanup)
    const slow = await audience({ people: 40 })
    const server = await thoughtful()
    await connectServer(slow.workspace, server)
    const quick = await audience({ people: 24 })
    await connectServer(quick.workspace, await mailServer())
    const first = await freeze(slow)
    const second = await freeze(quick)
    const isClosed = async () => (await progressOf(second.shipment)).finished_at !== null
    await during(sender, async () => {
      await until('the quick one is closed', isClosed)
      const other = await progressOf(first.shipment)
      assert.equal(other.queued + other.sending, 40)
      await db.from('shipments').where({ id: first.shipment.id }).update({ state: 'paused' })
      server.answer()
    })
  })

  test('workspaces take turns, however many campaigns one of them sends', async ({ assert, cleanup }) => {
    await alone(cleanup)
    const many = await audience({ people: 300 })
    const one = await audience({ people: 900 })
    for (let no = 0; no < 4; no++) await freeze(many)
    await freeze(one)
    const turns = new Turns()
    const served: number[] = []
    for (let no = 0; no < 12; no++) served.push((await claimBatch({ worker: 'test', turns }))!.shipmentId)
    const rows = await db.from('shipments').whereIn('workspace_id', [many.workspace.id, one.workspace.id])
    const times = (workspaceId: number) =>
      served.filter((id) => rows.find((row) => row.id === id)!.workspace_id === workspaceId).length
    assert.equal(times(one.workspace.id), 6)
    assert.equal(times(many.workspace.id), 6)
    const ofMany = served.filter((id) => rows.find((row) => row.id === id)!.workspace_id === many.workspace.id)
    assert.lengthOf(new Set(ofMany.slice(0, 4)), 4, 'and so do its campaigns')
    await db
      .from('shipments')
      .whereIn('workspace_id', [many.workspace.id, one.workspace.id])
      .update({ state: 'paused' })
  })
})

test.group('Turns of service mail', () => {
  /** A shop whose receipt waits. */
  async function shop(mails = 1) {
    const { workspace } = await bakery()
    const { account } = await connect(workspace)
    const ask = () =>
      acceptMessages(
        workspace,
        Array.from({ length: mails }, (_, no) => ({ ...RECEIPT, to: `p${no}@people.test` }))
      )
    const states = async () =>
      (await db.from('service_messages').where({ workspace_id: workspace.id })).map(({ state }) => state)
    return { workspace, account, ask, states, isSent: async () => (await states()).every((one) => one === 'accepted') }
  }

  test('calls in doubt of an account that rests keep nobody else waiting', async ({ assert, cleanup }) => {
    await alone(cleanup)
    await theProvider()
    const troubled = await shop(20)
    await troubled.ask()
    await db.rawQuery(
      `update service_messages set state = 'sealed', call_key = 'k' || id, account = ?, sealed_at = now(), lease_until = now() where workspace_id = ?`,
      [troubled.account, troubled.workspace.id]
    )
    await db.table('rate_budgets').insert({
      account: troubled.account,
      per_second: 2,
      remaining: 2,
      failures: 9,
      paused_until: new Date(Date.now() + 3_600_000),
    })
    const other = await shop()
    await other.ask()
    await during(serviceSender, async () => {
      await until('the other one is served', other.isSent)
    })
    const rows = await db.from('service_messages').where({ workspace_id: troubled.workspace.id })
    assert.deepEqual(new Set(rows.map(({ attempts }) => attempts)), new Set([0]), 'and are not tried in vain')
    await db.from('service_messages').where({ workspace_id: troubled.workspace.id }).delete()
  })

  test('a server that answers slowly keeps no other workspace waiting', async ({ cleanup }) => {
    await alone(cleanup)
    const slow = await bakery()
    const waiting = await thoughtful()
    await connectServer(slow.workspace, waiting)
    const six = Array.from({ length: 6 }, (_, no) => ({ ...RECEIPT, to: `s${no}@people.test` }))
    await acceptMessages(slow.workspace, six)
    const quick = await bakery()
    const server = await mailServer()
    await connectServer(quick.workspace, server)
    await acceptMessages(quick.workspace, six)
    await during(serviceSender, async () => {
      await until('the quick one has its six', async () => server.received.length === 6)
      await db.from('service_messages').where({ workspace_id: slow.workspace.id, state: 'queued' }).delete()
      waiting.answer()
    })
  })

  test('workspaces that wait for their accounts keep nobody else waiting', async ({ cleanup }) => {
    await alone(cleanup)
    await theProvider()
    const waiting: number[] = []
    for (let no = 0; no < 30; no++) {
      const { workspace, account, ask } = await shop()
      await ask()
      waiting.push(workspace.id)
      await db.table('rate_budgets').insert({
        account,
        per_second: 2,
        remaining: 2,
        quota_until: new Date(Date.now() + 3_600_000),
      })
    }
    const other = await shop()
    await other.ask()
    await during(serviceSender, async () => {
      await until('it is served while they wait', other.isSent)
    })
    await db.from('service_messages').whereIn('workspace_id', waiting).delete()
  })
})
