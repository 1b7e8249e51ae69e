import { useMutation } from '@tanstack/react-query'
import { current, queryClient } from '~/api'

/** Ends the session and forgets everything that it showed: the page starts anew. */
export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await fetch('/api/v1/session', { method: 'DELETE', credentials: 'include' })
    },
    onSuccess: () => {
      queryClient.clear()
      current.workspaceId = null
      window.location.assign('/sign-in')
    },
  })
}
