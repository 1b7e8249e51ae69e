import db from '@adonisjs/lucid/services/db'
import type { Shipped } from './campaign_totals.ts'

const HOURS_SHOWN_BY_HOUR = 72

/**
 * What happened when: by hour for the first three days, by day for a campaign that has gone on for longer. Points
 * without anything are there with zeros, so that a line does not lie.
 */
export async function campaignSeries(shipped: Shipped, timezone: string) {
  const step = stepFor(shipped)
  const { workspace_id: workspaceId, month, campaign_id: campaignId } = shipped
  const { rows } = await db.rawQuery(
    `with happened as (
       select accepted_at as at, 'accepted' as what from messages where workspace_id = :workspaceId and month = :month and campaign_id = :campaignId and accepted_at is not null
       union all
       select delivered_at, 'delivered' from messages where workspace_id = :workspaceId and month = :month and campaign_id = :campaignId and delivered_at is not null
       union all
       select unsubscribed_at, 'unsubscribed' from messages where workspace_id = :workspaceId and month = :month and campaign_id = :campaignId and unsubscribed_at is not null
       union all
       select occurred_at, kind || '_' || verdict from engagements where workspace_id = :workspaceId and month = :month and campaign_id = :campaignId
     ), points as (
       select generate_series(
         date_trunc(:step, cast(:from as timestamptz), :timezone),
         date_trunc(:step, least(now(), cast(:from as timestamptz) + cast(:span as interval)), :timezone),
         cast('1 ' || :step as interval)) as at
     )
     select points.at,
       count(*) filter (where what = 'accepted')::int as accepted,
       count(*) filter (where what = 'delivered')::int as delivered,
       count(*) filter (where what in ('open_human', 'open_unknown'))::int as opens,
       count(*) filter (where what = 'open_machine')::int as opens_machine,
       count(*) filter (where what = 'click_human')::int as clicks,
       count(*) filter (where what in ('click_machine', 'click_unknown'))::int as clicks_machine,
       count(*) filter (where what = 'unsubscribed')::int as unsubscribed
     from points left join happened on date_trunc(:step, happened.at, :timezone) = points.at
     group by points.at order by points.at`,
    {
      workspaceId,
      month,
      campaignId,
      step,
      timezone,
      from: shipped.created_at,
      span: step === 'hour' ? `${HOURS_SHOWN_BY_HOUR} hours` : '30 days',
    }
  )
  return {
    step,
    points: rows.map(({ at, ...counts }: any) => ({ at: at.toISOString() as string, ...counts })) as SeriesPoint[],
  }
}

export interface SeriesPoint {
  at: string
  accepted: number
  delivered: number
  opens: number
  opens_machine: number
  clicks: number
  clicks_machine: number
  unsubscribed: number
}

function stepFor({ created_at: from }: Shipped): 'hour' | 'day' {
  return Date.now() - from.getTime() <= HOURS_SHOWN_BY_HOUR * 3_600_000 ? 'hour' : 'day'
}
