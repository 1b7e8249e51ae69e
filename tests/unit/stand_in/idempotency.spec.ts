import { test } from '@japa/runner'
import { Resend } from 'resend'
import { mail, mails, standInWith } from './support.js'

const DAY = 24 * 60 * 60 * 1_000

test.group('Stand-in | idempotency', () => {
  test('the same key and payload get the first answer again, and nothing new is sent', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const first = await resend.batch.send(mails(3), { idempotencyKey: 'c/1/1' })
    const again = await resend.batch.send(mails(3), { idempotencyKey: 'c/1/1' })
    assert.deepEqual(again.data, first.data)
    assert.containSubset(standIn.stats(), { accepted: 3, replays: 1 })
  })

  test('the same key with another payload is a conflict', async ({ assert }) => {
    const { resend } = await standInWith()
    await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    const { error } = await resend.emails.send(mail({ subject: 'Other' }), {
      idempotencyKey: 'c/1/1',
    })
    assert.containSubset(error, { statusCode: 409, name: 'invalid_idempotent_request' })
  })

  test('the same key while the first is still running is a conflict that can be retried', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    standIn.chaos([{ effect: 'latency', ms: 500, times: 1 }])
    const slow = resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    while (standIn.stats().calls === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    const { error } = await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    assert.containSubset(error, { statusCode: 409, name: 'concurrent_idempotent_requests' })
    const { data } = await slow
    assert.deepEqual((await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })).data, data)
    assert.equal(standIn.stats().accepted, 1)
  })

  test('a key of 257 characters is refused', async ({ assert }) => {
    const { resend } = await standInWith()
    const { error } = await resend.emails.send(mail(), { idempotencyKey: 'k'.repeat(257) })
    assert.containSubset(error, { statusCode: 400, name: 'invalid_idempotency_key' })
  })

  test('a refusal is not remembered', async ({ assert }) => {
    const { resend } = await standInWith()
    await resend.emails.send(mail({ to: 'nobody' }), { idempotencyKey: 'c/1/1' })
    const { error } = await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    assert.isNull(error)
  })

  test('another API key has keys of its own', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    const other = new Resend('re_other', { baseUrl: standIn.url })
    await other.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    assert.equal(standIn.stats().accepted, 2)
  })

  test('after 24 hours the same key sends again', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    standIn.advance(DAY - 60_000)
    await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    assert.equal(standIn.stats().accepted, 1)
    standIn.advance(60_000)
    await resend.emails.send(mail(), { idempotencyKey: 'c/1/1' })
    assert.equal(standIn.stats().accepted, 2)
  })
})
