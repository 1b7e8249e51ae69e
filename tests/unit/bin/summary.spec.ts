import { test } from '@japa/runner'
import { failuresOf } from '#tests/support/summary'

const says = (text: string) => [{ phase: 'test' as const, error: new Error(text) }]

test.group('The end of a run', () => {
  test('tells every failure with its place, whether of a test, a group or a suite', ({ assert }) => {
    const failures = failuresOf([
      {
        type: 'suite',
        name: 'integrity',
        errors: [{ phase: 'setup', error: new Error('no database') }],
        children: [
          {
            type: 'group',
            name: 'Campaigns under faults',
            errors: [],
            children: [{ type: 'test', title: 'everyone has one mail', errors: says('✘ 13252\n  ! two mails') }],
          },
          { type: 'test', title: 'alone', errors: says('of no group') },
        ],
      },
    ])
    assert.deepEqual(failures, [
      { where: 'integrity', message: 'no database', isTest: false },
      {
        where: 'integrity / Campaigns under faults / everyone has one mail',
        message: '✘ 13252\n  ! two mails',
        isTest: true,
      },
      { where: 'integrity / alone', message: 'of no group', isTest: true },
    ])
  })
})
