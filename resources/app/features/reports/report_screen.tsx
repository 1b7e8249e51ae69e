import { Tabs } from '@mantine/core'
import { IconReportAnalytics } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { problemOf } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { DateTime, EmptyState, ErrorPanel, LinkButton, Page, useSearchState, Waiting } from '~/ui'
import { campaignQuery } from '../campaigns/campaign'
import { CampaignBadge } from '../campaigns/campaign_badge'
import { CampaignMenu } from '../campaigns/campaign_menu'
import { isRunning, reportQuery, reportRoute } from './report'
import { ResultsTab } from './results_tab'

const ReceiptTab = lazy(() => import('./receipt_tab').then((file) => ({ default: file.ReceiptTab })))

/** What became of a campaign: what people did, and the account of everyone who was in the audience. */
export function ReportScreen() {
  const t = useTranslations('reports')
  const { id: workspaceId } = useWorkspace()
  const { id } = useParams({ from: reportRoute })
  const [search, setSearch] = useSearchState(reportRoute)
  const report = useQuery({ ...reportQuery(id, search.compare), placeholderData: keepPreviousData })
  const written = useQuery(campaignQuery(id))
  const crumbs = [{ label: t('campaigns'), to: addressOf(workspaceId, 'campaigns') }]
  if (!report.data) {
    return (
      <Page title={t('title')} crumbs={crumbs}>
        {report.isError ? <NoReport error={report.error} retry={report.refetch} id={id} /> : <Waiting rows={10} />}
      </Page>
    )
  }
  const { campaign } = report.data
  const topicId = written.data?.topic_id ?? null
  return (
    <Page
      title={campaign.name}
      badge={<CampaignBadge status={campaign.status} />}
      crumbs={crumbs}
      lead={<Lead report={report.data} />}
      actions={<CampaignMenu campaign={{ ...campaign, id }} />}
      width="80rem"
    >
      <Tabs
        value={search.tab ?? 'report'}
        onChange={(tab) => setSearch({ tab: tab === 'receipt' ? 'receipt' : undefined })}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="report">{t('tabs.report')}</Tabs.Tab>
          <Tabs.Tab value="receipt">{t('tabs.receipt')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="report">
          <ResultsTab report={report.data} />
        </Tabs.Panel>
        <Tabs.Panel value="receipt">
          <Suspense fallback={<Waiting />}>
            <ReceiptTab id={id} status={campaign.status} topicId={topicId} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Lead({
  report: { campaign, started_at: startedAt, as_of: asOf },
}: {
  report: { campaign: { subject: string; topic: string | null; status: string }; started_at: string; as_of: string }
}) {
  const t = useTranslations('reports')
  const format = useFormatter()
  return (
    <>
      {t('sentTo', { subject: campaign.subject, topic: campaign.topic ?? '–' })} · <DateTime value={startedAt} zone /> ·{' '}
      {t('asOf')} {format.dateTime(new Date(asOf), { timeStyle: 'short' })}
      {isRunning(campaign.status) && <> · {t('sending')}</>}
    </>
  )
}

function NoReport({ error, retry, id }: { error: unknown; retry: () => void; id: string }) {
  const t = useTranslations('reports')
  const { id: workspaceId } = useWorkspace()
  if (problemOf(error).code !== 'E_NOT_SENT_YET') return <ErrorPanel error={error} retry={retry} />
  return (
    <EmptyState
      icon={IconReportAnalytics}
      title={t('notSent.title')}
      action={<LinkButton to={addressOf(workspaceId, `campaigns/${id}`)}>{t('notSent.open')}</LinkButton>}
    >
      {t('notSent.text')}
    </EmptyState>
  )
}
