import db from '@adonisjs/lucid/services/db'

/** How far campaigns of a list are, in a few numbers that cost one statement for all of them. */
export interface LightProgress {
  candidates: number
  mailable: number
  accepted: number
  failed: number
  withheld: number
  waiting: number
}

/** By campaign id. Reads `shipments` and `batches`, which delivery owns. */
export async function progressOfMany(workspaceId: number, campaignIds: number[]): Promise<Map<number, LightProgress>> {
  const { rows } = await db.rawQuery(
    `select s.campaign_id, s.candidates, s.mailable, b.*
     from shipments s
     cross join lateral (
       select coalesce(sum(accepted), 0)::int as accepted, coalesce(sum(failed), 0)::int as failed,
         coalesce(sum(withheld), 0)::int as withheld,
         coalesce(sum(cardinality(contact_ids)) filter (where state in ('queued', 'leased', 'sealed')), 0)::int as waiting
       from batches where workspace_id = s.workspace_id and shipment_id = s.id
     ) b
     where s.workspace_id = ? and s.campaign_id = any(?::bigint[])`,
    [workspaceId, campaignIds] as any[]
  )
  return new Map(rows.map(({ campaign_id: id, ...numbers }: any) => [id, numbers]))
}
