import type { Recurring } from './recurring'
import { fromRule, toRule, usualRule, type RuleForm } from './rule'

/** Items of a feed in one mail, unless it is said otherwise. */
const MOST = 10

export interface CalendarForm extends RuleForm {
  name: string
  local_time: string
  starts_on: string
  at_readers_time: boolean
  notice_hours: number
  needs_approval: boolean
  feed_url: string
  feed_most: number
}

export const formOf = (recurring: Recurring): CalendarForm => ({
  ...fromRule(recurring.rule),
  name: recurring.name,
  local_time: recurring.local_time,
  starts_on: recurring.starts_on,
  at_readers_time: recurring.at_readers_time,
  notice_hours: recurring.notice_hours,
  needs_approval: recurring.needs_approval,
  feed_url: recurring.feed?.url ?? '',
  feed_most: recurring.feed?.most ?? MOST,
})

export const newForm = (timeZone: string): CalendarForm => ({
  ...usualRule,
  name: '',
  local_time: '09:00',
  starts_on: new Date().toLocaleString('sv-SE', { timeZone }).slice(0, 10),
  at_readers_time: false,
  notice_hours: 0,
  needs_approval: false,
  feed_url: '',
  feed_most: MOST,
})

/** What the API takes. */
export const wishOf = (form: CalendarForm) => ({
  name: form.name,
  rule: toRule(form),
  local_time: form.local_time,
  starts_on: form.starts_on,
  at_readers_time: form.at_readers_time,
  notice_hours: form.notice_hours ?? 0,
  needs_approval: form.needs_approval,
  feed: form.feed_url.trim() ? { url: form.feed_url.trim(), most: form.feed_most ?? MOST } : null,
})
