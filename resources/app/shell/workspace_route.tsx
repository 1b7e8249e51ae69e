import { createRoute, notFound, redirect } from '@tanstack/react-router'
import { current, queryClient } from '~/api'
import { problemOf } from '~/problem'
import { meQuery } from './me'
import { NotFound } from './odd_screens'
import { rootRoute } from './root_route'
import { Shell } from './shell'

/** `/w/12/…`: everything below belongs to this workspace. Another workspace's answers are forgotten on the way in. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspaceId',
  beforeLoad: async ({ params, location, preload }) => {
    const me = await queryClient.ensureQueryData(meQuery).catch((error) => {
      if (problemOf(error).status === 401) throw redirect({ to: '/sign-in', search: { next: location.href } })
      throw error
    })
    if (!me.workspaces.some(({ id }) => id === params.workspaceId)) throw notFound()
    if (!preload && current.workspaceId !== params.workspaceId) {
      if (current.workspaceId) queryClient.removeQueries({ predicate: ({ queryKey }) => !isMe(queryKey) })
      current.workspaceId = params.workspaceId
    }
  },
  component: Shell,
  notFoundComponent: NotFound,
})

const isMe = (key: readonly unknown[]) => Array.isArray(key[0]) && key[0][0] === 'me'
