import { useCallback } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { fromRule, weekdays, type Weekday } from './rule'

/** A Monday: days of the week are written in the reader's language. */
const MONDAY = Date.UTC(2024, 0, 1)

export function useDayName() {
  const format = useFormatter()
  return useCallback(
    (day: Weekday) =>
      format.dateTime(new Date(MONDAY + weekdays.indexOf(day) * 86_400_000), { weekday: 'long', timeZone: 'UTC' }),
    [format]
  )
}

/** "Every Monday and Thursday at 09:00": a rule as a sentence; an unusual one as it is written. */
export function useRuleWords() {
  const t = useTranslations('recurring.words')
  const format = useFormatter()
  const dayName = useDayName()
  return ({ rule, local_time: time }: { rule: string; local_time: string }) => {
    const { kind, interval, days, monthDay, nth, nthDay } = fromRule(rule)
    if (kind === 'custom') return t('custom', { rule, time })
    return t(kind, {
      interval,
      time,
      days: format.list(days.map(dayName), { type: 'conjunction' }),
      monthDay,
      nth: String(nth),
      day: dayName(nthDay),
    })
  }
}
