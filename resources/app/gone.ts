/**
 * What was deleted is asked for no more. Its screen stays until the next one is drawn, and hears meanwhile, from us and
 * from the line, that what it shows is out of date: each question would be a 404.
 */
import { registry } from '@generated/registry'
import type { MutationKey, Query, QueryCache } from '@tanstack/react-query'

type Route = { methods: readonly string[]; pattern: string }
type Params = Record<string, unknown>

/** Addresses, as `/api/v1/segments/12`. */
const gone = new Set<string>()

/** Before the end is asked for: we may hear of it before our answer is there. Whatever else is done with it says that it is there (again). */
export function noticeEnd(key: MutationKey | undefined, input: unknown, isRefused = false) {
  const params = (input as { params?: Params } | undefined)?.params
  const route = routeOf(key)
  if (!route || !params) return
  const end = endedBy(route)
  if (end && !isRefused) gone.add(fill(end, params))
  else for (const address of gone) if (isBelow(fill(route.pattern, params), address)) gone.delete(address)
}

/** What is shown of it stays as it is; who comes to it anew is told that it is not there. */
export const mayBeAsked = ({ queryKey, state }: Pick<Query, 'queryKey' | 'state'>) =>
  state.data === undefined || !isGone(queryKey)

/** What has left the screen is forgotten. */
export function forgetTheGone(cache: QueryCache) {
  cache.subscribe(({ type, query }) => {
    if (type === 'observerRemoved' && query.getObserversCount() === 0 && isGone(query.queryKey)) cache.remove(query)
  })
}

function isGone(key: readonly unknown[]): boolean {
  if (gone.size === 0) return false
  const params = (key[1] as { request?: { params?: Params } } | undefined)?.request?.params
  const route = params && routeOf(key)
  return Boolean(route) && [...gone].some((address) => isBelow(fill(route!.pattern, params!), address))
}

/** One of a collection is deleted, or somebody is erased. */
function endedBy({ methods, pattern }: Route): string | undefined {
  if (methods.includes('DELETE') && pattern.endsWith('/:id')) return pattern
  return pattern.match(/^(.*\/:id)\/erase$/)?.[1]
}

const isBelow = (address: string, end: string) => `${address}/`.startsWith(`${end}/`)

const fill = (pattern: string, params: Params) => pattern.replace(/:(\w+)/g, (_, name) => String(params[name]))

/** Mutations are keyed as the routes are named, queries in the case of our code. */
function routeOf(key: readonly unknown[] | undefined): Route | undefined {
  const name = (key?.[0] as string[] | undefined)?.join('.').replace(/([a-z])([A-Z])/g, '$1_$2')
  return name === undefined ? undefined : (registry.routes as Record<string, Route>)[name.toLowerCase()]
}
