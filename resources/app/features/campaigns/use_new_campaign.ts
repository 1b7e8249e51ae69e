import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
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
  const create = useCallback(() => {
    if (!isPending) mutate({ body: { name: t('untitled') } })
  }, [isPending, mutate, t])
  return { create, isPending }
}
