/** How long requests took in this process, by route: a histogram in Prometheus' sense. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Series {
  labels: string
  buckets: number[]
  count: number
  sum: number
}

const series = new Map<string, Series>()

export function countRequest({
  method,
  route,
  status,
  seconds,
}: {
  method: string
  route: string
  status: number
  seconds: number
}) {
  const labels = `method="${method}",route="${route.replaceAll('"', '')}",status="${Math.floor(status / 100)}xx"`
  const found = series.get(labels) ?? { labels, buckets: BUCKETS.map(() => 0), count: 0, sum: 0 }
  series.set(labels, found)
  found.count++
  found.sum += seconds
  BUCKETS.forEach((limit, i) => {
    if (seconds <= limit) found.buckets[i]++
  })
}

export function httpMetrics(): string {
  const name = 'assent_http_request_duration_seconds'
  const lines = [...series.values()].flatMap(({ labels, buckets, count, sum }) => [
    ...BUCKETS.map((limit, i) => `${name}_bucket{${labels},le="${limit}"} ${buckets[i]}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sum.toFixed(6)}`,
    `${name}_count{${labels}} ${count}`,
  ])
  return [`# HELP ${name} Duration of HTTP requests, by route.`, `# TYPE ${name} histogram`, ...lines].join('\n')
}
