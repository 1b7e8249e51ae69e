import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { databaseNow } from '#platform'
import type { RecurringCampaign } from '../models/recurring_campaign.ts'
import { startOf } from '../schedule_campaign.ts'
import { occurrencesAfter } from './calendar.ts'

/** Sets what comes next after a moment, and when it is made; nothing while it does not run. With no occurrence left it has ended. */
export function planNext(recurring: RecurringCampaign, after: DateTime) {
  const [next] = recurring.state === 'active' ? occurrencesAfter(recurring.calendar, after, 1) : []
  if (recurring.state === 'active' && !next) recurring.state = 'ended'
  recurring.nextAt = next ?? null
  recurring.dueAt = next ? firstHour(recurring, next).minus({ hours: recurring.noticeHours }) : null
}

/**
 * The same when a person has changed something: it is not late then, though the time for notice, or the first readers' hour, is
 * over; and a day for which a campaign was made already gets no second one, unless that was deleted or unscheduled.
 */
export async function planFromNow(recurring: RecurringCampaign, trx: TransactionClientContract) {
  const now = await databaseNow(trx)
  const made = await lastMade(recurring, { now, trx })
  planNext(recurring, made ? made.setZone(recurring.timezone).endOf('day') : now)
  if (recurring.dueAt) recurring.dueAt = DateTime.max(recurring.dueAt, now)
}

async function lastMade(
  { workspaceId, id }: RecurringCampaign,
  { now, trx }: { now: DateTime; trx: TransactionClientContract }
): Promise<DateTime | null> {
  const { rows } = await trx.rawQuery(
    `select max(o.occurs_at) as at from recurring_occurrences o
     join campaigns c on c.workspace_id = o.workspace_id and c.id = o.campaign_id
     where o.workspace_id = ? and o.recurring_id = ? and o.occurs_at > ? and c.deleted_at is null
       and (c.status <> 'draft' or o.outcome = 'waits')`,
    [workspaceId, id, now.toJSDate()] as any[]
  )
  return rows[0].at && DateTime.fromJSDate(rows[0].at)
}

/** When the first reader gets the next one. @see planFromNow for why that can be later than their hour */
export const startsAt = (recurring: RecurringCampaign, occursAt: DateTime): DateTime => {
  const first = firstHour(recurring, occursAt)
  return recurring.dueAt && recurring.nextAt?.toMillis() === occursAt.toMillis()
    ? DateTime.max(first, recurring.dueAt)
    : first
}

/** Earlier than its moment where it comes by each reader's own clock. */
export const firstHour = ({ atReadersTime, timezone }: RecurringCampaign, occursAt: DateTime): DateTime =>
  atReadersTime ? startOf(occursAt.setZone(timezone)) : occursAt
