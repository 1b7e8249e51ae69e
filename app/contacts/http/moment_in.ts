import { DateTime } from 'luxon'
import { InvalidConsent } from '#consent'

/** A moment as programs write it. @throws InvalidConsent (422) naming the field */
export function momentIn(given: string | null | undefined, field: string): DateTime | null {
  if (given === null || given === undefined) return null
  const at = DateTime.fromISO(given, { zone: 'utc' })
  if (!at.isValid || at.year < 1970 || at.year > 2200) {
    throw new InvalidConsent(`${field} must be a time like 2026-11-20T09:30:00Z.`, { field })
  }
  return at
}
