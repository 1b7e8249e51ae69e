import { test } from '@japa/runner'
import { readFileSync } from 'node:fs'
import { classifyBounce, replyCodeIn, statusIn, withoutAddresses } from '#app/delivery/feedback/bounces/classify_bounce'
import { bounceClasses, type Verdict } from '#app/delivery/feedback/bounces/bounce_class'
import { textRules } from '#app/delivery/feedback/bounces/text_rules'

const answers = readFileSync(new URL('../../../corpora/bounces/answers.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [expected, server, ...words] = line.split('|')
    return { expected, server, text: words.join('|') }
  })

const hard: Verdict = { class: 'hard', rule: 'told', sentence: 'Told.' }

test.group('What a server’s answer means', () => {
  test('the corpus of 260 answers is sorted as expected', ({ assert }) => {
    assert.lengthOf(answers, 260)
    const wrong = answers
      .map((one) => ({ ...one, got: classifyBounce({ text: one.text }) }))
      .filter(({ expected, got }) => got.class !== expected)
      .map(({ expected, got, server, text }) => `${expected} ≠ ${got.class} (${got.rule}) ${server}: ${text}`)
    assert.deepEqual(wrong, [])
  })

  test('the corpus has every class, and every rule a name of its own', ({ assert }) => {
    assert.sameMembers([...new Set(answers.map(({ expected }) => expected))], [...bounceClasses])
    assert.lengthOf([...new Set(textRules.map(({ name }) => name))], textRules.length)
  })

  test('words say more than codes, codes more than the provider, it more than a bare number', ({ assert }) => {
    assert.equal(classifyBounce({ status: '5.7.1', text: 'No such user' }).class, 'hard')
    assert.equal(classifyBounce({ status: '5.7.1', text: 'Rejected', told: hard }).class, 'block')
    assert.equal(classifyBounce({ status: '5.0.0', text: 'Rejected', told: hard }).rule, 'told')
    assert.equal(classifyBounce({ code: 550, text: 'Rejected' }).class, 'unknown')
    assert.equal(classifyBounce({}).class, 'unknown')
  })

  test('what is temporary is no proof that an address does not exist', ({ assert }) => {
    assert.equal(classifyBounce({ text: '450 4.1.1 User unknown' }).class, 'soft')
    assert.equal(classifyBounce({ code: 450, text: 'User unknown' }).class, 'soft')
    assert.equal(classifyBounce({ status: '4.1.1' }).class, 'soft')
    assert.equal(classifyBounce({ status: '5.1.1' }).class, 'hard')
    assert.equal(classifyBounce({ status: '5.7.134' }).rule, 'status_recipient_restricted')
  })

  test('a name that does not exist is the sender’s when the code says so', ({ assert }) => {
    assert.equal(classifyBounce({ status: '5.1.7', text: '550 No such domain bakery.test' }).class, 'block')
    assert.equal(classifyBounce({ status: '5.1.2', text: '550 No such domain corp.test' }).class, 'hard')
  })

  test('the enhanced code of the report stands when it says anything', ({ assert }) => {
    assert.equal(classifyBounce({ status: '5.0.0', text: 'smtp; 550 5.1.1 Sorry' }).class, 'hard')
    assert.equal(classifyBounce({ status: '5.2.2', text: 'smtp; 550 Sorry' }).class, 'soft')
  })

  test('codes are found where servers write them', ({ assert }) => {
    assert.equal(statusIn('550 5.1.1 gone'), '5.1.1')
    assert.equal(statusIn('Sorry, no mailbox here by that name. (#5.1.1)'), '5.1.1')
    assert.isNull(statusIn('from 192.5.1.1 and 5.1.1.9'))
    assert.equal(replyCodeIn('smtp; 550 gone'), 550)
    assert.equal(replyCodeIn('host mx.corp.test[192.0.2.9] said: 452 later'), 452)
    assert.isNull(replyCodeIn('after 550 days'))
  })

  test('an address neither decides nor is kept', ({ assert }) => {
    assert.equal(classifyBounce({ text: '550 <spam.quota.full@corp.test> refuses' }).class, 'unknown')
    assert.equal(withoutAddresses('550 <eve@corp.test>: no; "x y"@corp.test'), '550 ‹address›: no; ‹address›')
  })

  test('hostile text takes no time', ({ assert }) => {
    const text = `550 ${'mailbox account user '.repeat(5_000)}${'a@'.repeat(5_000)}`
    const before = process.threadCpuUsage()
    classifyBounce({ text })
    const { user, system } = process.threadCpuUsage(before)
    assert.isBelow((user + system) / 1_000, 200, 'in ms of the processor')
  })
})
