import { useForm, type UseFormReturnType } from '@mantine/form'
import { useEffect, useState } from 'react'
import { queryClient } from '~/api'
import { useWorkspace } from '~/shell/me'
import { formQuery, valuesOf, type FormValues, type StoredForm } from './form'
import { forgetForm, keepForm, keptForm } from './kept_form'
import { useSaveForm } from './use_save_form'

export type WrittenForm = UseFormReturnType<FormValues>

const isSame = (one: FormValues, other: FormValues) => JSON.stringify(one) === JSON.stringify(other)

/**
 * A form that is written. Visitors see at once what is saved of a published one, so nothing is saved by itself; until
 * somebody saves, what is typed is kept in this browser. Whoever saves names the version they began with.
 */
export function useFormDesk(stored: StoredForm | null, begin: FormValues) {
  const { id: workspaceId } = useWorkspace()
  const keptAs = stored?.id ?? `new-${workspaceId}`
  const [kept] = useState(() => keptForm(keptAs, begin))
  const [base, setBase] = useState({ values: begin, version: kept?.version ?? stored?.version ?? 0 })
  const [wasRecovered, recover] = useState(kept !== null && !isSame(kept.values, begin))
  const form = useForm<FormValues>({ initialValues: kept?.values ?? begin })
  const isDirty = !isSame(form.values, base.values)
  const takeOver = (values: FormValues, version: number) => {
    setBase({ values, version })
    form.setValues(values)
    saving.forget()
    recover(false)
  }
  const adopt = (theirs: StoredForm) => takeOver(valuesOf(theirs), theirs.version)
  const saving = useSaveForm({
    form,
    stored,
    version: base.version,
    onSaved: (saved) => {
      adopt(saved)
      forgetForm(keptAs)
    },
  })

  useEffect(() => {
    if (isDirty) keepForm(keptAs, { version: base.version, values: form.values })
    else forgetForm(keptAs)
  }, [form.values, base, isDirty, keptAs])

  /** A colleague saved, and nothing here is unsaved. */
  useEffect(() => {
    if (stored && stored.version > base.version && !isDirty) adopt(stored)
  })

  const isConflict = saving.problem?.code === 'E_EDITED_MEANWHILE'
  return {
    form,
    stored,
    isDirty,
    wasRecovered,
    isBusy: saving.isBusy,
    save: saving.save,
    problem: isConflict ? null : saving.problem,
    conflict: isConflict ? saving.problem : null,
    /** Back to what is saved. */
    discard: () => takeOver(begin, stored?.version ?? 0),
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
