/** A recurring campaign as the API answers it. */
import { api } from '~/api'

export const recurringRoute = '/w/$workspaceId/campaigns/recurring/$id' as const

const REFRESH_MS = 4_000
const moving = ['scheduled', 'sending']

/** Asked again while one of its campaigns is on its way. */
export const recurringQuery = (id: string) =>
  api.recurringCampaigns.show.queryOptions(
    { params: { id } },
    {
      refetchInterval: ({ state }) =>
        state.data?.occurrences.some(({ campaign }) => campaign && moving.includes(campaign.status))
          ? REFRESH_MS
          : false,
    }
  )

export interface Occurrence {
  at: string
  outcome: string
  note: string | null
  campaign: { id: string; name: string; status: string } | null
}

export interface Recurring {
  id: string
  name: string
  state: 'active' | 'paused' | 'ended'
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
  campaign_id: string
  next: { at: string; is_skipped: boolean }[]
  occurrences: Occurrence[]
}
