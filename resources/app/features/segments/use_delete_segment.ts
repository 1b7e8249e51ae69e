import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { undoable, type GridPage } from '~/ui'

/** Gone at once, and back with one click. */
export function useDeleteSegment(onDone?: () => Promise<unknown>) {
  const t = useTranslations('segments')
  const common = useTranslations('common')
  const restore = useMutation(api.segments.restore.mutationOptions({ onSuccess: () => refresh('segments') }))
  const remove = useMutation(api.segments.destroy.mutationOptions({}))
  return ({ id, name }: { id: string; name: string }) =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: async () => {
          forget(id)
          await onDone?.()
          undoable({
            message: t('deleted', { name }),
            label: common('undo'),
            undo: () => restore.mutateAsync({ params: { id } }),
          })
          await refresh('segments')
        },
      }
    )
}

/** The lists that are remembered must not ask how many people are in what is gone. */
function forget(id: string) {
  queryClient.setQueriesData<GridPage<{ id: string }>>(
    { queryKey: [['segments', 'index']] },
    (page) => page && { ...page, data: page.data.filter((segment) => segment.id !== id) }
  )
}
