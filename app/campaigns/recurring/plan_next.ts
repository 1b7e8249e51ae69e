import type { DateTime } from 'luxon'
import type { RecurringCampaign } from '../models/recurring_campaign.ts'
import { startOf } from '../schedule_campaign.ts'
import { occurrencesAfter } from './calendar.ts'

/** Sets what comes next after a moment, and when it is made; nothing while it does not run. With no occurrence left it has ended. */
export function planNext(recurring: RecurringCampaign, after: DateTime) {
  const [next] = recurring.state === 'active' ? occurrencesAfter(recurring.calendar, after, 1) : []
  if (recurring.state === 'active' && !next) recurring.state = 'ended'
  recurring.nextAt = next ?? null
  recurring.dueAt = next ? startsAt(recurring, next).minus({ hours: recurring.noticeHours }) : null
}

/** When the first reader gets it: earlier than its moment where it comes by each reader's own clock. */
export const startsAt = ({ atReadersTime, timezone }: RecurringCampaign, occursAt: DateTime): DateTime =>
  atReadersTime ? startOf(occursAt.setZone(timezone)) : occursAt
