import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const messagesRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns/service',
    validateSearch: (raw: Record<string, unknown>) => ({
      ...gridSearch(raw),
      status: searchText(raw.status),
      contact: searchText(raw.contact),
      mail: searchText(raw.mail),
    }),
    component: screen(() => import('./messages_screen'), 'MessagesScreen'),
  }),
] as const
