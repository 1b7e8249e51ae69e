import { createRoute, redirect } from '@tanstack/react-router'
import { addressOf } from '~/shell/navigation'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: screen(() => import('./settings_frame'), 'SettingsFrame'),
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
      component: screen(() => import('./workspace_settings'), 'WorkspaceSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/sending',
      component: screen(() => import('./sending_settings'), 'SendingSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/sending/sign-in',
      component: screen(() => import('./mailbox_return'), 'MailboxReturn'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/domains',
      validateSearch: (raw: Record<string, unknown>) => ({
        ...gridSearch(raw),
        new: raw.new === '1' ? '1' : undefined,
      }),
      component: screen(() => import('../domains/domains_settings'), 'DomainsSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/domains/$id',
      component: screen(() => import('../domains/domain_screen'), 'DomainScreen'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/privacy',
      component: screen(() => import('./privacy_settings'), 'PrivacySettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/members',
      component: screen(() => import('./members_settings'), 'MembersSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/tokens',
      component: screen(() => import('./tokens_settings'), 'TokensSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/audit',
      validateSearch: gridSearch,
      component: screen(() => import('./audit_settings'), 'AuditSettings'),
    }),
    createRoute({
      getParentRoute: () => settingsRoute,
      path: '/account',
      component: screen(() => import('./account_settings'), 'AccountSettings'),
    }),
  ]),
] as const
