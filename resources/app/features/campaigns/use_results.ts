import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client } from '~/api'
import { isEditable } from './campaign'

const REFRESH_MS = 10_000

export interface Rate {
  value: number | null
  count: number
  of: number
}

export type Results = Map<string, { delivered: Rate; clicked: Rate }>

/** What came of the campaigns of a page. Asked apart, so that the list need not wait until everything is counted. */
export function useResults(campaigns: { id: string; status: string }[] = []): Results {
  const sent = campaigns.filter((campaign) => !isEditable(campaign)).map(({ id }) => id)
  const results = useQuery({
    // A key of its own: counting what left long ago is not asked again for each mail that is leaving now.
    queryKey: [['results'], ...sent],
    queryFn: () => client.api.campaigns.results({ query: { ids: sent.map(Number) } }),
    enabled: sent.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: campaigns.some(({ status }) => status === 'sending') ? REFRESH_MS : false,
  })
  return useMemo(() => new Map((results.data?.data ?? []).map(({ id, ...rates }) => [id, rates])), [results.data])
}
