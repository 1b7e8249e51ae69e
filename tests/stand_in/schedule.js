import { invalid } from './refusal.js'

const UNITS = { minute: 60_000, min: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 }
const FARTHEST = 30 * UNITS.day

/**
 * `scheduled_at` as ms since 1970: ISO 8601, or `in 2 hours` for the natural language that Resend understands.
 * @param {unknown} text
 * @param {number} now
 * @throws {import('./refusal.js').Refusal} 422 when unreadable or more than 30 days ahead. Source: Resend docs, "Schedule email"
 */
export function readSchedule(text, now) {
  const due = typeof text === 'string' ? (fromWords(text, now) ?? Date.parse(text)) : Number.NaN
  if (Number.isNaN(due)) throw invalid('Invalid `scheduled_at` field.')
  if (due > now + FARTHEST) throw invalid('The `scheduled_at` field must be within 30 days.')
  return due
}

function fromWords(text, now) {
  const found = /^in (\d+|an?) (minute|min|hour|day|week)s?$/i.exec(text.trim())
  if (!found) return null
  return now + (Number(found[1]) || 1) * UNITS[found[2].toLowerCase()]
}
