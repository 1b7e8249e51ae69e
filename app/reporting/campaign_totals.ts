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
  const { rows } = await db.rawQuery(
    `select workspace_id, campaign_id, month, candidates, excluded, created_at, finished_at
       from shipments where workspace_id = ? and campaign_id = ?`,
    [workspaceId, campaignId]
  )
  return rows[0] ?? null
}

/** What became of a campaign's people, and how they reacted. */
export async function campaignTotals(shipped: Shipped) {
  const [outcomes, reactions] = await Promise.all([countOutcomes(shipped), countReactions(shipped)])
  const excluded = Object.values(shipped.excluded).reduce((sum, n) => sum + n, 0)
  return { candidates: shipped.candidates, excluded, ...outcomes, ...reactions }
}

export type CampaignTotals = Awaited<ReturnType<typeof campaignTotals>>

/** Rates of what was accepted for delivery, as the large mailbox providers count them; clicks lead, by people. */
export function campaignRates(totals: CampaignTotals) {
  return {
    delivered: rate(totals.delivered, totals.accepted),
    bounced: rate(totals.bounced, totals.accepted),
    complained: rate(totals.complained, totals.accepted),
    unsubscribed: rate(totals.unsubscribed, totals.accepted),
    clicked: rate(totals.clicked.human, totals.accepted),
    opened: rate(totals.opened.human + totals.opened.unknown, totals.accepted),
  }
}

/** `accepted` is everyone whom the provider took, whatever came later; `delivered` those of whom the mailbox said so. */
async function countOutcomes({ workspace_id, month, campaign_id }: Shipped) {
  const { rows } = await db.rawQuery(
    `select
       count(*) filter (where accepted_at is not null)::int as accepted,
       count(*) filter (where delivered_at is not null and state <> 'bounced')::int as delivered,
       count(*) filter (where state = 'bounced')::int as bounced,
       count(*) filter (where state = 'complained')::int as complained,
       count(*) filter (where state = 'suppressed')::int as suppressed,
       count(*) filter (where state = 'failed')::int as failed,
       count(*) filter (where state = 'withheld')::int as withheld,
       count(*) filter (where state = 'unconfirmed')::int as unconfirmed,
       count(*) filter (where state = 'cancelled')::int as cancelled,
       count(*) filter (where state = 'sending')::int as sending,
       count(unsubscribed_at)::int as unsubscribed
     from messages where workspace_id = ? and month = ? and campaign_id = ?`,
    [workspace_id, month, campaign_id]
  )
  return rows[0] as Record<
    | 'accepted'
    | 'delivered'
    | 'bounced'
    | 'complained'
    | 'suppressed'
    | 'failed'
    | 'withheld'
    | 'unconfirmed'
    | 'cancelled'
    | 'sending'
    | 'unsubscribed',
    number
  >
}

async function countReactions({ workspace_id, month, campaign_id }: Shipped) {
  const { rows } = await db.rawQuery(
    `select kind, best, count(*)::int as people from (
       select kind, contact_id, min(case verdict when 'human' then 1 when 'unknown' then 2 else 3 end) as best
         from engagements where workspace_id = ? and month = ? and campaign_id = ? group by kind, contact_id
     ) judged group by kind, best`,
    [workspace_id, month, campaign_id]
  )
  const people = (kind: string): Reactions => {
    const of = (best: number) => rows.find((row: any) => row.kind === kind && row.best === best)?.people ?? 0
    return { human: of(1), unknown: of(2), machine: of(3) }
  }
  return { opened: people('open'), clicked: people('click') }
}
