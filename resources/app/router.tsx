/** Every address of the web app. A feature exports its routes; those of a workspace hang below `/w/$workspaceId`. */
import { createRouter } from '@tanstack/react-router'
import { queryClient, whenSignedOut } from './api'
import { campaignsRoutes } from './features/campaigns/routes'
import { contactsRoutes } from './features/contacts/routes'
import { topicsRoutes } from './features/consent/routes'
import { formsRoutes } from './features/forms/routes'
import { identityRoutes } from './features/identity/routes'
import { messagesRoutes } from './features/messages/routes'
import { outboxRoutes } from './features/outbox/routes'
import { overviewRoutes } from './features/overview/routes'
import { askingRoute } from './features/reconfirming/routes'
import { recurringRoutes } from './features/recurring/routes'
import { reportsRoutes } from './features/reports/routes'
import { segmentsRoutes } from './features/segments/routes'
import { settingsRoutes } from './features/settings/routes'
import { NotFoundPage, ScreenProblem } from './shell/odd_screens'
import { rootRoute } from './shell/root_route'
import { readSearch, writeSearch } from './shell/search_params'
import { workspaceRoute } from './shell/workspace_route'

const routeTree = rootRoute.addChildren([
  ...identityRoutes,
  workspaceRoute.addChildren([
    ...overviewRoutes,
    ...contactsRoutes,
    ...segmentsRoutes,
    ...campaignsRoutes,
    ...recurringRoutes,
    ...messagesRoutes,
    ...reportsRoutes,
    ...topicsRoutes,
    ...formsRoutes,
    askingRoute,
    ...outboxRoutes,
    ...settingsRoutes,
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: ScreenProblem,
  defaultPendingMs: 400,
  scrollRestoration: true,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
})

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  queryClient.clear()
  void router.navigate({ to: '/sign-in', search: { next: pathname === '/' ? undefined : href } })
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
