import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

/** `ask`: the topic whose people are to be asked. */
export const askingRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/topics/asking',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), ask: searchText(raw.ask) }),
  component: screen(() => import('./asking_screen'), 'AskingScreen'),
})
