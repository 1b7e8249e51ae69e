import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { NoTopics } from '~/features/consent/no_topics'
import { ErrorPanel } from '~/ui'

export const useTopics = () => useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))

/** What they agreed to; where there is no topic yet, the way to make one. */
export function TopicsSelect({
  value,
  onChange,
  error,
}: {
  value: string[]
  onChange: (ids: string[]) => void
  error?: string
}) {
  const t = useTranslations('imports.agreement')
  const query = useTopics()
  const topics = query.data?.data
  return (
    <>
      <MultiSelect
        label={t('topics')}
        description={t('topicsHint')}
        placeholder={value.length ? '' : t('topicsPlaceholder')}
        data={(topics ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={topics ? value : []}
        onChange={onChange}
        error={error}
        required
      />
      {topics?.length === 0 && <NoTopics />}
      {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
    </>
  )
}
