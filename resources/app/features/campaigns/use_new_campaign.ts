import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'

/** Makes a draft with a name of its own and opens it. Asking twice at once makes one. */
export function useNewCampaign() {
  const t = useTranslations('campaigns')
  const navigate = useNavigate()
  const { id: workspaceId } = useWorkspace()
  const { mutate, isPending } = useMutation(
    api.campaigns.store.mutationOptions({
      onSuccess: async ({ id }) => {
        await navigate({ to: addressOf(workspaceId, `campaigns/${id}`) })
        void refresh('campaigns', 'overview')
      },
    })
  )
  const isAsked = useRef(false)
  const create = useCallback(() => {
    if (isAsked.current) return
    isAsked.current = true
    mutate({ body: { name: t('untitled') } }, { onSettled: () => (isAsked.current = false) })
  }, [mutate, t])
  return { create, isPending }
}
