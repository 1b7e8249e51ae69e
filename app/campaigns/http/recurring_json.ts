import { DateTime } from 'luxon'
import type { RecurringCampaign, RecurringState } from '../models/recurring_campaign.ts'
import { occurrencesAfter } from '../recurring/calendar.ts'

const SHOWN = 5

const time = (moment: DateTime | null) => moment?.toUTC().toISO() ?? null

export interface RecurringJson {
  id: string
  name: string
  state: RecurringState
  rule: string
  starts_on: string
  local_time: string
  timezone: string
  at_readers_time: boolean
  over_hours: number | null
  notice_hours: number
  needs_approval: boolean
  feed: {
    url: string
    most: number
    title: string
    read_at: string | null
    failures: number
    error: string | null
  } | null
  /** The draft that each occurrence is a copy of. */
  campaign_id: string
  /** The next five, or what would be next if it were not paused. */
  next: { at: string; is_skipped: boolean }[]
  created_by: string
  updated_by: string
  created_at: string
  updated_at: string
}

export const recurringJson = (recurring: RecurringCampaign): RecurringJson => ({
  id: String(recurring.id),
  name: recurring.name,
  state: recurring.state as RecurringState,
  rule: recurring.rule,
  starts_on: recurring.startsOn.toISODate()!,
  local_time: recurring.localTime,
  timezone: recurring.timezone,
  at_readers_time: recurring.atReadersTime,
  over_hours: recurring.overHours,
  notice_hours: recurring.noticeHours,
  needs_approval: recurring.needsApproval,
  feed:
    recurring.feedUrl === null
      ? null
      : {
          url: recurring.feedUrl,
          most: recurring.feedMost,
          title: recurring.feed?.title ?? '',
          read_at: time(recurring.feedReadAt),
          failures: recurring.feedFailures,
          error: recurring.feedError,
        },
  campaign_id: String(recurring.modelId),
  next: nextOf(recurring),
  created_by: recurring.createdBy,
  updated_by: recurring.updatedBy,
  created_at: time(recurring.createdAt)!,
  updated_at: time(recurring.updatedAt)!,
})

function nextOf({ calendar, state }: RecurringCampaign): RecurringJson['next'] {
  if (state === 'ended') return []
  const skipped = new Set(calendar.skipped!.map((moment) => moment.getTime()))
  return occurrencesAfter({ ...calendar, skipped: [] }, DateTime.utc(), SHOWN).map((moment) => ({
    at: time(moment)!,
    is_skipped: skipped.has(moment.toMillis()),
  }))
}
