import { test } from '@japa/runner'
import { failureForLog, withoutData } from '#platform'

test.group('Failures in the log', () => {
  test('keep what and where, and lose addresses, tokens and rows', ({ assert }) => {
    const error = Object.assign(new Error('insert failed for ada@example.com with asn_MQ.c2VjcmV0'), {
      code: '23505',
      table: 'users',
      detail: 'Key (email)=(ada@example.com) already exists.',
      sql: 'insert into users …',
    })
    const kept = failureForLog(error)
    assert.include(kept, { type: 'Error', code: '23505', table: 'users' })
    assert.equal(kept.message, 'insert failed for [address] with [token]')
    assert.notInclude(JSON.stringify(kept), 'ada@')
    assert.include(JSON.stringify(kept), 'failure_for_log.spec')
  })

  test('also when an address is part of a path, or nothing but a word was thrown', ({ assert }) => {
    assert.equal(withoutData('GET /contacts/by-email/ada%40example.com failed'), 'GET [address] failed')
    assert.deepEqual(failureForLog('bread burnt'), { type: 'string', message: 'bread burnt' })
  })
})
