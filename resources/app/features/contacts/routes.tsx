import { createRoute } from '@tanstack/react-router'
import { importsRoutes } from '~/features/imports/routes'
import { privacyRoute } from '~/features/privacy/routes'
import { suppressionsRoute } from '~/features/suppressions/routes'
import { screen } from '~/shell/screen'
import { workspaceRoute } from '~/shell/workspace_route'
import { gridSearch, searchText } from '~/ui/grid_search'

const contactsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts',
  validateSearch: (raw: Record<string, unknown>) => ({
    ...gridSearch(raw),
    tag: searchText(raw.tag),
    segment: searchText(raw.segment),
    new: raw.new === '1' ? ('1' as const) : undefined,
  }),
  component: screen(() => import('./contacts_screen'), 'ContactsScreen'),
})

const contactRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/$id',
  validateSearch: (raw: Record<string, unknown>) => ({ tab: raw.tab === 'ledger' ? ('ledger' as const) : undefined }),
  component: screen(() => import('./contact_screen'), 'ContactScreen'),
})

const fieldsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/fields',
  component: screen(() => import('./fields_screen'), 'FieldsScreen'),
})

export const contactsRoutes = [
  contactsRoute,
  contactRoute,
  fieldsRoute,
  suppressionsRoute,
  privacyRoute,
  ...importsRoutes,
] as const
