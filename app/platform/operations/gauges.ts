import db from '@adonisjs/lucid/services/db'

export interface Gauge {
  name: string
  help: string
  samples: { labels?: Record<string, string>; value: number }[]
}

/** A module's own numbers for /metrics; named in start/metrics.ts. */
export type GaugeSource = () => Promise<Gauge[]>

export function gaugeText({ name, help, samples }: Gauge): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text.replaceAll(/["\\\n]/g, '')}"`)
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
  })
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n')
}

/** This process, its colleagues, and what waits for a worker. */
export async function platformGauges(): Promise<Gauge[]> {
  const { rss, heapUsed } = process.memoryUsage()
  const one = (name: string, help: string, value: number): Gauge => ({ name, help, samples: [{ value }] })
  const { rows: events } = await db.rawQuery(
    `select count(*) filter (where dead_at is null) as waiting, count(*) filter (where dead_at is not null) as dead,
            coalesce(extract(epoch from now() - min(not_before) filter (where dead_at is null and not_before <= now())), 0)::float8 as lag
     from domain_events where dispatched_at is null`
  )
  const { rows: alive } = await db.rawQuery(
    `select kind, count(*) as n from heartbeats where seen_at > now() - interval '30 seconds' group by kind`
  )
  return [
    one('assent_process_resident_memory_bytes', 'Memory of this process.', rss),
    one('assent_process_heap_used_bytes', 'JavaScript heap in use in this process.', heapUsed),
    one('assent_process_uptime_seconds', 'Age of this process.', process.uptime()),
    one('assent_events_waiting', 'Announcements not yet brought to their listeners.', events[0].waiting),
    one('assent_events_dead', 'Announcements given up after twenty attempts.', events[0].dead),
    one('assent_events_lag_seconds', 'Age of the oldest announcement that is due.', events[0].lag),
    {
      name: 'assent_processes',
      help: 'Processes whose heartbeat is younger than 30 seconds.',
      samples: alive.map(({ kind, n }: any) => ({ labels: { kind }, value: n })),
    },
    { name: 'assent_jobs', help: 'Jobs by queue and state.', samples: await jobDepths() },
  ]
}

/** The queues' tables are made by the first process that needs them. */
async function jobDepths() {
  const { rows: there } = await db.rawQuery(`select to_regclass('jobs.job') is not null as yes`)
  if (!there[0].yes) return []
  const { rows } = await db.rawQuery(
    `select name, state::text, count(*) as n from jobs.job where state in ('created', 'retry', 'active', 'failed')
     and name not like '\\_\\_pgboss%' group by 1, 2`
  )
  return rows.map(({ name, state, n }: any) => ({ labels: { queue: name, state }, value: n }))
}
