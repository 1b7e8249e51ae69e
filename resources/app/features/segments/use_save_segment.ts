import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { said, undoable } from '~/ui'
import type { ruleOf } from './rule'
import type { StoredSegment } from './segment_editor'

type Written = ReturnType<typeof ruleOf>

/** Saves a segment; what the API refuses comes back by the part of the rule that it is about. */
export function useSaveSegment({
  segment,
  onSaved,
}: {
  segment: StoredSegment | null
  onSaved: (saved: { id: string; isNew: boolean }) => void
}) {
  const t = useTranslations('segments')
  const common = useTranslations('common')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [nameError, setNameError] = useState<string>()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const store = useMutation(api.segments.store.mutationOptions({ onError: () => {} }))
  const update = useMutation(api.segments.update.mutationOptions({ onError: () => {} }))

  const refused = (error: unknown, { keyAt }: Written) => {
    const { name, ...rest } = fieldErrors(error)
    setNameError(name)
    const [path, message] = Object.entries(rest)[0] ?? []
    const key = path && keyAt(path)
    if (key) setErrors({ [key]: message })
    if (!key && !name) setProblem(problemOf(error))
  }
  const forget = () => {
    setErrors({})
    setNameError(undefined)
    setProblem(null)
  }
  const done = async (name: string, saved: { id: string; isNew: boolean }) => {
    if (segment) {
      const before = { name: segment.name, rule: segment.rule }
      undoable({
        message: t('saved', { name }),
        label: common('undo'),
        undo: () => update.mutateAsync({ params: { id: segment.id }, body: before }).then(() => refresh('segments')),
      })
    } else said(t('saved', { name }))
    onSaved(saved)
    await refresh('segments')
  }
  const run = (name: string, written: Written) => {
    forget()
    const body = { name, rule: written.rule }
    const onError = (error: unknown) => refused(error, written)
    if (segment)
      update.mutate(
        { params: { id: segment.id }, body },
        { onError, onSuccess: () => done(name, { id: segment.id, isNew: false }) }
      )
    else store.mutate({ body }, { onError, onSuccess: ({ id }) => done(name, { id, isNew: true }) })
  }
  return {
    run,
    errors,
    nameError,
    problem,
    forget,
    isPending: store.isPending || update.isPending,
    complain: (key: string, message: string) => setErrors({ [key]: message }),
  }
}
