import { Group, Progress, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { actionsColumn, Counter, DateTime, Day, Narrow, Percent, RowLink, TimeAgo, type GridColumn } from '~/ui'
import { CampaignBadge, type CampaignStatus } from './campaign_badge'
import { CampaignMenu } from './campaign_menu'
import type { Rate, Results } from './use_results'

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

/** What a list of campaigns tells of each. */
export function useCampaignColumns(results: Results): GridColumn<CampaignRow>[] {
  const t = useTranslations('campaigns')
  return [
    {
      key: 'name',
      title: t('list.name'),
      render: (row) => <Name row={row} clicked={results.get(row.id)?.clicked} />,
    },
    {
      key: 'status',
      title: t('list.status'),
      width: 160,
      from: 36,
      render: (row) => <CampaignBadge status={row.status} />,
    },
    {
      key: 'audience',
      title: t('list.audience'),
      width: 110,
      align: 'right',
      from: 68,
      render: ({ progress }) => (progress ? <Counter value={progress.mailable} /> : '–'),
    },
    {
      key: 'accepted',
      title: t('list.accepted'),
      width: 125,
      align: 'right',
      from: 48,
      render: (row) => <Accepted row={row} />,
    },
    {
      key: 'delivered',
      title: t('list.delivered'),
      definition: t('list.deliveredMeans'),
      width: 110,
      align: 'right',
      from: 48,
      render: ({ id }) => <Share rate={results.get(id)?.delivered} />,
    },
    {
      key: 'clicked',
      title: t('list.clicked'),
      definition: t('list.clickedMeans'),
      width: 110,
      align: 'right',
      from: 36,
      render: ({ id }) => <Share rate={results.get(id)?.clicked} />,
    },
    { key: 'when', title: t('list.when'), width: 170, from: 60, render: (row) => <When row={row} /> },
    actionsColumn((row) => <CampaignMenu campaign={row} />),
  ]
}

const hasReport = ({ status }: { status: string }) => ['sent', 'sent_with_problems', 'cancelled'].includes(status)

function Name({ row, clicked }: { row: CampaignRow; clicked?: Rate }) {
  const t = useTranslations('campaigns.list')
  const { id: workspaceId } = useWorkspace()
  return (
    <>
      <RowLink to={addressOf(workspaceId, `campaigns/${row.id}${hasReport(row) ? '/report' : ''}`)}>{row.name}</RowLink>
      <Text size="xs" c="dimmed" className="break" lineClamp={1}>
        {row.subject || t('noSubject')}
      </Text>
      <Narrow>
        <Group gap="xs" mt={4}>
          <CampaignBadge status={row.status} />
          <ClickedInWords rate={clicked} />
        </Group>
      </Narrow>
    </>
  )
}

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
      {row.send_started_at ? <Day value={row.send_started_at} /> : <TimeAgo value={row.updated_at} />}
    </Text>
  )
}

/** How many, and of how many; a dash while there is nothing to tell. */
function Share({ rate }: { rate?: Rate }) {
  const t = useTranslations('campaigns.list')
  if (!rate || rate.of === 0) return <>–</>
  return (
    <span title={t('progress', { done: rate.count, all: rate.of })}>
      <Percent part={rate.count} of={rate.of} />
      <Text size="xs" c="dimmed">
        <Counter value={rate.count} />
      </Text>
    </span>
  )
}

function ClickedInWords({ rate }: { rate?: Rate }) {
  const t = useTranslations('campaigns.list')
  if (!rate || rate.of === 0) return null
  return (
    <Text size="xs" c="dimmed">
      {t.rich('clickedInWords', { share: () => <Percent part={rate.count} of={rate.of} /> })}
    </Text>
  )
}
