import { test } from '@japa/runner'
import { batchBody, recycle } from '../../../app/channels/email/batch_body.ts'
import type { OutgoingMail } from '#channels'
import { Interpolated } from '#platform'

const strings = ['<p>Hello "', '" \\ – 東京 😀\n', '</p>\u2028', '']

const mail = (no: number, values: string[], changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: '"Blue Door Bakery" <news@bakery.test>',
  to: `p${no}@people.test`,
  subject: `Fresh “bread” ${no}`,
  html: new Interpolated(strings, values),
  text: 'Fresh\n"bread"',
  headers: { 'List-Unsubscribe': '<https://bakery.test/u/abc>' },
  tags: { w: '1', m: String(no) },
  ...changes,
})

test.group('The body of a batch', () => {
  test('says what JSON.stringify would say of the same mails', ({ assert }) => {
    const mails = [
      mail(1, ['Ada "of" the mill', '', '\u0000\ud83d"']),
      mail(2, ['Zoë', 'ß'.repeat(200_000), '😀'], {
        replyTo: 'hello@bakery.test',
        text: new Interpolated(['t', '!'], ['"']),
      }),
      mail(3, ['', '', ''], { html: 'plain </script>', tags: {} }),
    ]
    const parsed = JSON.parse(batchBody(mails).toString())
    const expected = mails.map(({ replyTo, html, text, tags, ...rest }) => ({
      ...rest,
      ...(replyTo ? { reply_to: replyTo } : {}),
      html: String(html),
      text: String(text),
      tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    }))
    assert.deepEqual(parsed, JSON.parse(JSON.stringify(expected)))
  })

  test('is the same each time, also when it outgrows its buffer', ({ assert }) => {
    const mails = Array.from({ length: 100 }, (_, no) => mail(no, ['x'.repeat(no * 200), 'y', 'z']))
    const once = batchBody(mails)
    assert.isTrue(once.equals(batchBody(mails)))
    assert.lengthOf(JSON.parse(once.toString()), 100)
    assert.deepEqual(JSON.parse(batchBody([]).toString()), [])
  })

  test('may be written over the bytes of one that has left', ({ assert }) => {
    const first = batchBody([mail(1, ['a', 'b', 'c'.repeat(1_000)])])
    recycle(first)
    const second = batchBody([mail(2, ['x', 'y', 'z'])])
    assert.strictEqual(second.buffer, first.buffer)
    assert.equal(JSON.parse(second.toString())[0].to, 'p2@people.test')
    const third = batchBody([mail(3, ['x', 'y', 'z'])])
    assert.notStrictEqual(third.buffer, second.buffer)
  })
})
