import { useQuery } from '@tanstack/react-query'
import { api } from '~/api'

/** The workspace's tags, by name. */
export function useTagNames(): string[] {
  const tags = useQuery(api.tags.index.queryOptions({ query: { limit: 100 } }))
  return (tags.data?.data ?? []).map(({ name }) => name)
}
