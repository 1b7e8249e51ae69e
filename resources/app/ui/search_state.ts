import { useNavigate, useSearch, type RegisteredRouter, type RouteIds } from '@tanstack/react-router'
import { useCallback } from 'react'

/**
 * A screen's state in its address, read and changed like `useState`. A change keeps the rest; `undefined` removes.
 * Each change is a step that Back undoes, unless `{ replace: true }`.
 *
 * @example
 * const [search, setSearch] = useSearchState('/w/$workspaceId/topics')
 * setSearch({ q: 'bread', pages: undefined })
 */
export function useSearchState<From extends RouteIds<RegisteredRouter['routeTree']>>(from: From) {
  const search = useSearch({ from })
  const navigate = useNavigate()
  const change = useCallback(
    (part: Partial<typeof search>, { replace = false } = {}) =>
      void navigate({
        to: '.',
        search: ((now: object) => ({ ...now, ...part })) as never,
        replace,
        resetScroll: false,
      }),
    [navigate]
  )
  return [search, change] as const
}
