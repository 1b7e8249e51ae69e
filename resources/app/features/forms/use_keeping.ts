import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { said, undoable } from '~/ui'
import { formQuery, type StoredForm } from './form'

/** Away with a form, back with it, off the net: each is said with what it means, and taken back by one button. */
export function useKeeping({ id, name }: StoredForm, onDeleted?: () => void) {
  const t = useTranslations('forms.menu')
  const common = useTranslations('common')
  const restore = useMutation(
    api.forms.restore.mutationOptions({
      onSuccess: () => {
        said(t('restored', { name }))
        return refresh('forms')
      },
    })
  )
  const remove = useMutation(
    api.forms.destroy.mutationOptions({
      onSuccess: () => {
        undoable({
          message: t('deleted', { name }),
          label: common('undo'),
          undo: () => restore.mutateAsync({ params: { id } }),
        })
        onDeleted?.()
        return refresh('forms')
      },
    })
  )
  const changed = (answer: unknown) => {
    queryClient.setQueryData(formQuery(id).queryKey, answer as never)
    return refresh('forms')
  }
  const reopen = useMutation(api.forms.update.mutationOptions({ onSuccess: changed }))
  const close = useMutation(
    api.forms.update.mutationOptions({
      onSuccess: (answer) => {
        undoable({
          message: t('closed', { name }),
          label: common('undo'),
          undo: () => reopen.mutateAsync({ params: { id }, body: { is_open: true } }),
        })
        return changed(answer)
      },
    })
  )
  return { remove, restore, close }
}
