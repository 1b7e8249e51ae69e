import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '~/api'
import { problemOf } from '~/problem'
import { isComplete, ruleOf, type Group, type Rule } from './rule'

const WAIT_MS = 350

/** Whom the draft picks, asked a moment after the last change and only while it is complete. */
export function usePreview(root: Group) {
  const [settled] = useDebouncedValue(root, WAIT_MS)
  const isReady = isComplete(settled)
  const { rule, keyAt } = ruleOf(settled)
  const answer = useQuery({
    queryKey: [['segments', 'preview'], { rule }],
    queryFn: () => client.api.segments.preview({ body: { rule } }),
    enabled: isReady,
    placeholderData: keepPreviousData,
  })
  const refusal = isReady && answer.isError ? problemOf(answer.error) : null
  const [item] = refusal?.items ?? []
  const key = item?.field ? keyAt(item.field) : undefined
  return {
    answer,
    isReady,
    /** What is shown is not about the draft as it stands. */
    isStale: !isReady || settled !== root || answer.isPlaceholderData || answer.isError,
    askedRule: isReady && !answer.isError ? (rule as Rule) : null,
    errors: key && item ? { [key]: item.message } : ({} as Record<string, string>),
    /** What belongs to no part of the rule. */
    failure: refusal && !key ? answer.error : null,
  }
}

export type Preview = ReturnType<typeof usePreview>
