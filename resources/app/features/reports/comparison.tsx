import { Input, Table, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Counter, Section, useSearchState } from '~/ui'
import { rateNames, reportRoute, shareStyle, type Rates, type Report } from './report'

const Picker = lazy(() => import('./comparison_picker').then((file) => ({ default: file.ComparisonPicker })))

/** The picker's width, also while it is on its way. */
const place = { w: { base: '100%', sm: 360 } }

/** This campaign beside others of one's choice and the median of those before it. The choice lives in the address. */
export function Comparison({ report: { campaign, totals, rates, median, comparison } }: { report: Report }) {
  const t = useTranslations('reports.compare')
  const [search, setSearch] = useSearchState(reportRoute)
  return (
    <Section
      title={t('title')}
      actions={
        <Suspense fallback={<Input {...place} placeholder={t('choose')} disabled aria-hidden />}>
          <Picker
            {...place}
            own={campaign.id}
            known={comparison}
            chosen={search.compare?.split(',') ?? []}
            onChoose={(ids) => setSearch({ compare: ids.join(',') || undefined }, { replace: true })}
          />
        </Suspense>
      }
    >
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label={t('title')} role="region">
        <Table verticalSpacing="sm">
          <Head />
          <Table.Tbody>
            <Row name={t('this')} accepted={totals.accepted} rates={rates} strong />
            {comparison.map((other) => (
              <Row key={other.id} name={other.name} accepted={other.totals.accepted} rates={other.rates} />
            ))}
            {median && (
              <Row
                name={t('medianRow')}
                rates={Object.fromEntries(rateNames.map((name) => [name, { value: median[name] }])) as Rates}
              />
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}

function Head() {
  const t = useTranslations('reports')
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">{t('compare.campaign')}</Table.Th>
        <Table.Th scope="col" ta="right">
          {t('compare.accepted')}
        </Table.Th>
        {rateNames.map((name) => (
          <Table.Th key={name} scope="col" ta="right">
            {t(name)}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  )
}

function Row({
  name,
  accepted,
  rates,
  strong = false,
}: {
  name: string
  accepted?: number
  rates: Rates
  strong?: boolean
}) {
  const format = useFormatter()
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={strong ? 650 : 400}>
        <Text size="sm" inherit className="break">
          {name}
        </Text>
      </Table.Th>
      <Table.Td ta="right">{accepted === undefined ? '–' : <Counter value={accepted} />}</Table.Td>
      {rateNames.map((key) => {
        const { value } = rates[key]
        return (
          <Table.Td key={key} ta="right" className="tabular">
            {value === null ? '–' : format.number(value, shareStyle(value))}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}
