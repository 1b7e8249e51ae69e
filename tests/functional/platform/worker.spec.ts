import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { announce, dispatchDueEvents, enqueue, onNotify, runLoop, work, type Listeners } from '#platform'
import { doWaitingJobs } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

async function waitUntil(holds: () => boolean | Promise<boolean>, ms = 90_000) {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('waited in vain')
    await sleep(20)
  }
}

const eventsOf = (workspaceId: number) => db.from('domain_events').where('workspace_id', workspaceId).orderBy('id')

test.group('Announcements', () => {
  test('reach their listeners after the commit, in order, once', async ({ assert }) => {
    const { workspace } = await bakery()
    const heard: number[] = []
    const listeners: Listeners = { 'oven.hot': [async ({ payload }) => void heard.push(payload.no)] }
    await db.transaction(async (trx) => {
      for (const no of [1, 2, 3]) await announce('oven.hot', { workspaceId: workspace.id, payload: { no }, trx })
    })
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    assert.deepEqual(heard, [1, 2, 3])
  })

  test('of a change that was rolled back never existed', async ({ assert }) => {
    const { workspace } = await bakery()
    const trx = await db.transaction()
    await announce('oven.hot', { workspaceId: workspace.id, payload: {}, trx })
    await trx.rollback()
    assert.equal(await dispatchDueEvents({}, { workspaceId: workspace.id }), 0)
  })

  test('come again when a listener fails, later each time, and keep its error without addresses', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    await db.transaction((trx) => announce('oven.hot', { workspaceId: workspace.id, payload: {}, trx }))
    const listeners: Listeners = {
      'oven.hot': [async () => Promise.reject(new Error('no oven for ada@example.com'))],
    }
    const began = Date.now()
    await dispatchDueEvents(listeners, { workspaceId: workspace.id })
    const [event] = await eventsOf(workspace.id)
    assert.equal(event.attempts, 1)
    assert.equal(event.last_error, 'no oven for [address]')
    assert.isNull(event.dispatched_at)
    assert.isAtLeast(event.not_before.getTime(), began + 2_000)
    await eventsOf(workspace.id).update({ not_before: db.raw(`not_before + interval '1 hour'`) })
    assert.equal(await dispatchDueEvents(listeners, { workspaceId: workspace.id }), 0, 'not before')
  })

  test('are set aside after twenty attempts', async ({ assert }) => {
    const { workspace } = await bakery()
    await db.transaction((trx) => announce('oven.hot', { workspaceId: workspace.id, payload: {}, trx }))
    await eventsOf(workspace.id).update({ attempts: 19 })
    await dispatchDueEvents(
      { 'oven.hot': [async () => Promise.reject(new Error('still'))] },
      { workspaceId: workspace.id }
    )
    const [event] = await eventsOf(workspace.id)
    assert.isNotNull(event.dead_at)
    assert.equal(event.last_error, 'still')
  })

  test('lose a secret payload once it was delivered', async ({ assert }) => {
    const { workspace } = await bakery()
    let seen: any
    await db.transaction((trx) =>
      announce('mail.requested', { workspaceId: workspace.id, payload: { link: 'x' }, secret: true, trx })
    )
    await dispatchDueEvents(
      { 'mail.requested': [async ({ payload }) => void (seen = payload)] },
      { workspaceId: workspace.id }
    )
    assert.deepEqual(seen, { link: 'x' })
    const [event] = await eventsOf(workspace.id)
    assert.deepEqual(event.payload, {})
  })

  test('are taken by one of two dispatchers, not by both', async ({ assert }) => {
    const { workspace } = await bakery()
    await db.transaction(async (trx) => {
      for (let no = 0; no < 20; no++) await announce('oven.hot', { workspaceId: workspace.id, payload: { no }, trx })
    })
    const heard: number[] = []
    const listeners: Listeners = { 'oven.hot': [async ({ payload }) => void heard.push(payload.no)] }
    await Promise.all([1, 2, 3].map(() => dispatchDueEvents(listeners, { workspaceId: workspace.id })))
    assert.sameMembers(heard, [...Array(20).keys()])
    assert.lengthOf(heard, 20)
  })
})

