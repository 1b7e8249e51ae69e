import { getActiveTestOrFail, test } from '@japa/runner'
import { Resend } from 'resend'
import { mail, mails, standInWith } from './support.js'

test.group('Stand-in | sending', () => {
  test('a mail is kept with all that it says', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const html = `<p>Brötchen für “Ada” — ${'x'.repeat(20_000)}</p>`
    const tags = [{ name: 'c', value: 'friday' }]
    const headers = { 'List-Unsubscribe': '<https://bakery.test/u/1>' }
    const { data } = await resend.emails.send(mail({ html, tags, headers, subject: 'Brötchen — am Freitag' }))
    const { data: found } = await resend.emails.get(data!.id)
    assert.containSubset(found, {
      html,
      tags,
      subject: 'Brötchen — am Freitag',
      to: ['ada@people.test'],
    })
    const [kept] = await standIn.mails({ to: 'ada@people.test', tags: { c: 'friday' } })
    assert.containSubset(kept, { id: data!.id, html, headers, tags: { c: 'friday' } })
  })

  test('the base URL can come from the environment', async ({ assert }) => {
    const { standIn } = await standInWith()
    const before = process.env.RESEND_BASE_URL
    getActiveTestOrFail().cleanup(() => {
      if (before === undefined) delete process.env.RESEND_BASE_URL
      else process.env.RESEND_BASE_URL = before
    })
    process.env.RESEND_BASE_URL = standIn.url
    const { data } = await new Resend('re_bakery').emails.send(mail())
    assert.isString(data?.id)
  })

  test('a batch is answered with ids in its own order', async ({ assert }) => {
    const { resend } = await standInWith()
    const { data } = await resend.batch.send(mails(100))
    assert.lengthOf(data!.data, 100)
    const { data: last } = await resend.emails.get(data!.data[99].id)
    assert.deepEqual(last!.to, ['p99@people.test'])
  })

  test('a batch of 101 mails is refused', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const { error } = await resend.batch.send(mails(101))
    assert.containSubset(error, { statusCode: 422, name: 'validation_error' })
    assert.equal(standIn.stats().accepted, 0)
  })

  test('a strict batch with one bad mail is refused whole and does not say which', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const { error } = await resend.batch.send([mail(), mail({ to: 'nobody' })])
    assert.equal(error!.statusCode, 422)
    assert.notProperty(error, 'index')
    assert.equal(standIn.stats().accepted, 0)
  })

  test('a permissive batch accepts the good mails and lists the bad ones', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const batch = [mail(), mail({ to: 'nobody' }), mail({ to: 'ben@people.test' })]
    const { data } = await resend.batch.send(batch, { batchValidation: 'permissive' })
    assert.lengthOf(data!.data, 2)
    assert.deepEqual(
      data!.errors.map(({ index }) => index),
      [1]
    )
    const [, ben] = await standIn.mails()
    assert.deepEqual([ben.id, ben.to], [data!.data[1].id, ['ben@people.test']])
  })

  test('a mail that breaks a rule is refused by its name: {why}')
    .with([
      {
        why: 'no subject',
        change: { subject: undefined },
        status: 422,
        name: 'missing_required_field',
      },
      {
        why: 'no content',
        change: { html: undefined, text: undefined },
        status: 422,
        name: 'missing_required_field',
      },
      {
        why: 'a broken sender',
        change: { from: 'bakery' },
        status: 422,
        name: 'invalid_from_address',
      },
      {
        why: 'example.com',
        change: { to: 'ada@example.com' },
        status: 422,
        name: 'validation_error',
      },
      { why: 'test.com', change: { to: 'ada@test.com' }, status: 422, name: 'validation_error' },
      {
        why: '51 recipients',
        change: { to: Array(51).fill('ada@people.test') },
        status: 422,
        name: 'validation_error',
      },
      {
        why: 'a tag with a space',
        change: { tags: [{ name: 'c', value: 'no spaces' }] },
        status: 422,
        name: 'validation_error',
      },
      {
        why: 'too far ahead',
        change: { scheduledAt: 'in 31 days' },
        status: 422,
        name: 'validation_error',
      },
      {
        why: 'the sandbox sender',
        change: { from: 'onboarding@resend.dev' },
        status: 403,
        name: 'validation_error',
      },
    ])
    .run(async ({ assert }, { change, status, name }) => {
      const { resend } = await standInWith()
      const { data, error } = await resend.emails.send(mail(change))
      assert.isNull(data)
      assert.containSubset(error, { statusCode: status, name })
    })

  test('mails are listed newest first and page by page', async ({ assert }) => {
    const { resend } = await standInWith()
    const { data: sent } = await resend.batch.send(mails(5))
    const ids = sent!.data.map(({ id }) => id).reverse()
    const { data: first } = await resend.emails.list({ limit: 2 })
    const { data: rest } = await resend.emails.list({ limit: 3, after: ids[1] })
    const { data: back } = await resend.emails.list({ limit: 2, before: ids[2] })
    assert.deepEqual(
      first!.data.map(({ id }) => id),
      ids.slice(0, 2)
    )
    assert.deepEqual(
      rest!.data.map(({ id }) => id),
      ids.slice(2)
    )
    assert.deepEqual(
      back!.data.map(({ id }) => id),
      ids.slice(0, 2)
    )
    assert.deepEqual([first!.has_more, rest!.has_more], [true, false])
  })

  test('a scheduled mail can be moved and cancelled, and then moved no more', async ({ assert }) => {
    const { resend } = await standInWith()
    const { data } = await resend.emails.send(mail({ scheduledAt: 'in 1 hour' }))
    const later = new Date(Date.now() + 7_200_000).toISOString()
    assert.isNull((await resend.emails.update({ id: data!.id, scheduledAt: later })).error)
    const { data: found } = await resend.emails.get(data!.id)
    assert.containSubset(found, { last_event: 'scheduled', scheduled_at: later })
    assert.isNull((await resend.emails.cancel(data!.id)).error)
    assert.equal((await resend.emails.update({ id: data!.id, scheduledAt: later })).error!.statusCode, 422)
  })

  test('a scheduled mail leaves when the clock gets there', async ({ assert }) => {
    const { standIn, resend } = await standInWith()
    const { data } = await resend.emails.send(mail({ scheduledAt: 'in 1 hour' }))
    standIn.advance(3_600_000)
    await standIn.flush()
    assert.equal((await resend.emails.get(data!.id)).data!.last_event, 'delivered')
  })
})
