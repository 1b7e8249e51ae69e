import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { fieldErrors, problemOf, type ProblemSeen } from '~/problem'
import { said } from '~/ui'
import { campaignQuery, differences, draftOf, type Campaign, type Draft, type Revision } from './campaign'
import type { DraftDesk } from './use_draft'

const PAUSE_MS = 600

/**
 * A desk for a letter that is changed on its way: what is written stays here until it is given to those who wait, and the
 * preview shows it as the server would make it.
 */
export function useRevision(campaign: Campaign, onDone: () => void) {
  const t = useTranslations('campaigns.revise')
  const [values, setValues] = useState<Draft>(() => draftOf(campaign))
  const [version] = useState(campaign.version)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const changed = differences(values, draftOf(campaign))
  const changes = Object.fromEntries(changed.map((field) => [field, values[field]])) as Revision
  const [shown] = useDebouncedValue(JSON.stringify(changes), PAUSE_MS)
  const set = useCallback((part: Partial<Draft>) => setValues((now) => ({ ...now, ...part })), [])
  const revise = useMutation(
    api.campaigns.revise.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(campaign.id).queryKey, answer as never)
        said(t('done'))
        onDone()
        return refresh('campaigns')
      },
      onError: (error) => {
        setErrors(fieldErrors(error))
        setProblem(problemOf(error))
      },
    })
  )
  const desk: DraftDesk = {
    values,
    set,
    state: shown === JSON.stringify(changes) ? 'saved' : 'dirty',
    savedAt: null,
    version: campaign.version,
    errors,
    conflict: null,
    wasRecovered: false,
    save: async () => true,
    keepMine: () => {},
    takeTheirs: () => {},
  }
  return {
    desk,
    changes: shown === '{}' ? null : (JSON.parse(shown) as Revision),
    hasChanges: changed.length > 0,
    problem,
    isBusy: revise.isPending,
    give: () => {
      setProblem(null)
      revise.mutate({ params: { id: campaign.id }, body: { ...changes, version } as never })
    },
  }
}
