import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Campaigns not sent yet whose audience names this segment: they would lose it. For `whoUsesSegments` of #segments. */
export async function campaignsThatUse({
  workspaceId,
  segmentId,
  trx,
}: {
  workspaceId: number
  segmentId: number
  trx: TransactionClientContract
}): Promise<{ kind: string; id: string; name: string }[]> {
  const { rows } = await trx.rawQuery(
    `select id, name from campaigns
      where workspace_id = ? and deleted_at is null and status in ('draft', 'scheduled')
        and (audience->'segment_ids' @> to_jsonb(array[?::text]) or audience->'exclude_segment_ids' @> to_jsonb(array[?::text]))
      order by id limit 20`,
    [workspaceId, String(segmentId), String(segmentId)]
  )
  return rows.map(({ id, name }: { id: number; name: string }) => ({ kind: 'campaign', id: String(id), name }))
}
