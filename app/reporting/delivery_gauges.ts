import db from '@adonisjs/lucid/services/db'
import type { Gauge } from '#platform'

const FRESH_MS = 60_000
let last: { at: number; gauges: Promise<Gauge[]> } | null = null

/** What became of the messages of this month and the last, and what waits. Counted at most once a minute. */
export async function deliveryGauges(): Promise<Gauge[]> {
  if (!last || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), gauges: count() }
  const current = last
  return current.gauges.catch((error) => {
    if (last === current) last = null
    throw error
  })
}

async function count(): Promise<Gauge[]> {
  const byState = async (sql: string) => {
    const { rows } = await db.rawQuery(sql)
    return rows.map(({ state, n }: any) => ({ labels: { state }, value: n }))
  }
  return [
    {
      name: 'assent_messages',
      help: 'Messages of this month and the last, by state.',
      samples: await byState(
        `select state, count(*) as n from messages
         where month >= date_trunc('month', now() - interval '1 month')::date group by state`
      ),
    },
    {
      name: 'assent_batches_open',
      help: 'Batches that are not finished, by state.',
      samples: await byState(
        `select state, count(*) as n from batches where state in ('queued', 'leased', 'sealed') group by state`
      ),
    },
    {
      name: 'assent_service_messages_open',
      help: 'Service mails that have not left, by state.',
      samples: await byState(
        `select state, count(*) as n from service_messages where state in ('queued', 'sealed') group by state`
      ),
    },
  ]
}
