import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Whoever of these people is in a call of which nobody knows yet what became of it: they have no message of their own yet. */
export async function onTheWay(
  {
    workspaceId,
    campaignId = null,
    contactIds,
  }: { workspaceId: number; campaignId?: number | null; contactIds: number[] },
  client: QueryClientContract
): Promise<number[]> {
  if (contactIds.length === 0) return []
  const { rows } = await client.rawQuery(
    `select distinct person.id from batches b cross join lateral unnest(b.contact_ids) as person (id)
     where b.state = 'sealed' and b.workspace_id = ? and b.campaign_id = coalesce(?, b.campaign_id)
       and b.contact_ids && ?::bigint[] and person.id = any(?::bigint[])`,
    [workspaceId, campaignId, contactIds, contactIds] as any[]
  )
  return rows.map(({ id }: { id: number }) => id)
}
