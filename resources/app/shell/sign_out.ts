import { useMutation } from '@tanstack/react-query'
import { api, queryClient } from '~/api'

/** Ends the session and forgets everything that it showed: the page starts anew. */
export function useSignOut() {
  return useMutation(
    api.session.destroy.mutationOptions({
      onSuccess: () => {
        queryClient.clear()
        window.location.assign('/sign-in')
      },
    })
  )
}
