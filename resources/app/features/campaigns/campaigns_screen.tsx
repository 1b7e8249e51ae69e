import { Box, Button, Group, NativeSelect, Progress, Text } from '@mantine/core'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import {
  Counter,
  DataGrid,
  DateTime,
  EmptyState,
  Page,
  pageQuery,
  RowLink,
  SearchBox,
  TimeAgo,
  useSearchState,
  type GridColumn,
} from '~/ui'
import { CampaignBadge, campaignStatuses, type CampaignStatus } from './campaign_badge'
import { CampaignMenu } from './campaign_menu'
import { useNewCampaign } from './use_new_campaign'

const REFRESH_MS = 2_500

/** Everything that was written, is leaving or has left, newest first. */
export function CampaignsScreen() {
  const t = useTranslations('campaigns')
  const [search, setSearch] = useSearchState('/w/$workspaceId/campaigns')
  const { status } = search
  const campaigns = useQuery(
    api.campaigns.index.queryOptions(
      { query: { ...pageQuery(search, 30), ...(status ? { status: [status as CampaignStatus] } : {}) } },
      {
        ...keepPage,
        refetchInterval: ({ state }) => (state.data?.data.some((row) => row.status === 'sending') ? REFRESH_MS : false),
      }
    )
  )
  const create = <NewCampaignButton />
  return (
    <Page title={t('title')} lead={t('lead')} actions={create}>
      <Group mb="md" gap="sm">
        <SearchBox
          label={t('search')}
          value={search.q}
          onChange={(q) => setSearch({ q, pages: undefined }, { replace: true })}
        />
        <NativeSelect
          aria-label={t('list.status')}
          data={[
            { value: '', label: t('list.allStatuses') },
            ...campaignStatuses.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
          value={status ?? ''}
          onChange={(event) => setSearch({ status: event.currentTarget.value || undefined, pages: undefined })}
          w={210}
        />
      </Group>
      <DataGrid
        label={t('title')}
        query={campaigns}
        columns={useColumns()}
        search={search}
        onSearch={setSearch}
        isFiltered={Boolean(search.q || status)}
        onClearFilter={() => setSearch({ q: undefined, status: undefined, pages: undefined })}
        empty={
          <EmptyState icon={IconSend} title={t('empty.title')} action={create} more={t('empty.more')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** A draft at once, without a form before it; also what `?new=1` asks for. */
function NewCampaignButton() {
  const t = useTranslations('campaigns')
  const [search, setSearch] = useSearchState('/w/$workspaceId/campaigns')
  const mayWrite = useMay()('campaigns:write')
  const { create, isPending } = useNewCampaign()
  const isAsked = useRef(false)
  useEffect(() => {
    if (search.new !== '1' || !mayWrite || isAsked.current) return
    isAsked.current = true
    setSearch({ new: undefined }, { replace: true })
    create()
  }, [search.new, mayWrite, create, setSearch])
  if (!mayWrite) return null
  return (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={create} loading={isPending}>
      {t('new')}
    </Button>
  )
}

export interface CampaignRow {
  id: string
  name: string
  subject: string
  status: CampaignStatus
  scheduled_at: string | null
  send_started_at: string | null
  updated_at: string
  progress: {
    candidates: number
    mailable: number
    accepted: number
    failed: number
    withheld: number
    waiting: number
  } | null
}

function useColumns(): GridColumn<CampaignRow>[] {
  const t = useTranslations('campaigns')
  const { id: workspaceId } = useWorkspace()
  return [
    {
      key: 'name',
      title: t('list.name'),
      render: (row) => (
        <>
          <RowLink to={addressOf(workspaceId, `campaigns/${row.id}${hasReport(row) ? '/report' : ''}`)}>
            {row.name}
          </RowLink>
          <Text size="xs" c="dimmed" className="break" lineClamp={1}>
            {row.subject || t('list.noSubject')}
          </Text>
          <Box hiddenFrom="xs" mt={4}>
            <CampaignBadge status={row.status} />
          </Box>
        </>
      ),
    },
    {
      key: 'status',
      title: t('list.status'),
      width: 190,
      from: 36,
      render: (row) => <CampaignBadge status={row.status} />,
    },
    {
      key: 'audience',
      title: t('list.audience'),
      width: 120,
      align: 'right',
      from: 62,
      render: ({ progress }) => (progress ? <Counter value={progress.mailable} /> : '–'),
    },
    {
      key: 'accepted',
      title: t('list.accepted'),
      width: 150,
      align: 'right',
      from: 48,
      render: (row) => <Accepted row={row} />,
    },
    { key: 'when', title: t('list.when'), width: 190, from: 56, render: (row) => <When row={row} /> },
    { key: 'actions', title: '', width: 64, align: 'right', render: (row) => <CampaignMenu campaign={row} /> },
  ]
}

export const hasReport = ({ status }: { status: string }) =>
  ['sent', 'sent_with_problems', 'cancelled'].includes(status)

function Accepted({ row: { status, progress } }: { row: CampaignRow }) {
  const t = useTranslations('campaigns.list')
  if (!progress) return <>–</>
  if (status !== 'sending' && status !== 'paused') return <Counter value={progress.accepted} />
  const done = progress.mailable - progress.waiting
  return (
    <>
      <Text size="xs" className="tabular">
        {t('progress', { done, all: progress.mailable })}
      </Text>
      <Progress
        value={(done / Math.max(1, progress.mailable)) * 100}
        aria-label={t('progress', { done, all: progress.mailable })}
        mt={4}
      />
    </>
  )
}

function When({ row }: { row: CampaignRow }) {
  if (row.status === 'scheduled') return <DateTime value={row.scheduled_at} />
  return (
    <Text size="sm">
      {row.send_started_at ? <DateTime value={row.send_started_at} /> : <TimeAgo value={row.updated_at} />}
    </Text>
  )
}
