import { createRoute, redirect } from '@tanstack/react-router'
import { api, queryClient } from '~/api'
import { rootRoute } from '~/shell/root_route'
import { screen } from '~/shell/screen'
import { searchText } from '~/ui/grid_search'

/** `/`: to work, to the door, or to the very first step. */
const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const { user, workspaces, setup_needed: isFresh } = await queryClient.fetchQuery(api.session.show.queryOptions())
    const [first] = workspaces
    if (first) throw redirect({ to: '/w/$workspaceId', params: { workspaceId: first.id } })
    throw redirect({ to: isFresh ? '/setup' : user ? '/new-workspace' : '/sign-in' })
  },
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  beforeLoad: async () => {
    const { setup_needed: isFresh } = await queryClient.fetchQuery(api.session.show.queryOptions())
    if (!isFresh) throw redirect({ to: '/' })
  },
  component: screen(() => import('./setup_screen'), 'SetupScreen'),
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>) => ({ next: searchText(raw.next) }),
  component: screen(() => import('./sign_in_screen'), 'SignInScreen'),
})

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: screen(() => import('./forgot_password_screen'), 'ForgotPasswordScreen'),
})

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password/$token',
  component: screen(() => import('./reset_password_screen'), 'ResetPasswordScreen'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation/$token',
  component: screen(() => import('./invitation_screen'), 'InvitationScreen'),
})

const newWorkspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-workspace',
  component: screen(() => import('./new_workspace_screen'), 'NewWorkspaceScreen'),
})

export const identityRoutes = [
  startRoute,
  setupRoute,
  signInRoute,
  forgotRoute,
  resetRoute,
  invitationRoute,
  newWorkspaceRoute,
] as const
