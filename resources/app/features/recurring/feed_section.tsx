import { Alert, Badge, Button, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { Copyable, DateTime, Day, ErrorPanel, Section, Waiting } from '~/ui'
import type { Recurring } from './recurring'

const SHOWN = 8
const SNIPPET = `{% for item in feed.items %}
## [{{ item.title }}]({{ item.url }})

{{ item.summary }}
{% endfor %}`

const feedQuery = (id: string) => api.recurringCampaigns.feed.queryOptions({ params: { id } })

/** What its feed holds, what of it is new, and how a letter names it. */
export function FeedSection({
  recurring: { id, feed },
}: {
  recurring: Recurring & { feed: NonNullable<Recurring['feed']> }
}) {
  const t = useTranslations('recurring.feed')
  const mayWrite = useMay()('campaigns:write')
  const held = useQuery(feedQuery(id))
  const read = useMutation(
    api.recurringCampaigns.readFeed.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(feedQuery(id).queryKey, answer as never)
        return refresh('recurringCampaigns')
      },
    })
  )
  return (
    <Section
      title={t('title')}
      lead={t.rich('lead', { most: feed.most, url: () => <span className="break">{feed.url}</span> })}
      actions={
        mayWrite && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            onClick={() => read.mutate({ params: { id } })}
            loading={read.isPending}
          >
            {t('read')}
          </Button>
        )
      }
    >
      {feed.error && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('failing', { times: feed.failures })}
          mb="md"
        >
          {feed.error}
        </Alert>
      )}
      {held.isPending && <Waiting rows={3} />}
      {held.isError && <ErrorPanel error={held.error} retry={held.refetch} />}
      {held.data && <Items items={held.data.items} />}
      <Text size="xs" c="dimmed" mt="sm" mb="md">
        {t.rich('readAt', { when: () => <DateTime value={feed.read_at} /> })}
      </Text>
      <Text size="sm" mb="xs">
        {t('snippet')}
      </Text>
      <Copyable value={SNIPPET} label={t('snippetLabel')} />
    </Section>
  )
}

interface Item {
  id: string
  title: string
  published_at: string | null
  is_new: boolean
}

function Items({ items }: { items: Item[] }) {
  const t = useTranslations('recurring.feed')
  if (items.length === 0) return <Text size="sm">{t('empty')}</Text>
  return (
    <List listStyleType="none" spacing={4}>
      {items.slice(0, SHOWN).map(({ id, title, published_at: at, is_new: isNew }) => (
        <List.Item key={id}>
          <Text span size="sm" fw={isNew ? 600 : undefined} className="break">
            {title}
          </Text>{' '}
          {at && (
            <Text span size="xs" c="dimmed">
              <Day value={at} />
            </Text>
          )}{' '}
          {isNew && <Badge size="sm">{t('new')}</Badge>}
        </List.Item>
      ))}
    </List>
  )
}
