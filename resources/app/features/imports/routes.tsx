import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch } from '~/ui/grid_search'

export const steps = ['columns', 'agreement', 'check'] as const
export type Step = (typeof steps)[number]

const importsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/import',
  validateSearch: gridSearch,
  component: screen(() => import('./imports_screen'), 'ImportsScreen'),
})

const importRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/import/$id',
  validateSearch: (raw: Record<string, unknown>) => ({ step: steps.find((step) => step === raw.step) }),
  component: screen(() => import('./import_screen'), 'ImportScreen'),
})

export const importsRoutes = [importsRoute, importRoute] as const
