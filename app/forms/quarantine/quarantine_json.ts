import i18n from '@adonisjs/i18n/services/main'
import type { FormSubmission } from '../models/form_submission.ts'
import { isApproved } from './decide.ts'
import { signals, type Signal } from './signals.ts'

/** What a signal says, in a sentence. */
export const sentenceOf = (signal: Signal): string => i18n.locale('en').t(`quarantine.signals.${signal}`)

/** The table, for people and programs. */
export const rulesJson = () =>
  Object.entries(signals).map(([name, points]) => ({ name, points, sentence: sentenceOf(name as Signal) }))

/** A doubtful sign-up: what was typed, what speaks against it with its points, and what was decided by whom. */
export function quarantinedJson(
  row: FormSubmission,
  { forms, topics, days }: { forms: Map<number, string>; topics: Map<number, string>; days: number }
) {
  const isWaiting = row.state === 'doubtful'
  const since = isWaiting || row.judgedAt === null ? row.createdAt : row.judgedAt
  return {
    id: String(row.id),
    form: { id: String(row.formId), name: forms.get(row.formId) ?? null },
    decision: isWaiting ? ('none' as const) : isApproved(row) ? ('approved' as const) : ('rejected' as const),
    /** What became of it since: an approved one is `pending` until its owner confirms. */
    state: row.state,
    email: row.email,
    answers: row.answers,
    topics: row.topicIds.map((id) => ({ id: String(id), name: topics.get(id) ?? null })),
    score: row.score,
    signals: Object.entries(row.signals)
      .map(([name, points]) => ({ name, points, sentence: sentenceOf(name as Signal) }))
      .sort((a, b) => b.points - a.points),
    /** How often it was sent by this form for this address. */
    times: row.times,
    origin: row.origin,
    ip: row.ip as string | null,
    user_agent: row.userAgent,
    contact_id: row.contactId === null ? null : String(row.contactId),
    judged_at: row.judgedAt?.toUTC().toISO() ?? null,
    judged_by: row.judgedBy,
    reason: row.judgedReason,
    created_at: row.createdAt.toUTC().toISO()!,
    /** When the clock forgets it unless something else happens. */
    forgotten_at: isWaiting || row.state === 'rejected' ? since.plus({ days }).toUTC().toISO()! : null,
  }
}
