import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const segmentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), new: raw.new === '1' ? '1' : undefined }),
  beforeLoad: ({ search, params }) => {
    if (search.new) throw redirect({ to: '/w/$workspaceId/segments/new', params, replace: true })
  },
  component: lazyRouteComponent(() => import('./segments_screen'), 'SegmentsScreen'),
})

const newSegmentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments/new',
  component: lazyRouteComponent(() => import('./segment_screen'), 'NewSegmentScreen'),
})

const segmentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments/$id',
  component: lazyRouteComponent(() => import('./segment_screen'), 'SegmentScreen'),
})

export const segmentsRoutes = [segmentsRoute, newSegmentRoute, segmentRoute] as const
