import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const privacyRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/requests',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), state: searchText(raw.state) }),
  component: lazyRouteComponent(() => import('./privacy_screen'), 'PrivacyScreen'),
})
