import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { addressOf } from '~/shell/navigation'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings_frame'), 'SettingsFrame'),
})

export const settingsRoutes = [
  settingsRoute.addChildren([
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/',
      beforeLoad: ({ params }) => {
        throw redirect({ href: addressOf(params.workspaceId, 'settings/workspace'), replace: true })
      },
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/workspace',
      component: lazyRouteComponent(() => import('./workspace_settings'), 'WorkspaceSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/sending',
      component: lazyRouteComponent(() => import('./sending_settings'), 'SendingSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/domains',
      validateSearch: (raw: Record<string, unknown>) => ({
        ...gridSearch(raw),
        new: raw.new === '1' ? '1' : undefined,
      }),
      component: lazyRouteComponent(() => import('../domains/domains_settings'), 'DomainsSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/domains/$id',
      component: lazyRouteComponent(() => import('../domains/domain_screen'), 'DomainScreen'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/privacy',
      component: lazyRouteComponent(() => import('./privacy_settings'), 'PrivacySettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/members',
      component: lazyRouteComponent(() => import('./members_settings'), 'MembersSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/tokens',
      component: lazyRouteComponent(() => import('./tokens_settings'), 'TokensSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/audit',
      validateSearch: gridSearch,
      component: lazyRouteComponent(() => import('./audit_settings'), 'AuditSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/account',
      component: lazyRouteComponent(() => import('./account_settings'), 'AccountSettings'),
    }),
  ]),
] as const
