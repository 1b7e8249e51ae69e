/** What the settings of a workspace are in a form: empty text instead of nothing. */
import type { UseFormReturnType } from '@mantine/form'

export interface Settings {
  name: string
  timezone: string
  postal_address: string | null
  default_from_name: string | null
  default_from_email: string | null
  tracking: { opens: boolean; clicks: boolean }
  sending: {
    undo_seconds: number
    pilot: 'auto' | 'always' | 'never'
    pilot_minutes: number
    late_hours: number
    quiet_hours: QuietHours | null
    frequency_cap: { mails: number; days: number } | null
  }
  page_look: { color: string; color_dark: string | null } | null
  legitimate_interest_b2b: { is_on: boolean; assessment: string | null }
}

/** By the reader's clock; days as ISO 8601 counts them, Monday is 1. */
export interface QuietHours {
  from: string
  to: string
  days_off: number[]
}

export const valuesOf = (settings: Settings) => ({
  name: settings.name,
  timezone: settings.timezone,
  postal_address: settings.postal_address ?? '',
  default_from_name: settings.default_from_name ?? '',
  default_from_email: settings.default_from_email ?? '',
  tracking: { ...settings.tracking },
  sending: { ...settings.sending },
  page_look: settings.page_look && { ...settings.page_look },
  legitimate_interest_b2b: {
    is_on: settings.legitimate_interest_b2b.is_on,
    assessment: settings.legitimate_interest_b2b.assessment ?? '',
  },
})

export type WorkspaceForm = UseFormReturnType<ReturnType<typeof valuesOf>>

/** What the API takes. Only an owner may name the legitimate interest at all. */
export const bodyOf = (
  { default_from_email: from, legitimate_interest_b2b: interest, ...rest }: ReturnType<typeof valuesOf>,
  isOwner: boolean
) => ({
  ...rest,
  default_from_email: from || null,
  ...(isOwner && {
    legitimate_interest_b2b: { is_on: interest.is_on, assessment: interest.assessment.trim() || null },
  }),
})
