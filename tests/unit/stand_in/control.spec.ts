import { test } from '@japa/runner'
import { mail, mails, standInWith } from './support.js'

const tagged = (to: string, c: string) => mail({ to, tags: [{ name: 'c', value: c }] })

test.group('Stand-in | control', () => {
  test('the ledger says how many mails each recipient was sent for a campaign', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const batch = [tagged('Ada <ada@people.test>', 'friday'), tagged('ben@people.test', 'friday')]
    await resend.batch.send(batch)
    await resend.batch.send([tagged('ada@people.test', 'friday'), tagged('ada@people.test', 'monday')])
    assert.deepEqual(standIn.ledger('c', 'friday'), { 'ada@people.test': 2, 'ben@people.test': 1 })
    assert.equal(standIn.stats().duplicates, 1)
  })

  test('the same is asked over HTTP', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    await resend.batch.send([tagged('ada@people.test', 'friday'), tagged('ben@people.test', 'friday')])
    const ask = async (path: string) => (await fetch(`${standIn.url}/_control${path}`)).json() as any
    assert.deepEqual(await ask('/ledger?tag=c&value=friday'), {
      'ada@people.test': 1,
      'ben@people.test': 1,
    })
    const { mails: found } = await ask('/mails?tag.c=friday&to=ben@people.test&limit=5')
    assert.containSubset(found, [{ to: ['ben@people.test'], text: 'Fresh bread' }])
    assert.containSubset(await ask('/stats'), { accepted: 2, requests: 1, calls: 1, replays: 0 })
  })

  test('chaos, clock, settings and events are set over HTTP, and a mistake is told', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ events: 'manual' })
    const post = (path: string, body: unknown) =>
      fetch(`${standIn.url}/_control${path}`, { method: 'POST', body: JSON.stringify(body) })
    await resend.emails.send(mail())
    await post('/events', { type: 'email.delivered', to: 'ada@people.test' })
    await post('/webhooks/flush', {})
    assert.equal((await resend.emails.list()).data!.data[0].last_event, 'delivered')
    await post('/clock', { advance_ms: 3_600_000 })
    assert.isAbove(standIn.world.clock.now(), Date.now() + 3_500_000)
    await post('/settings', { rps: 1 })
    assert.equal((await resend.usage.get()).data!.rate_limit.limit, 1)
    await post('/settings', { rps: 0 })
    await post('/chaos', [{ effect: 'status', times: 1 }])
    assert.equal((await resend.emails.send(mail())).error!.statusCode, 500)
    assert.equal((await post('/chaos', [{ effect: 'nonsense' }])).status, 400)
    assert.equal((await post('/settings', { speed: 1 })).status, 400)
  })

  test('a reset forgets everything', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const first = await resend.batch.send(mails(3), { idempotencyKey: 'c/1/1' })
    standIn.chaos([{ effect: 'status' }])
    await standIn.reset()
    assert.lengthOf(await standIn.mails(), 0)
    const again = await resend.batch.send(mails(3), { idempotencyKey: 'c/1/1' })
    assert.isNull(again.error)
    assert.notDeepEqual(again.data, first.data)
  })

  test('without bodies a mail keeps its recipients, subject, tags and a hash of its headers', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ bodies: 'none' })
    await resend.emails.send(mail({ headers: { 'X-Campaign': 'friday' }, tags: [{ name: 'c', value: 'friday' }] }))
    const [kept] = await standIn.mails()
    assert.containSubset(kept, {
      to: ['ada@people.test'],
      subject: 'Fresh bread on Friday',
      tags: { c: 'friday' },
    })
    assert.lengthOf(kept.headersHash, 64)
    assert.notProperty(kept, 'html')
  })
})
