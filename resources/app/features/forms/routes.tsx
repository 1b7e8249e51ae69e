import { createRoute } from '@tanstack/react-router'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'
import { quarantineRoute } from './quarantine_route'

const steps = ['thanks', 'mail', 'confirm', 'confirmed'] as const

/** How the preview is looked at. */
const look = (raw: Record<string, unknown>) => ({
  step: steps.find((step) => step === raw.step),
  device: raw.device === 'phone' ? ('phone' as const) : undefined,
  scheme: raw.scheme === 'dark' ? ('dark' as const) : undefined,
})

export const formsRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/forms',
    validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), state: searchText(raw.state) }),
    component: screen(() => import('./forms_screen'), 'FormsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/forms/new',
    validateSearch: look,
    component: screen(() => import('./form_screen'), 'NewFormScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/forms/$id',
    validateSearch: look,
    component: screen(() => import('./form_screen'), 'FormScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: '/forms/$id/sign-ups',
    validateSearch: (raw: Record<string, unknown>) => ({ ...gridSearch(raw), state: searchText(raw.state) }),
    component: screen(() => import('./sign_ups_screen'), 'SignUpsScreen'),
  }),
  quarantineRoute,
] as const
