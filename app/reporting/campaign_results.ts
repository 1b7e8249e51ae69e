import db from '@adonisjs/lucid/services/db'
import { ofShipments, shippedCampaigns } from './campaign_totals.ts'
import { rate } from './rate.ts'

/**
 * What a list shows of campaigns that were sent: how much of what the provider accepted was delivered, and how many
 * people followed a link. Three statements, however many campaigns; drafts are left out.
 */
export async function campaignResults(workspaceId: number, campaignIds: number[]) {
  const shipments = await shippedCampaigns(workspaceId, campaignIds)
  if (shipments.length === 0) return []
  const { sql, bindings } = ofShipments(shipments)
  const [mails, clicks] = await Promise.all([
    db.rawQuery(
      `select campaign_id, count(*) filter (where accepted_at is not null)::int as accepted,
         count(*) filter (where delivered_at is not null and state <> 'bounced')::int as delivered,
         count(*) filter (where accepted_at is not null and clicks_measured)::int as measured
       from messages where ${sql} group by campaign_id`,
      bindings
    ),
    db.rawQuery(
      `select campaign_id, count(distinct contact_id)::int as people from engagements
       where ${sql} and kind = 'click' and verdict = 'human' group by campaign_id`,
      bindings
    ),
  ])
  const mailsOf = byCampaign<{ accepted: number; delivered: number; measured: number }>(mails.rows)
  const clicksOf = byCampaign<{ people: number }>(clicks.rows)
  return shipments.map(({ campaign_id: id }) => {
    const { accepted, delivered, measured } = mailsOf.get(id) ?? { accepted: 0, delivered: 0, measured: 0 }
    const people = clicksOf.get(id)?.people ?? 0
    return { id: String(id), delivered: rate(delivered, accepted), clicked: rate(people, measured) }
  })
}

const byCampaign = <Row>(rows: (Row & { campaign_id: number })[]) => new Map(rows.map((row) => [row.campaign_id, row]))
