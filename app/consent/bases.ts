import { DateTime } from 'luxon'
import { InvalidConsent } from './errors.ts'

/** On what ground we write to somebody (API.md; sender-rules B5). */
export const bases = [
  'consent_double_opt_in',
  'consent_express',
  'soft_opt_in_customer',
  'soft_opt_in_charity_uk',
  'casl_implied_ebr',
  'casl_implied_inquiry',
  'legitimate_interest_b2b',
  'contract_transactional',
  'unknown',
] as const
export type Basis = (typeof bases)[number]

/**
 * Which of them carry marketing mail. `unknown` never does; `contract_transactional` covers the contract, not
 * marketing; `legitimate_interest_b2b` does where the workspace switched it on (settings.legitimate_interest_b2b):
 * it needs an assessment and is unlawful in Germany (UWG § 7), so it is off by default.
 */
export const mailableBases: Basis[] = [
  'consent_double_opt_in',
  'consent_express',
  'soft_opt_in_customer',
  'soft_opt_in_charity_uk',
  'casl_implied_ebr',
  'casl_implied_inquiry',
]

/** Implied consent ends by itself (CASL s. 10): two years after a purchase, six months after an inquiry. */
const monthsOfImpliedConsent: Partial<Record<Basis, number>> = { casl_implied_ebr: 24, casl_implied_inquiry: 6 }

/** How long an agreement on this basis lasts by itself; null: until it is withdrawn. */
export const monthsOf = (basis: Basis): number | null => monthsOfImpliedConsent[basis] ?? null

/** DUAA 2025 s. 114: in force on this day, and not for people whose address was collected before. */
const CHARITY_SOFT_OPT_IN_FROM = DateTime.fromISO('2026-02-05T00:00:00Z')

/** When a grant ends: as said, and never later than its basis allows. */
export function expiryOf(basis: Basis, occurredAt: DateTime, expiresAt: DateTime | null): DateTime | null {
  if (basis === 'soft_opt_in_charity_uk' && occurredAt < CHARITY_SOFT_OPT_IN_FROM) {
    throw new InvalidConsent(
      'The charity soft opt-in exists since 5 February 2026 and does not cover people who came before. Choose another basis.',
      { field: 'basis' }
    )
  }
  if (expiresAt && expiresAt <= occurredAt) {
    throw new InvalidConsent('expires_at must be later than occurred_at.', { field: 'expires_at' })
  }
  const months = monthsOfImpliedConsent[basis]
  if (!months) return expiresAt
  const latest = occurredAt.toUTC().plus({ months })
  return expiresAt && expiresAt < latest ? expiresAt : latest
}
