import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { said } from '~/ui'
import { bodyOf, formQuery, valuesOf, type FormValues, type StoredForm } from './form'
import { forgetForm, keepForm, keptForm } from './kept_form'

export type WrittenForm = UseFormReturnType<FormValues>

const isSame = (one: FormValues, other: FormValues) => JSON.stringify(one) === JSON.stringify(other)

/**
 * A form that is written. Visitors see at once what is saved of a published one, so nothing is saved by itself; until
 * somebody saves, what is typed is kept in this browser. Whoever saves names the version they began with.
 */
export function useFormDesk(stored: StoredForm | null, begin: FormValues) {
  const t = useTranslations('forms')
  const { id: workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const keptAs = stored?.id ?? `new-${workspaceId}`
  const [kept] = useState(() => keptForm(keptAs, begin))
  const [base, setBase] = useState({ values: begin, version: kept?.version ?? stored?.version ?? 0 })
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const [isRefused, refuse] = useState(false)
  const [wasRecovered, recover] = useState(kept !== null && !isSame(kept.values, begin))
  const form = useForm<FormValues>({ initialValues: kept?.values ?? begin })
  const isDirty = !isSame(form.values, base.values)

  useEffect(() => {
    if (isDirty) keepForm(keptAs, { version: base.version, values: form.values })
    else forgetForm(keptAs)
  }, [form.values, base, isDirty, keptAs])

  const adopt = (theirs: StoredForm) => {
    setBase({ values: valuesOf(theirs), version: theirs.version })
    form.setValues(valuesOf(theirs))
    form.clearErrors()
    setProblem(null)
    refuse(false)
    recover(false)
  }
  /** A colleague saved, and nothing here is unsaved. */
  useEffect(() => {
    if (stored && stored.version > base.version && !isDirty) adopt(stored)
  })

  const answered = {
    onSuccess: async (saved: unknown) => {
      const now = saved as StoredForm
      adopt(now)
      forgetForm(keptAs)
      queryClient.setQueryData(formQuery(now.id).queryKey, saved as never)
      said(t(now.is_open ? 'savedOpen' : 'savedClosed', { name: now.name }))
      if (!stored) {
        const to = addressOf(workspaceId, `forms/${now.id}`)
        await navigate({ to, replace: true, ignoreBlocker: true })
      }
      await refresh('forms')
    },
    onError: (error: unknown) => {
      const other = showErrors(form, error)
      setProblem(other)
      refuse(other === null)
      setTimeout(() => document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus())
    },
  }
  const create = useMutation(api.forms.store.mutationOptions(answered))
  const update = useMutation(api.forms.update.mutationOptions(answered))
  /** `isOpen`: publish it, too. `anyway`: over what a colleague saved meanwhile. */
  const save = ({ isOpen, anyway = false }: { isOpen?: boolean; anyway?: boolean } = {}) => {
    setProblem(null)
    refuse(false)
    form.clearErrors()
    const body = { ...bodyOf(form.values), ...(isOpen === undefined ? {} : { is_open: isOpen }) }
    if (!stored) create.mutate({ body: { ...body, is_open: isOpen ?? false } })
    else
      update.mutate({ params: { id: stored.id }, body: { ...body, ...(anyway ? {} : { version: base.version }) } })
  }
  return {
    form,
    stored,
    isDirty,
    isBusy: create.isPending || update.isPending,
    wasRecovered,
    /** Something is wrong that stands beside its field. */
    isRefused,
    problem: problem?.code === 'E_EDITED_MEANWHILE' ? null : problem,
    conflict: problem?.code === 'E_EDITED_MEANWHILE' ? problem : null,
    save,
    /** Back to what is saved. */
    discard: () => {
      setBase((now) => ({ ...now, version: stored?.version ?? 0, values: begin }))
      form.setValues(begin)
      form.clearErrors()
      recover(false)
      refuse(false)
      setProblem(null)
    },
    takeTheirs: async () => {
      const theirs = await queryClient.fetchQuery({ ...formQuery(stored!.id), staleTime: 0 } as never)
      adopt(theirs as unknown as StoredForm)
    },
  }
}
export type FormDesk = ReturnType<typeof useFormDesk>

/** The first refusal about a part, whichever of its items it names. */
export const errorAt = (form: WrittenForm, part: string) =>
  Object.entries(form.errors).find(([path]) => path === part || path.startsWith(`${part}.`))?.[1]

