import type { Workspace } from '../models/workspace.ts'

export interface Tracking {
  opens: boolean
  clicks: boolean
}

/** What a new campaign of this workspace tracks unless it says otherwise. */
export const trackingOf = (workspace: Pick<Workspace, 'settings'>): Tracking => ({
  opens: true,
  clicks: true,
  ...workspace.settings?.tracking,
})

/** Whose opens and clicks are noted: everybody's but of those who objected, or of those alone who agreed (CNIL 2026-042). */
export const trackingPolicies = ['unless_objected', 'only_who_agreed'] as const
export type TrackingPolicy = (typeof trackingPolicies)[number]

export const trackingPolicyOf = ({ settings }: Pick<Workspace, 'settings'>): TrackingPolicy =>
  settings?.tracking_policy === 'only_who_agreed' ? 'only_who_agreed' : 'unless_objected'

/** Switched on, people whose basis is a legitimate interest (B2B) may be mailed; `assessment` says where that was weighed. */
export const legitimateInterestOf = ({ settings }: Pick<Workspace, 'settings'>) => ({
  is_on: settings?.legitimate_interest_b2b === true,
  assessment: (settings?.legitimate_interest_assessment ?? null) as string | null,
})

export interface SendingRules {
  /** For so many seconds after "Send" nothing leaves yet, and it can be taken back. 0–600 */
  undo_seconds: number
  /** Whether a small part goes first and the rest only when it was received well: large and first sends, all, none. */
  pilot: 'auto' | 'always' | 'never'
  /** How long the answers to the first part are waited for. 1–1,440 */
  pilot_minutes: number
  /** A schedule that was missed by more hours than this asks first. 1–72 */
  late_hours: number
  /** When campaigns reach nobody, by each reader's own clock; null: at any time. Service mail does not wait. */
  quiet_hours: QuietHours | null
  /** At most so many campaigns to one person in so many days, over all topics; null: no cap. Service mail does not count. */
  frequency_cap: FrequencyCap | null
}

/** 1–100 mails in 1–90 days. */
export interface FrequencyCap {
  mails: number
  days: number
}

/** `from` 21:00 `to` 08:00 is a night. `days_off` are whole days, Monday is 1 (ISO 8601); never all seven. */
export interface QuietHours {
  from: string
  to: string
  days_off: number[]
}

/** How this workspace's campaigns leave. */
export const sendingOf = (workspace: Pick<Workspace, 'settings'>): SendingRules => ({
  undo_seconds: 30,
  pilot: 'auto',
  pilot_minutes: 15,
  late_hours: 1,
  quiet_hours: null,
  frequency_cap: null,
  ...workspace.settings?.sending,
})

/** Colours (#rrggbb) of the buttons of readers' pages, by day and, if it is another one, by night. */
export interface PageLook {
  color: string
  color_dark: string | null
}

/** How the pages behind the links of this workspace's mails look; null: as Assent's. */
export const pageLookOf = ({ settings }: Pick<Workspace, 'settings'>) =>
  (settings?.page_look ?? null) as PageLook | null

export interface BounceRules {
  /** An address that does not exist: given up at once, or counted like the soft ones. */
  hard: 'suppress' | 'count'
  /** After so many bounces of other kinds, with no mail that arrived in between, an address is given up. 2–20 */
  soft_times: number
  /** Within so many days. 1–365 */
  soft_days: number
  /** A bounce for which nobody gave a reason. */
  unknown: 'count' | 'ignore'
}

/** What bounces mean for an address in this workspace. Refusals that are about the sender never count against it. */
export const bouncesOf = (workspace: Pick<Workspace, 'settings'>): BounceRules => ({
  hard: 'suppress',
  soft_times: 3,
  soft_days: 30,
  unknown: 'count',
  ...workspace.settings?.bounces,
})

/** From what age on (6–240 months) an agreement counts as weakly proven; null: never for its age alone. */
export interface ProofRules {
  old_after_months: number | null
}

export const proofOf = (workspace: Pick<Workspace, 'settings'>): ProofRules => ({
  old_after_months: null,
  ...workspace.settings?.proof,
})

export interface SunsetRules {
  /** Who has not reacted for so many days (30–1,095) is asked once and then rests; null: nobody is. */
  days: number | null
  /** …and got at least so many mails in that time in which a reaction would have been seen. 1–50 */
  mails: number
  /** How long the question waits for an answer. 7–90 */
  answer_days: number
  /** Half-way, who has not answered is reminded once. */
  reminds: boolean
  /** Each round waits as a draft until somebody has looked at its letter and sends it. */
  needs_approval: boolean
}

/** When this workspace stops writing to people who do not react. A topic may have other days. */
export const sunsetOf = (workspace: Pick<Workspace, 'settings'>): SunsetRules => ({
  days: null,
  mails: 3,
  answer_days: 21,
  reminds: false,
  needs_approval: false,
  ...workspace.settings?.sunset,
})

export const isTimezone = (name: string) => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export const isLocale = (name: string) => {
  try {
    return Intl.getCanonicalLocales(name).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** What stands against a workspace of this name with an owner of this address, or null: for doors without a form. */
export function setupProblem({ name, email }: { name: string; email: string }): string | null {
  if (name.trim().length === 0 || name.length > 120) return 'The name must have 1 to 120 characters.'
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) || email.length > 254) return 'The e-mail address is not one.'
  return null
}
