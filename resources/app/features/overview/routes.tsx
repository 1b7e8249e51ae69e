import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./overview_screen'), 'OverviewScreen'),
  }),
] as const
