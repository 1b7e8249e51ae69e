import db from '@adonisjs/lucid/services/db'
import { CannotFetch } from '#platform'
import type { RecurringCampaign } from '../../models/recurring_campaign.ts'
import { fetchFeed } from './fetch_feed.ts'

/**
 * Reads the feed of a recurring campaign anew and keeps what it holds, or how often in a row it could not be read and why.
 *
 * @returns null, or why it could not be read
 */
export async function refreshFeed(recurring: RecurringCampaign): Promise<string | null> {
  const of = { workspace_id: recurring.workspaceId, id: recurring.id, feed_url: recurring.feedUrl }
  const { feedEtag: etag, feedModified: modified, feed } = recurring
  try {
    const read = await fetchFeed(recurring.feedUrl!, feed ? { etag, modified } : null)
    await db
      .from('recurring_campaigns')
      .where(of)
      .update({
        feed_failures: 0,
        feed_error: null,
        feed_read_at: db.raw('now()'),
        ...(read && { feed: JSON.stringify(read.feed), feed_etag: read.etag, feed_modified: read.modified }),
      })
    return null
  } catch (error) {
    if (!(error instanceof CannotFetch)) throw error
    await db
      .from('recurring_campaigns')
      .where(of)
      .update({ feed_failures: db.raw('feed_failures + 1'), feed_error: error.message })
    return error.message
  }
}
