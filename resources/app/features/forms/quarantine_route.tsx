import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
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
  component: screen(() => import('./quarantine_screen'), 'QuarantineScreen'),
})
