/** A calendar rule as a form shows it, and back: the usual ones by choice, any other as it is written. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

export const kinds = ['daily', 'weekly', 'month_day', 'month_weekday', 'custom'] as const
export type Kind = (typeof kinds)[number]

export interface RuleForm {
  kind: Kind
  interval: number
  days: Weekday[]
  /** 1 to 31; -1 is the last day. */
  monthDay: number
  /** The first to fourth; -1 the last. */
  nth: number
  nthDay: Weekday
  ends: 'never' | 'count' | 'until'
  count: number
  /** `2026-12-31` */
  until: string
  custom: string
}

export const usualRule: RuleForm = {
  kind: 'weekly',
  interval: 1,
  days: ['MO'],
  monthDay: 1,
  nth: 1,
  nthDay: 'MO',
  ends: 'never',
  count: 10,
  until: '',
  custom: '',
}

export function toRule({ kind, interval, days, monthDay, nth, nthDay, ends, count, until, custom }: RuleForm): string {
  if (kind === 'custom') return custom.trim()
  const often = {
    daily: ['FREQ=DAILY'],
    weekly: ['FREQ=WEEKLY', `BYDAY=${weekdays.filter((day) => days.includes(day)).join(',')}`],
    month_day: ['FREQ=MONTHLY', `BYMONTHDAY=${monthDay}`],
    month_weekday: ['FREQ=MONTHLY', `BYDAY=${nth}${nthDay}`],
  }[kind]
  const end = { never: [], count: [`COUNT=${count}`], until: [`UNTIL=${until.replaceAll('-', '')}`] }[ends]
  return [...often, ...(interval > 1 ? [`INTERVAL=${interval}`] : []), ...end].join(';')
}

/** What the form cannot show stays a rule as it is written. */
export function fromRule(rule: string): RuleForm {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]))
  const until = parts.get('UNTIL')
  const shown: RuleForm = {
    ...usualRule,
    custom: rule,
    interval: Number(parts.get('INTERVAL') ?? 1),
    ends: parts.has('COUNT') ? 'count' : until ? 'until' : 'never',
    count: Number(parts.get('COUNT') ?? usualRule.count),
    until: until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}` : '',
    ...oftenOf(parts),
  }
  return sameParts(toRule(shown), rule) ? shown : { ...shown, kind: 'custom' }
}

function oftenOf(parts: Map<string, string>): Partial<RuleForm> {
  const [freq, byDay = '', byMonthDay] = ['FREQ', 'BYDAY', 'BYMONTHDAY'].map((name) => parts.get(name))
  if (freq === 'DAILY') return { kind: 'daily' }
  if (freq === 'WEEKLY') return { kind: 'weekly', days: byDay.split(',') as Weekday[] }
  if (byMonthDay) return { kind: 'month_day', monthDay: Number(byMonthDay) }
  return { kind: 'month_weekday', nth: Number.parseInt(byDay, 10), nthDay: byDay.slice(-2) as Weekday }
}

const sameParts = (one: string, other: string) => one.split(';').sort().join() === other.split(';').sort().join()
