/** The answer of `GET /campaigns/:id/report`, and where its screen lives. */
import { api, client } from '~/api'

export const reportRoute = '/w/$workspaceId/campaigns/$id/report' as const

/** These answers take a query that the route table does not spell out. */
export const withQuery = (id: string, query: Record<string, string | number>) => ({ params: { id }, query })

const REFRESH_MS = 4_000

/** While mails leave, every few seconds; after that when the server says that something changed. */
export const reportQuery = (id: string, compare?: string) =>
  api.campaigns.report.queryOptions(withQuery(id, compare ? { compare } : {}), {
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.campaign.status) ? REFRESH_MS : false),
  })

export type Report = Awaited<ReturnType<typeof client.api.campaigns.report>>

export const isRunning = (status: string) => status === 'sending'

export interface Rate {
  value: number | null
  count: number
  of: number
}

export const rateNames = ['clicked', 'opened', 'delivered', 'bounced', 'unsubscribed', 'complained'] as const
export type RateName = (typeof rateNames)[number]
export type Rates = Record<RateName, Rate>
export type Median = Record<RateName, number | null> & { campaigns: number }

/** Shares stand in line: one decimal, two below 0.1 %; nobody and everybody need none. */
export const shareStyle = (value: number) => {
  const digits = value === 0 || value === 1 ? 0 : value < 0.001 ? 2 : 1
  return { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const
}
