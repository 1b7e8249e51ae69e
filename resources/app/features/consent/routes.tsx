import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

export const topicsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/topics',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), new: raw.new === '1' ? '1' : undefined }),
  component: lazyRouteComponent(() => import('./topics_screen'), 'TopicsScreen'),
})

export const topicsRoutes = [topicsRoute] as const
