import type { DateTime } from 'luxon'
import type { Answers, Reconfirmation } from '#consent'

const time = (moment: DateTime | null) => moment?.toUTC().toISO() ?? null
const idOf = (id: number | null) => (id === null ? null : String(id))

/** A re-confirmation as API.md shows it, with its account. */
export const reconfirmationJson = (
  asks: Reconfirmation,
  { answers, topicName, campaignStatus }: { answers: Answers; topicName: string; campaignStatus: string | null }
) => ({
  id: String(asks.id),
  kind: asks.kind,
  state: asks.state,
  topic_id: String(asks.topicId),
  topic_name: topicName,
  segment_id: idOf(asks.segmentId),
  silence: asks.silence,
  answer_days: asks.answerDays,
  remind_after_days: asks.remindAfterDays,
  wording: { id: String(asks.wordingId), version: asks.wordingVersion },
  wordings: Object.fromEntries(
    Object.entries(asks.wordings).map(([language, { id, version }]) => [language, { id: String(id), version }])
  ),
  campaign_id: idOf(asks.campaignId),
  campaign_status: campaignStatus,
  reminder_id: idOf(asks.reminderId),
  opened_at: time(asks.openedAt),
  answers_until: time(asks.answersUntil),
  reminded_at: time(asks.remindedAt),
  closed_at: time(asks.closedAt),
  // of a draft, whose people the clock chose, nobody was asked yet
  answers: asks.state === 'draft' ? { ...answers, asked: 0 } : answers,
  created_by: asks.createdBy,
  created_at: time(asks.createdAt)!,
})
