import db from '@adonisjs/lucid/services/db'
import { rate } from './rate.ts'

/** People by the best that is known of them: a human reaction outweighs an unknown one, an unknown one a machine's. */
export interface Reactions {
  human: number
  unknown: number
  machine: number
}

export interface Shipped {
  workspace_id: number
  campaign_id: number
  month: string
  candidates: number
  excluded: Record<string, number>
  created_at: Date
  finished_at: Date | null
}

/** The frozen frame of a campaign that was sent; null while it is a draft. */
export async function shippedCampaign(workspaceId: number, campaignId: number): Promise<Shipped | null> {
  return (await shippedCampaigns(workspaceId, [campaignId]))[0] ?? null
}

export async function shippedCampaigns(workspaceId: number, campaignIds: number[]): Promise<Shipped[]> {
  const { rows } = await db.rawQuery(
    `select workspace_id, campaign_id, month, candidates, excluded, created_at, finished_at
       from shipments where workspace_id = ? and campaign_id = any(?::bigint[])`,
    [workspaceId, campaignIds] as any[]
  )
  return rows
}

/** What became of a campaign's people, and how they reacted. */
export async function campaignTotals(shipped: Shipped) {
  return (await totalsOf([shipped])).get(shipped.campaign_id)!
}

/** The same for several campaigns at once, by campaign id: two queries, however many there are. */
export async function totalsOf(shipments: Shipped[]) {
  const [outcomes, reactions] = await Promise.all([countOutcomes(shipments), countReactions(shipments)])
  return new Map(
    shipments.map(({ campaign_id: id, candidates, excluded }) => [
      id,
      {
        candidates,
        excluded: Object.values(excluded).reduce((sum, n) => sum + n, 0),
        ...(outcomes.get(id) ?? noOutcomes),
        opened: people(reactions, id, 'open'),
        clicked: people(reactions, id, 'click'),
      },
    ])
  )
}

export type CampaignTotals = Awaited<ReturnType<typeof campaignTotals>>

/**
 * Rates of what was accepted for delivery, as the large mailbox providers count them; clicks lead, by people. Openings and
 * clicks are of those whose mail was measured: of the others nobody knows.
 */
export function campaignRates(totals: CampaignTotals) {
  return {
    delivered: rate(totals.delivered, totals.accepted),
    bounced: rate(totals.bounced, totals.accepted),
    complained: rate(totals.complained, totals.accepted),
    unsubscribed: rate(totals.unsubscribed, totals.accepted),
    clicked: rate(totals.clicked.human, totals.clicks_measured),
    opened: rate(totals.opened.human + totals.opened.unknown, totals.opens_measured),
  }
}

/** `accepted` is everyone whom the provider took, whatever came later; `delivered` those of whom the mailbox said so; `…_measured` whose mail counts. */
const OUTCOMES = {
  accepted: 'accepted_at is not null',
  delivered: `delivered_at is not null and state <> 'bounced'`,
  bounced: `state = 'bounced'`,
  complained: `state = 'complained'`,
  suppressed: `state = 'suppressed'`,
  failed: `state = 'failed'`,
  withheld: `state = 'withheld'`,
  unconfirmed: `state = 'unconfirmed'`,
  cancelled: `state = 'cancelled'`,
  unsubscribed: 'unsubscribed_at is not null',
  opens_measured: 'accepted_at is not null and opens_measured',
  clicks_measured: 'accepted_at is not null and clicks_measured',
}
type Outcomes = Record<keyof typeof OUTCOMES, number>
const noOutcomes = Object.fromEntries(Object.keys(OUTCOMES).map((name) => [name, 0])) as Outcomes

async function countOutcomes(shipments: Shipped[]): Promise<Map<number, Outcomes>> {
  if (shipments.length === 0) return new Map()
  const counts = Object.entries(OUTCOMES).map(([name, holds]) => `count(*) filter (where ${holds})::int as ${name}`)
  const { sql, bindings } = ofShipments(shipments)
  const { rows } = await db.rawQuery(
    `select campaign_id, ${counts.join(', ')} from messages where ${sql} group by campaign_id`,
    bindings
  )
  return new Map(rows.map(({ campaign_id: id, ...outcomes }: any) => [id, outcomes]))
}

interface JudgedPeople {
  campaign_id: number
  kind: 'open' | 'click'
  best: 1 | 2 | 3
  people: number
}

async function countReactions(shipments: Shipped[]): Promise<JudgedPeople[]> {
  if (shipments.length === 0) return []
  const { sql, bindings } = ofShipments(shipments)
  const { rows } = await db.rawQuery(
    `select campaign_id, kind, best, count(*)::int as people from (
       select campaign_id, kind, contact_id, min(case verdict when 'human' then 1 when 'unknown' then 2 else 3 end) as best
         from engagements where ${sql} group by campaign_id, kind, contact_id
     ) judged group by campaign_id, kind, best`,
    bindings
  )
  return rows
}

function people(judged: JudgedPeople[], campaignId: number, kind: 'open' | 'click'): Reactions {
  const of = (best: number) =>
    judged.find((row) => row.campaign_id === campaignId && row.kind === kind && row.best === best)?.people ?? 0
  return { human: of(1), unknown: of(2), machine: of(3) }
}

/** The rows of these campaigns, each in its own month's partition. */
export function ofShipments(shipments: Shipped[]) {
  const months = [...new Set(shipments.map(({ month }) => month))]
  return {
    sql: 'workspace_id = ? and month = any(cast(? as date[])) and campaign_id = any(?)',
    bindings: [shipments[0].workspace_id, months, shipments.map(({ campaign_id: id }) => id)] as any[],
  }
}
