import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/**
 * Whoever of these people is in a call of which nobody knows yet what became of it: they have no message of their own yet.
 * With `isInHand` also those whom a worker may be about to seal. A call comes to its end between two questions: whoever looked
 * for the message before has to look once more when the answer here is "nobody".
 */
export async function onTheWay(
  {
    workspaceId,
    campaignId = null,
    contactIds,
    isInHand = false,
  }: { workspaceId: number; campaignId?: number | null; contactIds: number[]; isInHand?: boolean },
  client: QueryClientContract
): Promise<number[]> {
  if (contactIds.length === 0) return []
  const { rows } = await client.rawQuery(
    `select distinct person.id from batches b cross join lateral unnest(b.contact_ids) as person (id)
     where b.state = any(?) and b.workspace_id = ? and b.campaign_id = coalesce(?, b.campaign_id)
       and b.contact_ids && ?::bigint[] and person.id = any(?::bigint[])`,
    [isInHand ? ['leased', 'sealed'] : ['sealed'], workspaceId, campaignId, contactIds, contactIds] as any[]
  )
  return rows.map(({ id }: { id: number }) => id)
}
