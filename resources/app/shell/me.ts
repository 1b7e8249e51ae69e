/** Who is signed in, and where they may work. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ask } from '~/features/identity/ask'

export interface Me {
  user: { id: string; email: string; full_name: string | null }
  workspaces: { id: string; name: string; role: string; timezone: string; permissions: string[] }[]
}

export const meQuery = queryOptions({
  queryKey: [['me']],
  queryFn: () => ask<Me>('GET', '/me'),
  staleTime: 60_000,
})

/** Inside a workspace: its route has loaded `me`, so this is never empty there. */
export function useMe(): Me {
  return useQuery(meQuery).data!
}

export function useWorkspace() {
  const { workspaceId } = useParams({ strict: false })
  const { workspaces } = useMe()
  return workspaces.find(({ id }) => id === workspaceId)!
}

/** What the role allows here: `const may = useMay(); may('topics:write') && <Button…>`. The server asks again. */
export function useMay() {
  const { permissions } = useWorkspace()
  return (permission: string) => permissions.includes(permission)
}