test.group('Jobs', () => {
  test('of a rolled-back transaction never run, those of a committed one do', async ({ assert }) => {
    const { workspace } = await bakery()
    const name = `bread.${randomUUID()}`
    const trx = await db.transaction()
    await enqueue(name, { workspaceId: workspace.id, loaf: 1 }, { trx })
    await trx.rollback()
    await db.transaction((t) => enqueue(name, { workspaceId: workspace.id, loaf: 2 }, { trx: t }))
    const baked: number[] = []
    await doWaitingJobs({ [name]: async (data) => void baked.push(data.loaf) }, { workspaceId: workspace.id })
    assert.deepEqual(baked, [2])
  })

  test('that are wanted once are dropped while the first waits; others are not', async ({ assert }) => {
    const { workspace } = await bakery()
    const name = `once.${randomUUID()}`
    const put = (loaf: number, once?: string) =>
      db.transaction((trx) => enqueue(name, { workspaceId: workspace.id, loaf }, { trx, once, afterSeconds: 600 }))
    await put(1, 'rye')
    await put(2, 'rye')
    await put(3, 'oat')
    await put(4)
    await put(5)
    const { rows } = await db.rawQuery(`select data->>'loaf' as loaf from jobs.job where name = ? order by 1`, [name])
    assert.deepEqual(
      rows.map(({ loaf }: { loaf: string }) => loaf),
      ['1', '3', '4', '5']
    )
  })
})

test.group('The worker', () => {
  test('runs loops, events and jobs, signs its heartbeat, and finishes what is in hand when it stops', async ({
    assert,
  }) => {
    const { workspace } = await bakery()
    const name = `bread.${randomUUID()}`
    const event = `oven.${randomUUID()}`
    const done: string[] = []
    const worker = await work({
      loops: [
        {
          name: 'slow',
          async run({ signal, idle }) {
            while (!signal.aborted) await idle(60_000)
            await sleep(200)
            done.push('loop')
          },
        },
      ],
      jobs: { [name]: async (data) => void done.push(`job ${data.loaf}`) },
      clock: [],
      listeners: { [event]: [async () => void done.push('event')] },
    })
    await db.transaction(async (trx) => {
      await announce(event, { workspaceId: workspace.id, payload: {}, trx })
      await enqueue(name, { workspaceId: workspace.id, loaf: 1 }, { trx })
    })
    await waitUntil(() => done.length === 2)
    assert.sameMembers(done, ['event', 'job 1'])
    const [{ n }] = await db.from('heartbeats').where('kind', 'worker').count('* as n')
    assert.isAbove(Number(n), 0)
    await worker.stop()
    assert.equal(done.at(-1), 'loop')
  })

  test('a loop that throws begins again', async ({ assert }) => {
    const end = new AbortController()
    let began = 0
    const running = runLoop(
      {
        name: 'shaky',
        async run({ idle }) {
          if (++began < 2) throw new Error('burnt')
          await idle(60_000)
        },
      },
      { signal: end.signal, processId: 'test' }
    )
    await waitUntil(() => began === 2)
    end.abort()
    await running
    assert.equal(began, 2)
  })

  test('is told from when on it hears notifications, and again after its connection was cut', async ({ assert }) => {
    const channel = `test_${randomUUID().replaceAll('-', '')}`
    const heard: (string | null)[] = []
    const stop = onNotify(channel, (payload) => heard.push(payload))
    const say = (word: string) => db.rawQuery('select pg_notify(?, ?)', [channel, word])
    await waitUntil(() => heard.includes(null))
    await say('hello')
    await waitUntil(() => heard.includes('hello'))
    const late: (string | null)[] = []
    const stopToo = onNotify(channel, (payload) => late.push(payload))
    await waitUntil(() => late.includes(null))
    await db.rawQuery(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'assent listen' and datname = current_database()`
    )
    await waitUntil(() => heard.length > 2 && late.length > 1)
    await say('again')
    await waitUntil(() => heard.includes('again') && late.includes('again'))
    await Promise.all([stop(), stopToo()])
    assert.deepEqual(heard, [null, 'hello', null, 'again'])
    assert.deepEqual(late, [null, null, 'again'])
  })
})
