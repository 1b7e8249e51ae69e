import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { problemOf, type ProblemSeen } from '~/problem'
import { said, undoable } from '~/ui'
import { recurringQuery, type Recurring } from './recurring'

/** Begin, pause, end, skip, delete: each answers with how it stands now. `problem`: why it could not begin. */
export function useSteps({ id, name }: Recurring) {
  const t = useTranslations('recurring')
  const common = useTranslations('common')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const seen = (answer: unknown) => {
    setProblem(null)
    queryClient.setQueryData(recurringQuery(id).queryKey, answer as never)
    return refresh('recurringCampaigns', 'campaigns')
  }
  const changed = { onSuccess: seen }
  const restore = useMutation(
    api.recurringCampaigns.restore.mutationOptions({ onSuccess: () => refresh('recurringCampaigns') })
  )
  return {
    problem,
    resume: useMutation(
      api.recurringCampaigns.resume.mutationOptions({
        onSuccess: (answer) => {
          said(t('begun'))
          return seen(answer)
        },
        onError: (error) => setProblem(problemOf(error)),
      })
    ),
    pause: useMutation(api.recurringCampaigns.pause.mutationOptions(changed)),
    end: useMutation(api.recurringCampaigns.end.mutationOptions(changed)),
    skip: useMutation(api.recurringCampaigns.skip.mutationOptions(changed)),
    unskip: useMutation(api.recurringCampaigns.unskip.mutationOptions(changed)),
    remove: useMutation(
      api.recurringCampaigns.destroy.mutationOptions({
        onSuccess: () => {
          undoable({
            message: t('deleted', { name }),
            label: common('undo'),
            undo: () => restore.mutateAsync({ params: { id } }),
          })
          return refresh('recurringCampaigns')
        },
      })
    ),
  }
}
