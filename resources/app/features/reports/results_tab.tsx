import { Box, SimpleGrid, Text } from '@mantine/core'
import { useFormatter, useTimeZone, useTranslations } from 'use-intl'
import { Chart, later, Section, Stat } from '~/ui'
import { ClickedLinks } from './clicked_links'
import { Comparison } from './comparison'
import { MailDomains } from './mail_domains'
import { rateNames, shareStyle, type Median, type Rate, type RateName, type Report } from './report'

const MeasuredNote = later(() => import('./measured_note'), 'MeasuredNote', 0)

export function ResultsTab({ report }: { report: Report }) {
  const t = useTranslations('reports')
  const { totals, rates, median } = report
  const measured = Math.max(totals.clicks_measured, totals.opens_measured)
  return (
    <>
      <Box component="section" aria-label={t('headline')} mb="lg">
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md">
          {rateNames.map((name) => (
            <RateStat key={name} name={name} rate={rates[name]} median={median} />
          ))}
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt="sm" maw="60rem">
          {t('openNote', {
            unknown: totals.opened.unknown,
            machine: totals.opened.machine,
            machineClicks: totals.clicked.machine + totals.clicked.unknown,
          })}
        </Text>
      </Box>
      {measured < totals.accepted && <MeasuredNote measured={measured} accepted={totals.accepted} />}
      <OverTime series={report.series} />
      <ClickedLinks links={report.links} clicked={totals.clicked.human} />
      <MailDomains domains={report.breakdowns.mail_domains} />
      <Comparison report={report} />
    </>
  )
}

/** A rate, what it was counted of, and how it stands against the campaigns before. */
function RateStat({ name, rate, median }: { name: RateName; rate: Rate; median: Median | null }) {
  const t = useTranslations('reports')
  const format = useFormatter()
  return (
    <Stat
      label={t(name)}
      definition={t(`${name}Means`)}
      value={rate.value === null ? '–' : format.number(rate.value, shareStyle(rate.value))}
      hint={
        <>
          {t('of', { count: rate.count, of: rate.of })}
          <Against value={rate.value} median={median?.[name] ?? null} />
        </>
      }
    />
  )
}

function Against({ value, median }: { value: number | null; median: number | null }) {
  const t = useTranslations('reports')
  const format = useFormatter()
  if (value === null || median === null) return null
  const points = (value - median) * 100
  const usual = format.number(median, shareStyle(median))
  if (Math.abs(points) < 0.05)
    return (
      <Box component="span" display="block">
        {t('median', { value: usual })}
      </Box>
    )
  const distance = t('points', { points: Math.abs(points) })
  return (
    <Box component="span" display="block">
      {points > 0 ? '▲' : '▼'} {t(points > 0 ? 'aboveMedian' : 'belowMedian', { points: distance, value: usual })}
    </Box>
  )
}

function OverTime({ series: { step, points } }: { series: Report['series'] }) {
  const t = useTranslations('reports')
  const format = useFormatter()
  const zone = useTimeZone()
  const moment = (at: string) =>
    format.dateTime(
      new Date(at),
      step === 'hour' ? { weekday: 'short', hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' }
    )
  return (
    <Section title={t('when.title')} lead={t(step === 'hour' ? 'when.hour' : 'when.day', { zone: zone ?? 'UTC' })}>
      <Chart
        kind="area"
        label={t('when.label')}
        data={untilQuiet(points).map(({ at, clicks, opens, unsubscribed }) => ({
          at: moment(at),
          clicks,
          opens,
          unsubscribed,
        }))}
        dataKey="at"
        series={[
          { name: 'opens', label: t('when.opens'), color: 'gray.5' },
          { name: 'clicks', label: t('when.clicks'), color: 'door.6' },
          { name: 'unsubscribed', label: t('when.unsubscribed'), color: 'yellow.7' },
        ]}
        format={(value) => format.number(value)}
      />
    </Section>
  )
}

const FEWEST_POINTS = 7

/** A campaign goes quiet after a few days: the line ends there, not at today. */
function untilQuiet(points: Report['series']['points']) {
  const last = points.findLastIndex(({ clicks, opens, unsubscribed }) => clicks + opens + unsubscribed > 0)
  return points.slice(0, Math.max(last + 2, FEWEST_POINTS))
}
