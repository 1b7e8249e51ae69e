import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { failed, said, undoable } from '~/ui'
import type { Quarantined } from './quarantine'

const stale = () => refresh('quarantine', 'forms', 'contacts')

/** Decides about some at once. What somebody else decided meanwhile is said; a rejection can be taken back for eight seconds. */
export function useJudging(onDone: () => void) {
  const t = useTranslations('quarantine')
  const common = useTranslations('common')
  const decide = useMutation(api.quarantine.decide.mutationOptions({ onSettled: stale }))
  const numbers = (rows: Pick<Quarantined, 'id'>[]) => rows.map(({ id }) => Number(id))
  const run = (rows: Quarantined[], what: { decision: 'approve' } | { decision: 'reject'; reason: string }) =>
    decide.mutate(
      { body: { ...what, ids: numbers(rows) } },
      {
        onError: failed,
        onSuccess: ({ data, problems }) => {
          onDone()
          for (const { message } of problems.slice(0, 3)) failed({ message })
          if (data.length === 0) return
          const message = t(`done.${what.decision}`, { count: data.length })
          if (what.decision === 'approve') return said(message)
          undoable({
            message,
            label: common('undo'),
            undo: () => decide.mutateAsync({ body: { decision: 'reopen', ids: numbers(data) } }),
          })
        },
      }
    )
  return { run, isPending: decide.isPending }
}
