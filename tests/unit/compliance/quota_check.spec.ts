import { test } from '@japa/runner'
import { quotaCheck } from '#app/compliance/quota_check'

const resetsAt = new Date('2026-12-01T00:00:00Z')

/** What the check says of so many people, with so many mails left a month and a day. */
function check({ people, monthly, daily = null, isReal = true }: any) {
  const of = (left: number | null) => ({ used: 0, limit: left, left, resetsAt })
  return quotaCheck({
    workspace: { timezone: 'UTC' },
    audience: { mailable: people },
    isReal,
    quota: { daily: of(daily), monthly: of(monthly), isTold: true, waiting: 0, asOf: resetsAt },
  } as any)[0]
}

test.group('The check of the quota', () => {
  test('blocks on the free plan what the month has no room for', ({ assert }) => {
    const found = check({ people: 3_400, monthly: 1_200, daily: 100 })
    assert.containsSubset(found, { level: 'block', field: 'audience' })
    assert.equal(found.message, 'You may send 1,200 more until 1 December; this campaign needs 3,400.')
  })

  test('only warns on a paid plan, which may go beyond its quota at a price', ({ assert }) => {
    const found = check({ people: 3_400, monthly: 1_200 })
    assert.equal(found.level, 'warn')
    assert.match(found.fix!, /^Unless your plan goes beyond its quota, the sending stops with 2,200 still waiting/)
  })

  test('only warns of a day, since the others follow by themselves', ({ assert }) => {
    const found = check({ people: 340, monthly: 1_200, daily: 100 })
    assert.equal(found.level, 'warn')
    assert.equal(found.message, 'You may send 100 more until 1 December, 00:00 UTC; this campaign needs 340.')
  })

  test('names the tighter one when there is room', ({ assert }) => {
    assert.match(check({ people: 50, monthly: 1_200, daily: 100 }).message, /^You may send 100 more/)
    assert.equal(check({ people: 50, monthly: null }).message, 'The account has no quota.')
  })
})
