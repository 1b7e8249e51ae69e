import { test } from '@japa/runner'
import { mail, mails, standInWith } from './support.js'

test.group('Stand-in | failures', () => {
  test('an answer lost after accept is given to the retry with the same key, and no second mail leaves', async ({
    assert,
  }) => {
    const { standIn, resend } = await standInWith()
    standIn.chaos([{ effect: 'drop_after_accept', times: 1 }])
    const lost = await resend.batch.send(mails(10), { idempotencyKey: 'c/1/1' })
    assert.containSubset(lost.error, { name: 'application_error', statusCode: null })
    const again = await resend.batch.send(mails(10), { idempotencyKey: 'c/1/1' })
    assert.lengthOf(again.data!.data, 10)
    assert.containSubset(standIn.stats(), { accepted: 10, replays: 1 })
  })

  test('an effect shows itself to the SDK as it does at Resend: {effect}')
    .with([
      { effect: 'drop_before', accepted: 0, error: { statusCode: null } },
      { effect: 'truncate', accepted: 1, error: { statusCode: null } },
      { effect: 'html', accepted: 0, error: { statusCode: 502, name: 'application_error' } },
      {
        effect: 'status',
        status: 503,
        name: 'service_unavailable',
        accepted: 0,
        error: { statusCode: 503, name: 'service_unavailable' },
      },
      { effect: 'status', accepted: 0, error: { statusCode: 500, name: 'internal_server_error' } },
      {
        effect: 'rate_limit',
        accepted: 0,
        error: { statusCode: 429, name: 'rate_limit_exceeded' },
      },
      {
        effect: 'daily_quota',
        accepted: 0,
        error: { statusCode: 429, name: 'daily_quota_exceeded' },
      },
      {
        effect: 'monthly_quota',
        accepted: 0,
        error: { statusCode: 429, name: 'monthly_quota_exceeded' },
      },
    ])
    .run(async ({ assert }, { accepted, error: expected, ...rule }) => {
      const { standIn, resend } = await standInWith()
      standIn.chaos([rule as any])
      const { data, error } = await resend.emails.send(mail())
      assert.isNull(data)
      assert.containSubset(error, expected)
      assert.equal(standIn.stats().accepted, accepted)
    })

  test('a null body is neither data nor error, on 200 and on 500', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    standIn.chaos([
      { effect: 'null_body', times: 1 },
      { effect: 'null_body', status: 500, accept: false, times: 1 },
    ])
    for (const accepted of [1, 1]) {
      const { data, error } = await resend.emails.send(mail())
      assert.deepEqual([data, error, standIn.stats().accepted], [null, null, accepted])
    }
  })

  test('a call that hangs ends with its own signal', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    standIn.chaos([{ effect: 'hang' }])
    const { error } = await resend.emails.send(mail(), { signal: AbortSignal.timeout(50) })
    assert.equal(error!.statusCode, null)
  })

  test('a rule strikes only what it matches', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    standIn.chaos([{ match: { path: '/emails/batch', method: 'POST' }, effect: 'status' }])
    assert.isNull((await resend.emails.send(mail())).error)
    assert.equal((await resend.batch.send(mails(1))).error!.statusCode, 500)
  })

  test('chance repeats itself with the same seed', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const outcomes = async () => {
      standIn.chaos([{ effect: 'status', probability: 0.5, seed: 7 }])
      const results: boolean[] = []
      for (let call = 0; call < 12; call++) results.push((await resend.emails.send(mail())).error === null)
      return results
    }
    const first = await outcomes()
    assert.deepEqual(await outcomes(), first)
    assert.sameMembers([...new Set(first)], [true, false])
  })
})
