import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { RecurringCampaign } from '../../models/recurring_campaign.ts'
import type { Feed, FeedItem } from './read_feed.ts'

/**
 * What the feed holds that stands in none of its campaigns yet, newest first. A campaign that was deleted, held back or
 * not approved told nobody: what it held is still new.
 */
export async function newItems(
  { workspaceId, id, feed }: RecurringCampaign,
  client: QueryClientContract
): Promise<FeedItem[]> {
  const { items = [] } = (feed ?? {}) as Partial<Feed>
  const { rows } = await client.rawQuery(
    `select distinct encode(f.key, 'hex') as key from recurring_feed_items f
     join campaigns c on c.workspace_id = f.workspace_id and c.id = f.campaign_id
     left join recurring_occurrences o on o.workspace_id = f.workspace_id and o.recurring_id = f.recurring_id and o.campaign_id = c.id
     where f.workspace_id = ? and f.recurring_id = ? and f.key = any(array(select decode(key, 'hex') from unnest(?::text[]) as key))
       and c.deleted_at is null and coalesce(o.outcome, 'made') not in ('held_back', 'not_approved')`,
    [workspaceId, id, items.flatMap(namesOf)] as any[]
  )
  const told = new Set(rows.map(({ key }: { key: string }) => key))
  return items.filter((item) => !namesOf(item).some((name) => told.has(name)))
}

const namesOf = ({ key, likeness }: FeedItem) => (likeness === null ? [key] : [key, likeness])

/** Those that stand in this campaign, and those that were new with them and had no room: they are not made up for. */
export async function rememberItems(
  { workspaceId, id }: RecurringCampaign,
  { items, campaignId, trx }: { items: FeedItem[]; campaignId: number; trx: TransactionClientContract }
) {
  await trx.rawQuery(
    `insert into recurring_feed_items (workspace_id, recurring_id, key, campaign_id)
     select ?, ?, decode(key, 'hex'), ? from unnest(?::text[]) as key on conflict do nothing`,
    [workspaceId, id, campaignId, items.flatMap(namesOf)] as any[]
  )
}
