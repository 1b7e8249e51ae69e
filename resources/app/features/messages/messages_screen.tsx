import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconMailBolt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import {
  Choice,
  DataGrid,
  EmptyState,
  Narrow,
  onDemand,
  Page,
  pageQuery,
  TimeAgo,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { CampaignTabs } from '../campaigns/campaign_tabs'
import { MessageBadge, statuses, type MessageStatus } from './message_badge'

const MessageModal = onDemand(() => import('./message_modal'), 'MessageModal')

const HERE = '/w/$workspaceId/campaigns/service'

export interface MessageRow {
  id: string
  to: string | null
  subject: string | null
  status: string
  reason: string | null
  created_at: string
}

/** Mail that programs asked for, one person each, newest first: what became of it. */
export function MessagesScreen() {
  const t = useTranslations('messages')
  const common = useTranslations('common')
  const [search, setSearch] = useSearchState(HERE)
  const { status, contact } = search
  const messages = useQuery(
    api.messages.index.queryOptions(
      {
        query: {
          ...pageQuery(search, 50),
          ...(status ? { status: status as MessageStatus } : {}),
          ...(contact ? { contact_id: Number(contact) } : {}),
        },
      },
      { ...keepPage, refetchInterval: 10_000 }
    )
  )
  const isFiltered = Boolean(status || contact)
  const isEmpty = !isFiltered && messages.data?.data.length === 0
  return (
    <Page title={t('title')} lead={t('lead')}>
      <CampaignTabs />
      {!isEmpty && (
        <Group gap="sm" mb="md">
          <Choice
            label={t('status')}
            any={t('allStatuses')}
            options={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
            value={status}
            onChange={(value) => setSearch({ status: value, pages: undefined })}
          />
          {contact && (
            <Button variant="subtle" onClick={() => setSearch({ contact: undefined, pages: undefined })}>
              {common('clearFilter')}
            </Button>
          )}
        </Group>
      )}
      <DataGrid
        label={t('title')}
        query={messages}
        columns={useColumns((mail) => setSearch({ mail }))}
        search={search}
        onSearch={setSearch}
        isFiltered={isFiltered}
        onClearFilter={() => setSearch({ status: undefined, contact: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconMailBolt} title={t('empty.title')} more={t('empty.more')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      <MessageModal
        id={search.mail ?? ''}
        opened={search.mail !== undefined}
        onClose={() => setSearch({ mail: undefined }, { replace: true })}
      />
    </Page>
  )
}

function useColumns(show: (id: string) => void): GridColumn<MessageRow>[] {
  const t = useTranslations('messages')
  return [
    {
      key: 'subject',
      title: t('mail'),
      render: (row) => (
        <>
          <Anchor
            component="button"
            type="button"
            ta="left"
            fw={600}
            fz="sm"
            className="break"
            data-row-link
            onClick={() => show(row.id)}
          >
            {row.subject ?? t('gone')}
          </Anchor>
          <Text size="xs" c="dimmed" className="break">
            {row.to ?? t('erased')}
          </Text>
          <Narrow>
            <MessageBadge status={row.status} />
          </Narrow>
        </>
      ),
    },
    {
      key: 'status',
      title: t('status'),
      width: 170,
      from: 36,
      render: ({ status }) => <MessageBadge status={status} />,
    },
    {
      key: 'reason',
      title: t('reason'),
      width: 220,
      from: 68,
      render: ({ reason }) => <Text size="sm">{reason?.replaceAll('_', ' ') ?? '–'}</Text>,
    },
    { key: 'created_at', title: t('asked'), width: 150, from: 60, render: (row) => <TimeAgo value={row.created_at} /> },
  ]
}
