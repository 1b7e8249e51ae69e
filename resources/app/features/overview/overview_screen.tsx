import { Alert, SimpleGrid } from '@mantine/core'
import { IconConfetti } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay, useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Chart, DateTime, ErrorPanel, LinkButton, Page, Section, Stat, Waiting } from '~/ui'
import { Checklist } from './checklist'
import { LoadDemo, RemoveDemo } from './demo_card'
import { RecentCampaigns } from './recent_campaigns'

/** The workspace at a glance: the way to a first campaign, then what became of those that went out. */
export function OverviewScreen() {
  const t = useTranslations('overview')
  const { id } = useWorkspace()
  const may = useMay()
  const overview = useQuery(api.overview.show.queryOptions())
  if (!overview.data) {
    return (
      <Page title={t('title')}>
        {overview.isError ? <ErrorPanel error={overview.error} retry={overview.refetch} /> : <Waiting />}
      </Page>
    )
  }
  const { steps, demo, totals, recent_campaigns: campaigns, growth, as_of: asOf } = overview.data
  const isBegun = Object.values(steps).every(Boolean)
  return (
    <Page
      title={t('title')}
      lead={
        <>
          {t('asOf')} <DateTime value={asOf} />
        </>
      }
      actions={
        <>
          {demo && may('settings:write') && <RemoveDemo />}
          {may('campaigns:write') && (isBegun || demo) && (
            <LinkButton to={addressOf(id, 'campaigns')} search={{ new: '1' } as never}>
              {t('newCampaign')}
            </LinkButton>
          )}
        </>
      }
    >
      {demo && (
        <Alert icon={<IconConfetti aria-hidden />} mb="lg" variant="light">
          {t('demo.here')}
        </Alert>
      )}
      {!isBegun && <Checklist done={steps} />}
      {!demo && totals.contacts === 0 && may('settings:write') && <LoadDemo />}
      {totals.contacts > 0 && (
        <>
          <SimpleGrid cols={{ base: 2, md: 4 }} mb="lg">
            <Stat label={t('totals.contacts')} value={totals.contacts} definition={t('totals.contactsMeans')} />
            <Stat label={t('totals.mailable')} value={totals.mailable} definition={t('totals.mailableMeans')} />
            <Stat label={t('totals.suppressed')} value={totals.suppressed} definition={t('totals.suppressedMeans')} />
            <Stat label={t('totals.campaigns')} value={totals.campaigns_sent} />
          </SimpleGrid>
          <RecentCampaigns campaigns={campaigns} />
          <Growth weeks={growth} />
        </>
      )}
    </Page>
  )
}

function Growth({ weeks }: { weeks: { week: string; contacts: number; granted: number; withdrawn: number }[] }) {
  const t = useTranslations('overview')
  const format = useFormatter()
  const data = weeks.map(({ week, ...numbers }) => ({
    ...numbers,
    week: format.dateTime(new Date(week), { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  }))
  return (
    <Section title={t('growth.title')} lead={t('growth.lead')}>
      <Chart
        kind="bar"
        label={t('growth.title')}
        data={data}
        dataKey="week"
        series={[
          { name: 'granted', label: t('growth.granted'), color: 'door.6' },
          { name: 'withdrawn', label: t('growth.withdrawn'), color: 'yellow.7' },
        ]}
        format={(value) => format.number(value)}
      />
    </Section>
  )
}
