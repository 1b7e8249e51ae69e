import db from '@adonisjs/lucid/services/db'
import { Problem } from '#platform'
import { campaignRates, campaignTotals, shippedCampaign, totalsOf, type Shipped } from './campaign_totals.ts'
import { campaignSeries } from './campaign_series.ts'

export class NotSentYet extends Problem {
  static status = 409
  static code = 'E_NOT_SENT_YET'
}

const TOP_DOMAINS = 8
const MEDIAN_OF = 12

/**
 * A campaign's report: totals by person, rates with what they were counted of, what happened when, per link, per mail
 * domain, and the median of the workspace's own earlier campaigns to compare with. Read while it runs as well as after.
 *
 * @param campaign its row: id, name, subject, status, topic name, as the controller found them
 * @throws NotSentYet for a draft
 */
export async function campaignReport({
  workspace,
  campaign,
  compareWith = [],
}: {
  workspace: { id: number; timezone: string }
  campaign: { id: number; name: string; subject: string; status: string; topic: string | null }
  compareWith?: { id: number; name: string }[]
}) {
  const shipped = await shippedCampaign(workspace.id, campaign.id)
  if (!shipped) throw new NotSentYet('This campaign has not been sent, so there is nothing to report yet.')
  const [totals, series, links, domains, earlier, compared] = await Promise.all([
    campaignTotals(shipped),
    campaignSeries(shipped, workspace.timezone),
    linkClicks(shipped),
    mailDomains(shipped),
    earlierRates(shipped),
    Promise.all(compareWith.map((other) => comparison(workspace.id, other))),
  ])
  return {
    campaign: { ...campaign, id: String(campaign.id) },
    started_at: shipped.created_at.toISOString(),
    finished_at: shipped.finished_at?.toISOString() ?? null,
    as_of: new Date().toISOString(),
    totals,
    excluded_by_reason: shipped.excluded,
    rates: campaignRates(totals),
    median: earlier,
    series,
    links,
    breakdowns: { mail_domains: domains },
    comparison: compared.filter((other) => other !== null),
  }
}

export type CampaignReport = Awaited<ReturnType<typeof campaignReport>>

async function linkClicks({ workspace_id, month, campaign_id }: Shipped) {
  const { rows } = await db.rawQuery(
    `select l.no, l.url, l.label,
       count(distinct e.contact_id) filter (where e.verdict = 'human')::int as people,
       count(*) filter (where e.verdict = 'human')::int as clicks,
       count(*) filter (where e.verdict in ('machine', 'unknown'))::int as clicks_machine
     from links l
     left join engagements e on e.workspace_id = l.workspace_id and e.month = ? and e.campaign_id = l.campaign_id
       and e.kind = 'click' and e.link_no = l.no
     where l.workspace_id = ? and l.campaign_id = ?
     group by l.no, l.url, l.label order by people desc, l.no`,
    [month, workspace_id, campaign_id]
  )
  return rows as { no: number; url: string; label: string; people: number; clicks: number; clicks_machine: number }[]
}

/** Where the mail went, largest first: a provider that refuses us shows here first. */
async function mailDomains({ workspace_id, month, campaign_id }: Shipped) {
  const { rows } = await db.rawQuery(
    `select split_part(email, '@', 2) as domain, count(*)::int as accepted,
       count(*) filter (where delivered_at is not null and state <> 'bounced')::int as delivered,
       count(*) filter (where state = 'bounced')::int as bounced,
       count(*) filter (where state = 'complained')::int as complained
     from messages
     where workspace_id = ? and month = ? and campaign_id = ? and accepted_at is not null and email is not null
     group by 1 order by 2 desc, 1 limit ${TOP_DOMAINS}`,
    [workspace_id, month, campaign_id]
  )
  return rows as { domain: string; accepted: number; delivered: number; bounced: number; complained: number }[]
}

/** The median rates of the campaigns before this one (up to twelve); null while there are none. */
async function earlierRates(shipped: Shipped) {
  const { rows } = await db.rawQuery(
    `select workspace_id, campaign_id, month, candidates, excluded, created_at, finished_at from shipments
      where workspace_id = ? and created_at < ? order by created_at desc limit ${MEDIAN_OF}`,
    [shipped.workspace_id, shipped.created_at]
  )
  const rates = [...(await totalsOf(rows as Shipped[])).values()].map(campaignRates)
  if (rates.length === 0) return null
  const median = (key: keyof (typeof rates)[number]) => middle(rates.map((r) => r[key].value).filter((v) => v !== null))
  return {
    campaigns: rates.length,
    delivered: median('delivered'),
    bounced: median('bounced'),
    complained: median('complained'),
    unsubscribed: median('unsubscribed'),
    clicked: median('clicked'),
    opened: median('opened'),
  }
}

function middle(values: number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2
}

async function comparison(workspaceId: number, other: { id: number; name: string }) {
  const shipped = await shippedCampaign(workspaceId, other.id)
  if (!shipped) return null
  const totals = await campaignTotals(shipped)
  return { id: String(other.id), name: other.name, totals, rates: campaignRates(totals) }
}
