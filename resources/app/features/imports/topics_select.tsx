import { MultiSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { LinkAnchor } from '~/ui'

export const useTopics = () => useQuery(api.topics.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []

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
  const { workspaceId = '' } = useParams({ strict: false })
  const topics = useTopics()
  return (
    <>
      <MultiSelect
        label={t('topics')}
        description={t('topicsHint')}
        placeholder={value.length ? '' : t('topicsPlaceholder')}
        data={topics.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        onChange={onChange}
        error={error}
        required
      />
      {topics.length === 0 && (
        <Text size="sm">
          {t('noTopics')}{' '}
          <LinkAnchor
            underline="always"
            to="/w/$workspaceId/topics"
            params={{ workspaceId }}
            search={{ new: '1' }}
            size="sm"
          >
            {t('makeTopic')}
          </LinkAnchor>
        </Text>
      )}
    </>
  )
}
