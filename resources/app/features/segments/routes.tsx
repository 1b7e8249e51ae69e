import { createRoute, redirect } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

const segmentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments',
  validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), new: raw.new === '1' ? '1' : undefined }),
  beforeLoad: ({ search, params }) => {
    if (search.new) throw redirect({ to: '/w/$workspaceId/segments/new', params, replace: true })
  },
  component: screen(() => import('./segments_screen'), 'SegmentsScreen'),
})

const newSegmentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments/new',
  component: screen(() => import('./segment_screen'), 'NewSegmentScreen'),
})

const segmentRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/segments/$id',
  component: screen(() => import('./segment_screen'), 'SegmentScreen'),
})

export const segmentsRoutes = [segmentsRoute, newSegmentRoute, segmentRoute] as const
