import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const suppressionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/suppressions',
  validateSearch: (raw: Record<string, unknown>) => ({
    ...gridSearch(raw),
    reason: searchText(raw.reason),
    new: raw.new === '1' || raw.new === 'file' ? (raw.new as '1' | 'file') : undefined,
  }),
  component: screen(() => import('./suppressions_screen'), 'SuppressionsScreen'),
})
