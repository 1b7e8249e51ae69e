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
  const slow = await slowDomains()
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
      name: 'assent_quota_left',
      help: 'Mails that an account of the provider may still send, as it told last.',
      samples: await quotasLeft(),
    },
    {
      name: 'assent_domain_mails_per_minute',
      help: 'The pace of mailbox providers that asked for slower delivery, by account.',
      samples: slow.map(({ labels, pace }) => ({ labels, value: pace })),
    },
    {
      name: 'assent_domain_people_waiting',
      help: 'People who wait because their mailbox provider asked for slower delivery.',
      samples: slow.map(({ labels, people }) => ({ labels, value: people })),
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

async function quotasLeft() {
  const { rows } = await db.rawQuery(
    `select q.account, p.period, greatest(0, p.quota - case when p.resets_at > now() then p.used else 0 end) as n
     from quotas q cross join lateral (values
       ('day', q.daily_limit, q.daily_used, q.daily_resets_at), ('month', q.monthly_limit, q.monthly_used, q.monthly_resets_at)
     ) as p (period, quota, used, resets_at)
     where p.quota is not null and q.updated_at > now() - interval '1 day' order by q.account, p.period limit 200`
  )
  return rows.map(({ account, period, n }: any) => ({ labels: { account, period }, value: Number(n) }))
}

async function slowDomains(): Promise<{ labels: Record<string, string>; pace: number; people: number }[]> {
  const { rows } = await db.rawQuery(
    `select p.account, p.domain, p.per_minute as pace, (
       select coalesce(sum(cardinality(b.contact_ids)), 0)::int from batches b
       where b.parked_for = p.account and b.domain = p.domain and b.state = 'queued'
     ) as people
     from domain_paces p where p.per_minute is not null order by p.account, p.domain limit 200`
  )
  return rows.map(({ account, domain, ...numbers }: any) => ({ labels: { account, domain }, ...numbers }))
}
