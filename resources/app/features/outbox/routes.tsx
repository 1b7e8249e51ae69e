import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const outboxRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/outbox',
    validateSearch: (raw: Record<string, unknown>) => ({
      ...gridSearch(raw),
      mail: searchText(raw.mail),
      campaign_id: searchText(raw.campaign_id),
    }),
    component: lazyRouteComponent(() => import('./outbox_screen'), 'OutboxScreen'),
  }),
] as const
