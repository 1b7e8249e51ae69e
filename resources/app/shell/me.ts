/** Who is signed in, and where they may work. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api } from '~/api'

export const meQuery = api.me.show.queryOptions({}, { staleTime: 60_000 })

type Permission = ReturnType<typeof useWorkspace>['permissions'][number]

/** Inside a workspace: its route has loaded `me`, so this is never empty there. */
export function useMe() {
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
  return (permission: Permission) => (permissions as Permission[]).includes(permission)
}
