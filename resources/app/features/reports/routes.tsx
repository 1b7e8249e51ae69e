import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const reportsRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns/$id/report',
    validateSearch: (raw: Record<string, unknown>) => ({
      ...gridSearch(raw),
      tab: raw.tab === 'receipt' ? ('receipt' as const) : undefined,
      compare: searchText(raw.compare),
      state: searchText(raw.state),
    }),
    component: screen(() => import('./report_screen'), 'ReportScreen'),
  }),
] as const
