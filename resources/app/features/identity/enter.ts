import { queryClient } from '~/api'

/** Signed in: on to where one was going, if that is an address of ours. The page starts anew, with a fresh CSRF token. */
export function enter(next?: string) {
  queryClient.clear()
  window.location.assign(next && /^\/(?![/\\])/.test(next) ? next : '/')
}
