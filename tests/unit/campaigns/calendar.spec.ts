import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { occurrencesAfter, readRule } from '#app/campaigns/recurring/calendar'

const vienna = { startsOn: '2026-01-01', time: '09:00', timezone: 'Europe/Vienna' }
const from = (moment: string) => DateTime.fromISO(moment, { zone: 'utc' })
const local = (moments: DateTime[]) => moments.map((moment) => moment.toFormat('ccc yyyy-MM-dd HH:mm ZZ'))

test.group('A calendar', () => {
  test('counts weekdays', ({ assert }) => {
    const calendar = { ...vienna, rule: 'FREQ=WEEKLY;BYDAY=MO,TH' }
    assert.deepEqual(local(occurrencesAfter(calendar, from('2026-11-17T00:00Z'), 3)), [
      'Thu 2026-11-19 09:00 +01:00',
      'Mon 2026-11-23 09:00 +01:00',
      'Thu 2026-11-26 09:00 +01:00',
    ])
  })

  test('counts every second week from its first day', ({ assert }) => {
    const calendar = { ...vienna, startsOn: '2026-11-02', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }
    assert.deepEqual(local(occurrencesAfter(calendar, from('2026-11-03T00:00Z'), 2)), [
      'Mon 2026-11-16 09:00 +01:00',
      'Mon 2026-11-30 09:00 +01:00',
    ])
  })

  test('knows the last Friday and the thirty-first', ({ assert }) => {
    const at = from('2026-01-05T00:00Z')
    assert.deepEqual(local(occurrencesAfter({ ...vienna, rule: 'FREQ=MONTHLY;BYDAY=-1FR' }, at, 2)), [
      'Fri 2026-01-30 09:00 +01:00',
      'Fri 2026-02-27 09:00 +01:00',
    ])
    assert.deepEqual(local(occurrencesAfter({ ...vienna, rule: 'FREQ=MONTHLY;BYMONTHDAY=31' }, at, 2)), [
      'Sat 2026-01-31 09:00 +01:00',
      'Tue 2026-03-31 09:00 +02:00',
    ])
  })

  test('keeps the hour when clocks change', ({ assert }) => {
    const days = occurrencesAfter({ ...vienna, rule: 'FREQ=DAILY' }, from('2026-10-24T00:00Z'), 3)
    assert.deepEqual(local(days), [
      'Sat 2026-10-24 09:00 +02:00',
      'Sun 2026-10-25 09:00 +01:00',
      'Mon 2026-10-26 09:00 +01:00',
    ])
  })

  test('does not lose the day on which its time is left out', ({ assert }) => {
    const calendar = { ...vienna, time: '02:30', rule: 'FREQ=DAILY' }
    assert.deepEqual(local(occurrencesAfter(calendar, from('2026-03-28T00:00Z'), 3)), [
      'Sat 2026-03-28 02:30 +01:00',
      'Sun 2026-03-29 03:30 +02:00',
      'Mon 2026-03-30 02:30 +02:00',
    ])
  })

  test('comes once on the day on which its time comes twice', ({ assert }) => {
    const calendar = { ...vienna, time: '02:30', rule: 'FREQ=DAILY' }
    const days = occurrencesAfter(calendar, from('2026-10-24T00:00Z'), 4)
    assert.deepEqual(local(days), [
      'Sat 2026-10-24 02:30 +02:00',
      'Sun 2026-10-25 02:30 +02:00',
      'Mon 2026-10-26 02:30 +01:00',
      'Tue 2026-10-27 02:30 +01:00',
    ])
    const [next] = occurrencesAfter(calendar, days[1], 1)
    assert.equal(next.toMillis(), days[2].toMillis())
  })

  test('ends by number and by day', ({ assert }) => {
    const at = from('2026-01-01T00:00Z')
    assert.lengthOf(occurrencesAfter({ ...vienna, rule: 'FREQ=DAILY;COUNT=3' }, at, 9), 3)
    assert.lengthOf(occurrencesAfter({ ...vienna, rule: 'FREQ=DAILY;UNTIL=20260105' }, at, 9), 5)
    assert.lengthOf(occurrencesAfter({ ...vienna, rule: 'FREQ=DAILY;COUNT=3' }, from('2027-01-01T00:00Z'), 9), 0)
  })

  test('leaves out what is skipped', ({ assert }) => {
    const calendar = { ...vienna, rule: 'FREQ=DAILY' }
    const [first, second] = occurrencesAfter(calendar, from('2026-05-01T12:00Z'), 2)
    const found = occurrencesAfter({ ...calendar, skipped: [first.toJSDate()] }, from('2026-05-01T12:00Z'), 1)
    assert.equal(found[0].toMillis(), second.toMillis())
  })

  for (const [rule, words] of [
    ['FREQ=HOURLY', /FREQ=HOURLY/],
    ['FREQ=DAILY;BYHOUR=3', /BYHOUR=3/],
    ['BYDAY=MO', /how often/],
    ['FREQ=DAILY;FREQ=WEEKLY', /once/],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', /exclude/],
    ['every monday', /EVERY MONDAY/],
  ] as const) {
    test(`refuses ${rule}`, ({ assert }) => {
      assert.throws(() => readRule(rule), words as never)
    })
  }

  test('reads a rule as calendars write it', ({ assert }) => {
    assert.equal(readRule(' rrule:FREQ=weekly;byday=mo '), 'FREQ=WEEKLY;BYDAY=MO')
  })
})
