import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const recurringRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns/recurring',
    validateSearch: (raw: Record<string, unknown>) => ({
      ...gridSearch(raw),
      new: raw.new === '1' ? ('1' as const) : undefined,
      from: searchText(raw.from),
    }),
    component: screen(() => import('./recurring_list_screen'), 'RecurringListScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns/recurring/$id',
    component: screen(() => import('./recurring_screen'), 'RecurringScreen'),
  }),
] as const
