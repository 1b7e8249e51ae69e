/**
 * How the web app asks: the typed client of the route table, and the rules every answer follows.
 *
 * @example
 * const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 50 } }))
 * const save = useMutation(api.topics.store.mutationOptions({ onSuccess: () => refresh('topics') }))
 */
import { registry } from '@generated/registry'
import { keepPreviousData, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createTuyau } from '@tuyau/core/client'
import { createTuyauReactQueryClient } from '@tuyau/react-query'
import { forgetTheGone, mayBeAsked, noticeEnd } from './gone'
import { problemOf, RequestFailed } from './problem'
import { noticeServerTime } from './server_clock'
import { failed } from './ui/toast'

/** The workspace that the address names; every request carries it. Set by shell/workspace_route.tsx. */
export const current = { workspaceId: null as string | null }

export const client = createTuyau({
  baseUrl: window.location.origin,
  registry,
  credentials: 'include',
  timeout: 60_000,
  retry: 0,
  headers: { accept: 'application/json' },
  hooks: {
    beforeRequest: [
      (request) => {
        if (current.workspaceId) request.headers.set('x-workspace', current.workspaceId)
      },
    ],
    afterResponse: [(_request, _options, answer) => noticeServerTime(answer)],
  },
})

export const api = createTuyauReactQueryClient({ client })

let onSignedOut = () => {}

/** What happens when the session has ended: the router takes people to the sign-in page and brings them back. */
export const whenSignedOut = (act: () => void) => {
  onSignedOut = act
}

/**
 * For requests made outside a query or mutation. A token that is out of date has expired alone, or with its session: who
 * we are is asked again, which brings a new token or leads to the sign-in page.
 */
export function noticeSignOut(error: unknown) {
  const { status, code } = problemOf(error)
  if (status === 401) onSignedOut()
  if (code === STALE_TOKEN) void queryClient.refetchQueries({ queryKey: [['me']] })
}

/** The session has ended, or the page is from before: nothing that was typed is wrong. */
export const isSignedOut = (error: unknown) => problemOf(error).status === 401 || problemOf(error).code === STALE_TOKEN

const STALE_TOKEN = 'E_BAD_CSRF_TOKEN'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({
    onMutate: (input, { options }) => noticeEnd(options.mutationKey, input),
    onError: (error, input, _context, mutation) => {
      noticeSignOut(error)
      noticeEnd(mutation.options.mutationKey, input, true)
      if (!mutation.options.onError) failed(error)
    },
  }),
  defaultOptions: {
    queries: {
      enabled: mayBeAsked,
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      /** What we asked wrongly stays wrong; a broken line or a restarting server deserves two more tries. */
      retry: (times, error) => times < 2 && !isOurFault(error),
    },
    mutations: { retry: false },
  },
})

forgetTheGone(queryClient.getQueryCache())

const isOurFault = (error: unknown) => {
  const { status } = problemOf(error)
  return status >= 400 && status < 500
}

/** For lists: the page before stays on screen until the next one is there. */
export const keepPage = { placeholderData: keepPreviousData } as const

/** Answers of these features are stale: `refresh('topics', 'overview')`. */
export const refresh = (...features: string[]) =>
  Promise.all(features.map((feature) => queryClient.invalidateQueries({ queryKey: [[feature]] })))

/** A file to save: the API's answer opened as a download, with the workspace it belongs to. */
export async function download(path: string, filename: string, accept = '*/*') {
  const answer = await fetch(path, {
    credentials: 'include',
    headers: { accept, ...(current.workspaceId ? { 'x-workspace': current.workspaceId } : {}) },
  }).catch(() => {
    throw new RequestFailed(undefined)
  })
  if (!answer.ok) throw new RequestFailed(answer.status, await answer.json().catch(() => null))
  const url = URL.createObjectURL(await answer.blob())
  Object.assign(document.createElement('a'), { href: url, download: filename }).click()
  URL.revokeObjectURL(url)
}
