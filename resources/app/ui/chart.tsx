import { Box, SegmentedControl, Skeleton, Table } from '@mantine/core'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'

const Drawing = lazy(() => import('./chart_drawing'))

export interface ChartProps {
  kind: 'area' | 'bar' | 'line'
  /** What the picture shows, in a sentence; the table's caption. */
  label: string
  data: Record<string, string | number>[]
  dataKey: string
  series: { name: string; label?: string; color: string }[]
  height?: number
  format?: (value: number) => string
}

/** A chart and its twin, the same numbers as a table: one switch apart. Drawn by a part of the app that loads when needed. */
export function Chart(props: ChartProps) {
  const t = useTranslations('common')
  const [view, setView] = useState<string>('chart')
  return (
    <Box>
      <SegmentedControl
        size="xs"
        mb="sm"
        value={view}
        onChange={setView}
        aria-label={t('showAs')}
        data={[
          { value: 'chart', label: t('asChart') },
          { value: 'table', label: t('asTable') },
        ]}
      />
      {view === 'table' ? (
        <ChartTable {...props} />
      ) : (
        <Suspense fallback={<Skeleton height={props.height ?? 260} />}>
          {/* the hint of where the pointer last was, when the window has become narrower, does not widen the page */}
          <Box role="img" aria-label={props.label} style={{ overflowX: 'clip', paddingInlineEnd: 6 }}>
            <Drawing {...props} />
          </Box>
        </Suspense>
      )}
    </Box>
  )
}

function ChartTable({ label, data, dataKey, series, format }: ChartProps): ReactNode {
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table>
        <Table.Caption>{label}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {series.map(({ name, label: seriesLabel }) => (
              <Table.Th key={name} ta="right" scope="col">
                {seriesLabel ?? name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((row, i) => (
            <Table.Tr key={i}>
              <Table.Th scope="row">{row[dataKey]}</Table.Th>
              {series.map(({ name }) => (
                <Table.Td key={name} ta="right" className="tabular">
                  {typeof row[name] === 'number' && format ? format(row[name]) : row[name]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
