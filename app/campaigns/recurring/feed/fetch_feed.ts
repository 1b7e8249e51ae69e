import { CannotFetch, fetchPublic } from '#platform'
import type { Feed } from './read_feed.ts'

const MOST_BYTES = 5_000_000
const TIMEOUT_MS = 20_000
const KINDS =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5'

export interface FeedRead {
  feed: Feed
  etag: string | null
  modified: string | null
}

/**
 * Reads a feed, or learns that it is as it was (conditional GET, RFC 9110 §13).
 *
 * @returns null when it has not changed
 * @throws CannotFetch
 */
export async function fetchFeed(
  url: string,
  known: { etag: string | null; modified: string | null } | null = null
): Promise<FeedRead | null> {
  const {
    status,
    headers,
    body,
    url: from,
  } = await fetchPublic(url, {
    maxBytes: MOST_BYTES,
    timeoutMs: TIMEOUT_MS,
    headers: {
      accept: KINDS,
      ...(known?.etag ? { 'if-none-match': known.etag } : {}),
      ...(known?.modified ? { 'if-modified-since': known.modified } : {}),
    },
  })
  if (status === 304 && known) return null
  if (status !== 200) throw new CannotFetch(`It answers with ${status} instead of a feed.`)
  // Its parser is loaded when a feed is read: every process would start later for it
  const { readFeed } = await import('./read_feed.ts')
  return {
    feed: readFeed(body, { contentType: headers['content-type'], url: from }),
    etag: headers.etag?.slice(0, 500) ?? null,
    modified: headers['last-modified']?.slice(0, 100) ?? null,
  }
}
