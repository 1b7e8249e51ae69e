import type { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export type Outcome = 'made' | 'waits' | 'not_approved' | 'held_back' | 'late' | 'nothing_new' | 'feed_failed'

/**
 * Writes what became of an occurrence: one row for each moment. With a campaign, the row that is there learns of it.
 *
 * @returns false when this moment has its occurrence already, made by another worker
 */
export async function recordOccurrence(
  { workspaceId, id }: { workspaceId: number; id: number },
  {
    occursAt,
    outcome,
    note = null,
    campaignId = null,
    trx,
  }: {
    occursAt: DateTime
    outcome: Outcome
    note?: string | null
    campaignId?: number | null
    trx: TransactionClientContract
  }
): Promise<boolean> {
  const { rowCount } = await trx.rawQuery(
    `insert into recurring_occurrences (workspace_id, recurring_id, occurs_at, campaign_id, outcome, note) values (?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, recurring_id, occurs_at) do update set campaign_id = excluded.campaign_id
     where recurring_occurrences.campaign_id is null and excluded.campaign_id is not null`,
    [workspaceId, id, occursAt.toJSDate(), campaignId, outcome, note] as any[]
  )
  return rowCount === 1
}

/** What a campaign's occurrence came to, told later. */
export async function settleOccurrence(
  campaign: { workspaceId: number; id: number },
  { outcome, note = null, trx }: { outcome: Outcome; note?: string | null; trx: TransactionClientContract }
) {
  await trx
    .from('recurring_occurrences')
    .where({ workspace_id: campaign.workspaceId, campaign_id: campaign.id })
    .update({ outcome, note })
}
