import db from '@adonisjs/lucid/services/db'
import { mailablePeople } from '#consent'
import { peopleWhere } from '#contacts'
import { comparingSets } from '#platform'
import { campaignRates, totalsOf, type Shipped } from './campaign_totals.ts'

const RECENT = 6
const WEEKS = 26

/**
 * A workspace at a glance: the five steps to a first campaign (demo data does not tick them), totals, the latest
 * campaigns and how the list grew. `mailable` people have a granted, unexpired consent for a live topic and an address
 * that is not suppressed.
 */
export async function workspaceOverview(workspace: { id: number; timezone: string }) {
  const [steps, totals, recent, growth] = await Promise.all([
    firstSteps(workspace.id),
    countTotals(workspace.id),
    recentCampaigns(workspace.id),
    weeklyGrowth(workspace),
  ])
  return { steps, ...totals, recent_campaigns: recent, growth, as_of: new Date().toISOString() }
}

async function firstSteps(workspaceId: number) {
  const { rows } = await db.rawQuery(
    `select
       coalesce(w.postal_address, '') <> '' and coalesce(w.default_from_email, '') <> '' as workspace,
       exists (select from topics where workspace_id = w.id and archived_at is null and not demo) as topic,
       exists (select from contacts where workspace_id = w.id and deleted_at is null and not demo) as contacts,
       exists (select from campaigns where workspace_id = w.id and deleted_at is null and not demo and subject <> '') as campaign,
       exists (select from shipments where workspace_id = w.id and not demo) as sent
     from workspaces w where w.id = ?`,
    [workspaceId]
  )
  return rows[0] as Record<'workspace' | 'topic' | 'contacts' | 'campaign' | 'sent', boolean>
}

async function countTotals(workspaceId: number) {
  const mailable = mailablePeople({ workspaceId, channel: 'email', people: peopleWhere(workspaceId) })
  const { rows } = await db.transaction((trx) =>
    comparingSets(trx, () =>
      trx.rawQuery(
        `select
           (select count(*)::int from contacts where workspace_id = w.id and deleted_at is null) as contacts,
           (select count(*)::int from (${mailable.sql}) as people) as mailable,
           (select count(*)::int from suppressions where workspace_id = w.id) as suppressed,
           (select count(*)::int from shipments where workspace_id = w.id) as campaigns_sent,
           (select count(*)::int from segments where workspace_id = w.id and deleted_at is null) as segments,
           exists (select from contacts where workspace_id = w.id and demo) as demo
         from workspaces w where w.id = ?`,
        [...mailable.bindings, workspaceId] as any[]
      )
    )
  )
  const { demo, ...totals } = rows[0]
  return {
    demo: demo as boolean,
    totals: totals as Record<'contacts' | 'mailable' | 'suppressed' | 'campaigns_sent' | 'segments', number>,
  }
}

async function recentCampaigns(workspaceId: number) {
  const { rows } = await db.rawQuery(
    `select s.workspace_id, s.campaign_id, s.month, s.candidates, s.excluded, s.created_at, s.finished_at, c.name, c.subject, c.status
       from shipments s join campaigns c on c.workspace_id = s.workspace_id and c.id = s.campaign_id
      where s.workspace_id = ? and c.deleted_at is null order by s.created_at desc, s.id desc limit ${RECENT}`,
    [workspaceId]
  )
  const shipments = rows as (Shipped & { name: string; subject: string; status: string })[]
  const totals = await totalsOf(shipments)
  return shipments.map((row) => {
    const { accepted, delivered, ...more } = totals.get(row.campaign_id)!
    return {
      id: String(row.campaign_id),
      name: row.name,
      subject: row.subject,
      status: row.status,
      sent_at: row.created_at.toISOString(),
      accepted,
      delivered,
      rates: campaignRates({ accepted, delivered, ...more }),
    }
  })
}

/** People who came in and people who left, by week of the workspace's own zone, for half a year. */
async function weeklyGrowth({ id, timezone }: { id: number; timezone: string }) {
  const { rows } = await db.transaction((trx) =>
    comparingSets(trx, () =>
      trx.rawQuery(
        `with starts as materialized (
           select array(select generate_series(
             date_trunc('week', now() - interval '${WEEKS - 1} weeks', :timezone), date_trunc('week', now(), :timezone), interval '1 week'
           )) as weeks
         ), came as (
           select width_bucket(created_at, (select weeks from starts)) as week, count(*)::int as n from contacts
            where workspace_id = :id and deleted_at is null and created_at >= (select weeks[1] from starts) group by 1
         ), moved as (
           select width_bucket(since, (select weeks from starts)) as week, status, contact_id from consents
            where workspace_id = :id and channel = 'email' and since >= (select weeks[1] from starts) and status in ('granted', 'withdrawn') group by 1, 2, 3
         ), agreed as (
           select week, count(*) filter (where status = 'granted')::int as granted,
             count(*) filter (where status = 'withdrawn')::int as withdrawn from moved group by 1
         )
         select to_char(start at time zone :timezone, 'YYYY-MM-DD') as week, coalesce(came.n, 0) as contacts,
           coalesce(granted, 0) as granted, coalesce(withdrawn, 0) as withdrawn
         from starts cross join unnest(weeks) with ordinality as each (start, week)
           left join came using (week) left join agreed using (week) order by start`,
        { id, timezone }
      )
    )
  )
  return rows as { week: string; contacts: number; granted: number; withdrawn: number }[]
}
