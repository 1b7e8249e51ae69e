import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const privacyRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/requests',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), state: searchText(raw.state) }),
  component: screen(() => import('./privacy_screen'), 'PrivacyScreen'),
})
