import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
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
    component: screen(() => import('./outbox_screen'), 'OutboxScreen'),
  }),
] as const
