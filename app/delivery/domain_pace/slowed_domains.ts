import db from '@adonisjs/lucid/services/db'
import { FORGOTTEN_AFTER, knownPaces } from './paces.ts'

/** A mailbox provider that asked for slower delivery, and who of a campaign waits for that. */
export interface SlowedDomain {
  domain: string
  per_hour: number
  people: number
  /** When the last of them will have left at this pace. */
  done_at: string
  /** The pace is forgotten then, unless they ask again. */
  until: string
}

/** Those for whom people of this campaign wait, the slowest first. Asks nothing while the account has none. */
export async function slowedDomains({
  workspaceId,
  shipmentId,
  account,
}: {
  workspaceId: number
  shipmentId: number
  account: string
}): Promise<SlowedDomain[]> {
  if (!(await knownPaces()).limited.has(account)) return []
  const { rows } = await db.rawQuery(
    `select p.domain, p.per_minute * 60 as per_hour, waiting.ours as people, p.last_deferral_at + ${FORGOTTEN_AFTER} as until,
       clock_timestamp() + make_interval(mins => 1) * (waiting.all_of_them::float8 / p.per_minute) as done_at
     from domain_paces p cross join lateral (
       select sum(cardinality(b.contact_ids)) as all_of_them,
         (sum(cardinality(b.contact_ids)) filter (where b.workspace_id = ? and b.shipment_id = ?))::int as ours
       from batches b where b.parked_for = p.account and b.domain = p.domain and b.state = 'queued'
     ) as waiting
     where p.account = ? and p.per_minute is not null and waiting.ours > 0
     order by done_at desc limit 20`,
    [workspaceId, shipmentId, account]
  )
  return rows.map((row: any) => ({
    domain: row.domain,
    per_hour: row.per_hour,
    people: row.people,
    done_at: row.done_at.toISOString(),
    until: row.until.toISOString(),
  }))
}
