import { test } from '@japa/runner'
import { readdirSync, readFileSync } from 'node:fs'
import { classifyBounce } from '#app/delivery/feedback/bounces/classify_bounce'
import { markedMailIn, markOf, markOfTags, tagsOfMark } from '#app/delivery/feedback/bounces/mail_mark'
import { readReport } from '#app/delivery/feedback/bounces/read_report'

const folder = new URL('../../../corpora/bounces/mails/', import.meta.url)
const mail = { workspaceId: 7, campaignId: 1_763_000_000_042, contactId: 987_654_321 }
const mails = readdirSync(folder).map((name) => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }))
const read = (source: string, mark = markOf(mail)) => readReport(Buffer.from(source.replaceAll('{{MARK}}', mark)))

/** The corpus names its mails by what they are: a class of bounce, else what they tell. */
async function sorted(source: string) {
  const { kind, status, text } = await read(source)
  return kind === 'bounced' ? classifyBounce({ status, text }).class : kind
}

test.group('A mail in the bounce mailbox', () => {
  test('all 62 of the corpus are taken for what they are', async ({ assert }) => {
    assert.lengthOf(mails, 62)
    const wrong: string[] = []
    for (const { name, source } of mails) {
      const got = await sorted(source)
      if (got !== name.split('-')[0]) wrong.push(`${name}: ${got}`)
    }
    assert.deepEqual(wrong, [])
  })

  test('each report names the mail that it is about', async ({ assert }) => {
    const lost: string[] = []
    for (const { name, source } of mails.filter((one) => !one.name.startsWith('other'))) {
      const found = await read(source)
      if (JSON.stringify(found.mail) !== JSON.stringify(mail)) lost.push(name)
    }
    assert.deepEqual(lost, [])
  })

  test('a report with a mark that is not ours names none', async ({ assert }) => {
    const real = markOf(mail)
    const other = real.slice(0, -1) + (real.endsWith('0') ? '1' : '0')
    for (const { source } of mails) assert.isNull((await read(source, other)).mail)
  })

  test('the mark survives capitals, and a mailbox that knows no plus', async ({ assert }) => {
    assert.deepEqual(markedMailIn(`To: <BOUNCES+${markOf(mail).toUpperCase()}@BAKERY.TEST>`), mail)
    const source = mails.find(({ name }) => name === 'hard-postfix.eml')!.source
    assert.deepEqual((await read(source.replaceAll('bounces+{{MARK}}', 'bounces'))).mail, mail)
  })

  test('is about any size and depth without harm', async ({ assert }) => {
    const deep = Array.from(
      { length: 200 },
      (_, no) => `Content-Type: multipart/mixed; boundary=b${no}\r\n\r\n--b${no}\r\n`
    )
    assert.equal((await readReport(Buffer.from(deep.join('')))).kind, 'other')
    assert.equal((await readReport(Buffer.alloc(0))).kind, 'other')
    assert.equal((await readReport(Buffer.from('\u0000\u0001\u0002'))).kind, 'other')
    const before = process.cpuUsage()
    await readReport(
      Buffer.from(`Return-Path: <>\r\nSubject: failure notice\r\n\r\n${'a@b.c deliver '.repeat(20_000)}`)
    )
    const { user, system } = process.cpuUsage(before)
    assert.isBelow((user + system) / 1_000, 1_000, 'in ms of the processor')
  })
})

test.group('The mark of a mail', () => {
  test('fits beside a name before the @', ({ assert }) => {
    const longest = { workspaceId: 2 ** 31, campaignId: 2 ** 45, contactId: 2 ** 45 }
    assert.match(markOf(longest), /^b1[0-9a-z]+$/)
    assert.isAtMost(`bounces+${markOf(longest)}`.length, 64)
    assert.deepEqual(markedMailIn(markOf(longest)), longest)
  })

  test('is for mails of campaigns and service mails, and for no other', ({ assert }) => {
    const service = { workspaceId: 3, serviceMessageId: 12 }
    assert.deepEqual(markedMailIn(markOf(service)), service)
    assert.deepEqual(markedMailIn(markOfTags(tagsOfMark(service))!), service)
    assert.deepEqual(markedMailIn(markOfTags(tagsOfMark(mail))!), mail)
    assert.isNull(markOfTags({ w: '3', k: 'system' }))
  })

  test('whoever writes to the mailbox cannot keep the worker busy with it', async ({ assert }) => {
    const head = 'From: mailer-daemon@mx.test\r\nSubject: Undeliverable\r\n'
    const SIZE = 256 * 1024
    const tiring = {
      'empty lines': `${head}\r\n${'\n'.repeat(SIZE)}`,
      'a long rule': `${head}\r\n${'-'.repeat(SIZE)}`,
      'a wall of quotes': `${head}\r\n${'>\n'.repeat(SIZE / 2)}`,
      'parts without end': `${head}Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\n\r\n'.repeat(SIZE / 7)}`,
      'letters of HTML without end': `${head}Content-Type: text/html\r\n\r\n${'<div><table><tr><td>&nbsp;'.repeat(SIZE / 25)}`,
      'a report in a report': `${head}Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: multipart/report; boundary=a\r\n\r\n'.repeat(SIZE / 90)}`,
      'thousands of recipients': `${head}Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n\r\n${'deliver '.repeat(2_000)}\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\n${'Action: failed\r\n\r\n'.repeat(SIZE / 18)}`,
      'sentences of one word': `${head}\r\n${'a. '.repeat(SIZE / 3)}`,
      'what looks like marks': `${head}\r\n${`b1${'a'.repeat(70)} `.repeat(SIZE / 73)}`,
    }
    await readReport(Buffer.from(head))
    for (const [what, source] of Object.entries(tiring)) {
      const before = process.cpuUsage()
      await readReport(Buffer.from(source).subarray(0, SIZE))
      const { user, system } = process.cpuUsage(before)
      assert.isBelow((user + system) / 1_000, 1_200, `${what}, in ms of the processor`)
    }
  })

  test('words end with a whole sign, so that they can be kept', async ({ assert }) => {
    const letter = (words: string) => `From: mailer-daemon@mx.test\r\nSubject: Undeliverable\r\n\r\n${words}\r\n`
    const { text } = await readReport(Buffer.from(letter(`550 ${'x'.repeat(1_495)}📮📮`)))
    assert.isTrue(text!.isWellFormed())
    assert.lengthOf(text!, 1_499)
  })
})
