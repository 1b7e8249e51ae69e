import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { said } from '~/ui'
import { bodyOf, formQuery, type StoredForm } from './form'
import type { WrittenForm } from './use_form_desk'

/** Saves a form as it is typed; what is refused stands beside its field, and the first of these gets the focus. */
export function useSaveForm({
  form,
  stored,
  version,
  onSaved,
}: {
  form: WrittenForm
  stored: StoredForm | null
  version: number
  onSaved: (saved: StoredForm) => void
}) {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const [refusals, setRefusals] = useState(0)
  useEffect(() => {
    // what is refused may be a switch that cannot be turned: then the notice says it
    const refused = 'main [aria-invalid=true]:not(:disabled)'
    if (refusals > 0)
      (
        document.querySelector<HTMLElement>(refused) ?? document.querySelector<HTMLElement>('main [role=alert]')
      )?.focus()
  }, [refusals])
  const forget = () => {
    form.clearErrors()
    setProblem(null)
  }
  const answered = {
    onSuccess: async (answer: unknown) => {
      const saved = answer as StoredForm
      onSaved(saved)
      queryClient.setQueryData(formQuery(saved.id).queryKey, answer as never)
      said(t(saved.is_open ? 'savedOpen' : 'savedClosed', { name: saved.name }))
      if (!stored) {
        await navigate({ to: addressOf(workspaceId, `forms/${saved.id}`), replace: true, ignoreBlocker: true })
      }
      await refresh('forms')
    },
    onError: (error: unknown) => {
      const other = showErrors(form, error)
      setProblem(other)
      if (!other) setRefusals((times) => times + 1)
    },
  }
  const create = useMutation(api.forms.store.mutationOptions(answered))
  const update = useMutation(api.forms.update.mutationOptions(answered))
  return {
    problem,
    forget,
    isBusy: create.isPending || update.isPending,
    /** `isOpen`: publish it, too. `anyway`: over what a colleague saved meanwhile. */
    save: ({ isOpen, anyway = false }: { isOpen?: boolean; anyway?: boolean } = {}) => {
      forget()
      const body = { ...bodyOf(form.values), ...(isOpen === undefined ? {} : { is_open: isOpen }) }
      if (!stored) create.mutate({ body: { ...body, is_open: isOpen ?? false } })
      else update.mutate({ params: { id: stored.id }, body: { ...body, ...(anyway ? {} : { version }) } })
    },
  }
}
