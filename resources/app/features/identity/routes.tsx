import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from '~/api'
import { problemOf } from '~/problem'
import { meQuery } from '~/shell/me'
import { rootRoute } from '~/shell/root_route'
import { searchText } from '~/ui/grid_search'
import { setupQuery } from './setup_state'

/** `/`: to work, to the door, or to the very first step. */
const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const me = await queryClient.fetchQuery(meQuery).catch((error) => {
      if (problemOf(error).status !== 401) throw error
      return null
    })
    if (me?.workspaces[0]) throw redirect({ to: '/w/$workspaceId', params: { workspaceId: me.workspaces[0].id } })
    const { needed } = await queryClient.fetchQuery(setupQuery)
    throw redirect({ to: needed ? '/setup' : '/sign-in' })
  },
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup_screen'), 'SetupScreen'),
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>) => ({ next: searchText(raw.next) }),
  component: lazyRouteComponent(() => import('./sign_in_screen'), 'SignInScreen'),
})

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./forgot_password_screen'), 'ForgotPasswordScreen'),
})

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: lazyRouteComponent(() => import('./reset_password_screen'), 'ResetPasswordScreen'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  component: lazyRouteComponent(() => import('./invitation_screen'), 'InvitationScreen'),
})

export const identityRoutes = [startRoute, setupRoute, signInRoute, forgotRoute, resetRoute, invitationRoute] as const
