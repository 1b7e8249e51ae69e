import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const listSearch = (raw: Record<string, unknown>) => ({
  ...gridSearch(raw),
  new: raw.new === '1' ? ('1' as const) : undefined,
})

export const topicsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/topics',
  validateSearch: listSearch,
  component: screen(() => import('./topics_screen'), 'TopicsScreen'),
})

export const wordingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/topics/wordings',
  validateSearch: listSearch,
  component: screen(() => import('./wordings_screen'), 'WordingsScreen'),
})

export const topicsRoutes = [topicsRoute, wordingsRoute] as const
