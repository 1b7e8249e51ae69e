import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

export const campaignsRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns',
    validateSearch: (raw: Record<string, unknown>) => ({
      ...gridSearch(raw),
      status: searchText(raw.status),
      new: raw.new === '1' ? '1' : undefined,
    }),
    component: screen(() => import('./campaigns_screen'), 'CampaignsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/campaigns/$id',
    validateSearch: (raw: Record<string, unknown>) => ({
      step: (['review', 'revise'] as const).find((step) => step === raw.step),
      as: searchText(raw.as),
      look: searchText(raw.look),
      lang: searchText(raw.lang),
    }),
    component: screen(() => import('./campaign_screen'), 'CampaignScreen'),
  }),
] as const
