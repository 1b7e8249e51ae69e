import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings_frame'), 'SettingsFrame'),
})

const parent = { getParentRoute: () => settingsRoute }

export const settingsRoutes = [
  settingsRoute.addChildren([
    createRoute({
      ...parent,
      path: '/',
      beforeLoad: ({ params }) => {
        throw redirect({ to: '/w/$workspaceId/settings/workspace', params, replace: true })
      },
    }),
    createRoute({
      ...parent,
      path: '/workspace',
      component: lazyRouteComponent(() => import('./workspace_settings'), 'WorkspaceSettings'),
    }),
    createRoute({
      ...parent,
      path: '/sending',
      component: lazyRouteComponent(() => import('./sending_settings'), 'SendingSettings'),
    }),
    createRoute({
      ...parent,
      path: '/members',
      component: lazyRouteComponent(() => import('./members_settings'), 'MembersSettings'),
    }),
    createRoute({
      ...parent,
      path: '/tokens',
      component: lazyRouteComponent(() => import('./tokens_settings'), 'TokensSettings'),
    }),
    createRoute({
      ...parent,
      path: '/audit',
      validateSearch: gridSearch,
      component: lazyRouteComponent(() => import('./audit_settings'), 'AuditSettings'),
    }),
    createRoute({
      ...parent,
      path: '/account',
      component: lazyRouteComponent(() => import('./account_settings'), 'AccountSettings'),
    }),
  ]),
] as const
