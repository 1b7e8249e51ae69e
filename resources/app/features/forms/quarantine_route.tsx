import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const quarantineRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/forms/quarantine',
  validateSearch: (raw: Record<string, unknown>) => ({
    ...gridSearch(raw),
    form: searchText(raw.form),
    decision: searchText(raw.decision),
  }),
  component: lazyRouteComponent(() => import('./quarantine_screen'), 'QuarantineScreen'),
})
