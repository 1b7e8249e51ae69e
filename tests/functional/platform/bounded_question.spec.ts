import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { boundedQuestion, TookTooLong, TooBusy } from '#platform'

test.group('A question whose cost its asker chooses', () => {
  test('is cut off when it takes too long, and leaves a connection that is as before', async ({ assert }) => {
    const slow = boundedQuestion(
      1,
      (limit) =>
        db.transaction(async (trx) => {
          await limit(trx)
          await trx.rawQuery('select pg_sleep(5)')
        }),
      { seconds: 0.1 }
    )
    const error = await slow.catch((failure) => failure)
    assert.instanceOf(error, TookTooLong)
    assert.equal(error.status, 503)
    const { rows } = await db.rawQuery('show statement_timeout')
    assert.equal(rows[0].statement_timeout, '0')
  })

  test('waits for no place: beyond a few of one workspace it is told to come again; others are answered', async ({
    assert,
  }) => {
    let finish = () => {}
    const busy = new Promise<void>((resolve) => (finish = resolve))
    const bound = { atOnce: 2 }
    const two = [boundedQuestion(1, () => busy, bound), boundedQuestion(1, () => busy, bound)]
    const third = await boundedQuestion(1, async () => 'answered', bound).catch((failure) => failure)
    assert.instanceOf(third, TooBusy)
    assert.equal(third.retryAfter, 2)
    assert.equal(await boundedQuestion(2, async () => 'answered', bound), 'answered')
    finish()
    await Promise.all(two)
    assert.equal(await boundedQuestion(1, async () => 'answered', bound), 'answered')
  })
})

test.group("A provider's events", () => {
  test('beyond a thousand a second for one workspace are asked for again later, before anything is read', async ({
    client,
    assert,
  }) => {
    const full = limiter.use('memory', { requests: 60_000, duration: '1 min' })
    await full.set('webhooks:flooded', 60_000, '1 min')
    const refused = await client.post('/webhooks/resend/flooded').json({})
    refused.assertStatus(429)
    assert.isAbove(Number(refused.header('retry-after')), 0)
    ;(await client.post('/webhooks/resend/another').json({})).assertStatus(400)
    await full.delete('webhooks:flooded')
  })
})
