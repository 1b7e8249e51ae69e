import '@mantine/charts/styles.layer.css'
import { AreaChart, BarChart, LineChart } from '@mantine/charts'
import type { ChartProps } from './chart'

const kinds = { area: AreaChart, bar: BarChart, line: LineChart }

/** The part of `<Chart>` that brings the charting library along. */
export default function ChartDrawing({ kind, data, dataKey, series, height = 260, format }: ChartProps) {
  const Kind = kinds[kind]
  return (
    <Kind
      h={height}
      data={data}
      dataKey={dataKey}
      series={series}
      valueFormatter={format}
      withLegend={series.length > 1}
      gridAxis="x"
      tickLine="none"
    />
  )
}
