import db from '@adonisjs/lucid/services/db'
import { environmentAccount } from '../providers/channel_for.ts'
import { booksOf, type Books } from './books.ts'

export interface Progress extends Books {
  state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished'
  /** Why nothing leaves, when something of the outside world holds it up. */
  stop_reason: string | null
  waiting_for: { reason: string; until: string } | null
  finished_at: string | null
}

/** How far a campaign is; null when it was never sent. */
export async function shipmentProgress({
  workspaceId,
  campaignId,
}: {
  workspaceId: number
  campaignId: number
}): Promise<Progress | null> {
  const { rows } = await db.rawQuery(
    `select s.*, r.paused_until, r.pause_reason
     from shipments s
     left join provider_accounts p on p.workspace_id = s.workspace_id and p.kind = 'resend'
     left join rate_budgets r on r.account = case when p.api_key is null then ?::text else p.account end and r.paused_until > now()
     where s.workspace_id = ? and s.campaign_id = ?`,
    [environmentAccount(), workspaceId, campaignId] as any[]
  )
  if (rows.length === 0) return null
  const [shipment] = rows
  const isWaiting = shipment.state === 'running' && shipment.finished_at === null && shipment.paused_until !== null
  return {
    ...(await booksOf(shipment, db.connection())),
    state: shipment.state,
    stop_reason: shipment.stop_reason,
    waiting_for: isWaiting ? { reason: shipment.pause_reason, until: shipment.paused_until.toISOString() } : null,
    finished_at: shipment.finished_at?.toISOString() ?? null,
  }
}
