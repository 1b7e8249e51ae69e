import { DateTime } from 'luxon'
import { RRuleTemporal } from 'rrule-temporal'
import { InvalidRecurring } from '../errors.ts'

export interface Calendar {
  /** Parts of an RRULE (RFC 5545 §3.3.10): `FREQ=WEEKLY;BYDAY=MO,TH`. */
  rule: string
  /** `2026-12-01`, the first day that may be one. */
  startsOn: string
  /** `09:00` on the clocks of the zone. */
  time: string
  timezone: string
  skipped?: Date[]
}

const DAY = '(MO|TU|WE|TH|FR|SA|SU)'
const list = (one: string) => new RegExp(`^${one}(,${one})*$`)
/** What a rule may say. The time of day is not its business, and nothing comes more often than once a day. */
const PARTS: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d?$/,
  BYDAY: list(`([+-]?[1-5])?${DAY}`),
  BYMONTHDAY: list('-?([1-9]|[12]\\d|3[01])'),
  BYMONTH: list('([1-9]|1[0-2])'),
  BYSETPOS: list('-?[1-5]'),
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{8}$/,
  WKST: new RegExp(`^${DAY}$`),
}

/**
 * A rule as it is kept: upper case, without its name.
 *
 * @throws InvalidRecurring, naming the part
 */
export function readRule(written: string): string {
  const rule = written
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
  const parts = rule.split(';').map((part) => part.split('='))
  const names = parts.map(([name]) => name)
  const wrong = parts.find(([name, value = '']) => !PARTS[name]?.test(value))
  if (wrong) {
    throw invalid(
      `“${wrong.join('=').slice(0, 60)}” cannot be read. A rule is made of FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, COUNT (to 999), UNTIL (20261231) and WKST.`
    )
  }
  if (new Set(names).size < names.length) throw invalid('Each part of a rule can stand in it once.')
  if (!names.includes('FREQ')) throw invalid('A rule says how often: FREQ=WEEKLY, for example.')
  if (names.includes('COUNT') && names.includes('UNTIL'))
    throw invalid('COUNT and UNTIL exclude each other (RFC 5545).')
  return rule
}

const invalid = (message: string) => new InvalidRecurring(message, { field: 'rule' })

/**
 * The next occurrences after a moment, soonest first, at most so many; fewer when the rule ends. The rule is counted in
 * days of the calendar; the clock comes last. So a time that a change of clocks leaves out is the one as much later, and
 * of one that comes twice the first counts (RFC 5545 §3.3.5): no occurrence is lost, none comes twice.
 */
export function occurrencesAfter(calendar: Calendar, after: DateTime, most: number): DateTime[] {
  const { rule, startsOn, time, timezone, skipped = [] } = calendar
  const start = `${startsOn}T${time}`.replace(/[-:]/g, '')
  const days = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${start}00\nRRULE:${rule}` })
  const isSkipped = new Set(skipped.map((moment) => moment.getTime()))
  const found: DateTime[] = []
  // by the clock on the wall, and a day earlier: changes of clocks and of zones move a moment by less
  let wall = after.setZone(timezone).setZone('utc', { keepLocalTime: true }).minus({ days: 1 }).toJSDate()
  while (found.length < most) {
    const next = nextDay(days, wall)
    if (!next) break
    wall = new Date(next.epochMilliseconds)
    const moment = onTheClock(wall, timezone)
    if (moment > after && !isSkipped.has(moment.toMillis())) found.push(moment)
  }
  return found
}

/** Null when there is none, also when the library gives up after ten thousand periods without one (30 February). */
function nextDay(days: RRuleTemporal, after: Date) {
  try {
    return days.next(after)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Maximum iterations')) return null
    throw error
  }
}

function onTheClock(wall: Date, timezone: string): DateTime {
  const moment = DateTime.fromJSDate(wall, { zone: 'utc' }).setZone(timezone, { keepLocalTime: true })
  return DateTime.min(...moment.getPossibleOffsets()) ?? moment
}
