import { test } from '@japa/runner'
import { Resend } from 'resend'
import { mail, mails, standInWith } from './support.js'

test.group('Stand-in | account', () => {
  test('a key may do what its name says: {key}')
    .with([
      { key: 're_bad_1', sends: 403, lists: 403, name: 'invalid_api_key' },
      { key: 'nonsense', sends: 403, lists: 403, name: 'invalid_api_key' },
      { key: 're_suspended_1', sends: 403, lists: 403, name: 'suspended_api_key' },
      { key: 're_restricted_1', sends: undefined, lists: 401, name: 'restricted_api_key' },
    ])
    .run(async ({ assert }, { key, sends, lists, name }) => {
      const { standIn } = await standInWith()
      const resend = new Resend(key, { baseUrl: standIn.url })
      const listed = await resend.emails.list()
      assert.equal((await resend.emails.send(mail())).error?.statusCode, sends)
      assert.containSubset(listed.error, { statusCode: lists, name })
    })

  test('a random key is a good one, whatever its digits spell', async ({ assert }) => {
    const { standIn } = await standInWith()
    const listed = await new Resend('re_bad07f3e', { baseUrl: standIn.url }).emails.list()
    assert.isNull(listed.error)
  })

  test('a request without a key, a path or a method that exists is refused: {method} {path}')
    .with([
      { method: 'GET', path: '/emails', key: '', status: 401 },
      { method: 'GET', path: '/nothing', key: 'Bearer re_1', status: 404 },
      { method: 'DELETE', path: '/emails', key: 'Bearer re_1', status: 405 },
    ])
    .run(async ({ assert }, { method, path, key, status }) => {
      const { standIn } = await standInWith()
      const response = await fetch(`${standIn.url}${path}`, {
        method,
        headers: key ? { authorization: key } : {},
      })
      assert.equal(response.status, status)
    })

  test('a request without a user agent is stopped at the edge', async ({ assert }) => {
    const { standIn } = await standInWith()
    const resend = new Resend('re_bakery', { baseUrl: standIn.url, userAgent: '' })
    const { error } = await resend.emails.send(mail(), { headers: { 'user-agent': '' } })
    assert.deepEqual(error as any, { error_code: 1010 })
  })

  test('of 8 calls at 5 a second three are too many, and are told when to return', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ rps: 5 })
    standIn.world.clock.stop()
    const answers = await Promise.all(mails(8).map((one) => resend.emails.send(one)))
    const refused = answers.filter(({ error }) => error)
    assert.lengthOf(refused, 3)
    assert.containSubset(refused[0], {
      error: { statusCode: 429, name: 'rate_limit_exceeded' },
      headers: {
        'retry-after': '1',
        'ratelimit-limit': '5',
        'ratelimit-policy': '5;w=1',
        'ratelimit-remaining': '0',
      },
    })
  })

  test('the next second is a new one, and a batch is one request', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ rps: 1 })
    standIn.world.clock.stop()
    assert.isNull((await resend.batch.send(mails(100))).error)
    assert.equal((await resend.batch.send(mails(1))).error!.statusCode, 429)
    standIn.advance(1_000)
    assert.isNull((await resend.batch.send(mails(1))).error)
  })

  test('the daily quota stops the mail that goes beyond it, until the next day', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ dailyQuota: 100 })
    const { headers } = await resend.batch.send(mails(99))
    assert.containSubset(headers, { 'x-resend-daily-quota': '99', 'x-resend-monthly-quota': '99' })
    const { error } = await resend.batch.send(mails(2))
    assert.containSubset(error, { statusCode: 429, name: 'daily_quota_exceeded' })
    standIn.advance(24 * 60 * 60 * 1_000)
    assert.isNull((await resend.batch.send(mails(2))).error)
  })

  test('the monthly quota counts every recipient', async ({ assert }) => {
    const { resend } = await standInWith({ monthlyQuota: 3 })
    await resend.emails.send(mail({ to: ['ada@people.test', 'ben@people.test'], cc: 'cara@people.test' }))
    const { error } = await resend.emails.send(mail())
    assert.containSubset(error, { statusCode: 429, name: 'monthly_quota_exceeded' })
  })

  test('usage shows quotas and the rate limit', async ({ assert }) => {
    const { resend } = await standInWith({ rps: 7, dailyQuota: 100, monthlyQuota: 3_000 })
    await resend.batch.send(mails(4))
    const { data } = await resend.usage.get()
    assert.containSubset(data, {
      emails: { daily: { used: 4, limit: 100 }, monthly: { used: 4, limit: 3_000 } },
      rate_limit: { limit: 7 },
    })
  })

  test('metrics count what became of the mails', async ({ assert }) => {
    const { standIn, resend } = await standInWith({ simulate: true })
    await resend.batch.send([...mails(3), mail({ to: 'bounce+eve@people.test' })])
    await standIn.flush()
    const { data } = await resend.emails.metrics({ dimensions: ['period'] })
    assert.containSubset(data!.totals, {
      sent: 4,
      delivered: 3,
      bounced: 1,
      bounced_permanent: 1,
      bounce_rate: 0.25,
    })
    assert.equal(data!.data![0].delivered, 3)
  })

  test('suppressions are added, listed and removed, one by one and many at once', async ({ assert }) => {
    const { resend } = await standInWith()
    await resend.suppressions.add({ email: 'Ben@people.test' })
    await resend.suppressions.batch.add({ emails: ['cara@people.test', 'dev@people.test'] })
    assert.equal((await resend.suppressions.get('ben@people.test')).data!.origin, 'manual')
    assert.lengthOf((await resend.suppressions.list({ origin: 'manual' })).data!.data, 3)
    assert.isTrue((await resend.suppressions.remove('ben@people.test')).data!.deleted)
    await resend.suppressions.batch.remove({ emails: ['cara@people.test', 'dev@people.test'] })
    assert.lengthOf((await resend.suppressions.list()).data!.data, 0)
    assert.equal((await resend.suppressions.get('ben@people.test')).error!.statusCode, 404)
  })

  test('a domain that was added may send when it is verified', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const { data: domain } = await resend.domains.create({
      name: 'bakery.test',
      region: 'eu-west-1',
    })
    assert.lengthOf(domain!.records, 3)
    assert.containSubset((await resend.emails.send(mail())).error, {
      statusCode: 403,
      name: 'validation_error',
    })
    await resend.domains.verify(domain!.id)
    await standIn.flush()
    assert.equal((await resend.domains.get(domain!.id)).data!.status, 'verified')
    assert.isNull((await resend.emails.send(mail())).error)
    assert.lengthOf((await resend.domains.list()).data!.data, 1)
  })
})
