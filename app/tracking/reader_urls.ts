import type { CopyUrls } from '#content'
import { readToken, signPair } from '#platform'

/** One reader of one campaign. */
export interface Reader {
  workspaceId: number
  campaignId: number
  contactId: number
}

const PURPOSE = 'reader'

/**
 * The addresses of one person's copy. Two tokens, so that a forwarded link or a shown picture opens no other door:
 * `reader` for links and the pixel, `leave` for the ways out.
 */
export function recipientUrls({
  baseUrl,
  tracking,
  ...reader
}: Reader & { baseUrl: string; tracking: { opens: boolean; clicks: boolean } }): CopyUrls {
  const numbers = [reader.workspaceId, reader.campaignId, reader.contactId]
  const [seen, leave] = signPair(PURPOSE, numbers)
  return {
    click: (no) => (tracking.clicks ? `${baseUrl}/c/${seen}.${no.toString(36)}` : null),
    open: tracking.opens ? `${baseUrl}/o/${seen}.gif` : null,
    unsubscribe: `${baseUrl}/u/${leave}`,
    preferences: `${baseUrl}/p/${leave}`,
    confirm: `${baseUrl}/k/${leave}`,
  }
}

/** For previews and test mails: nothing is counted, and the ways out lead to a page that says so. */
export const inertUrls = ({ baseUrl }: { baseUrl: string }): CopyUrls => ({
  click: () => null,
  open: null,
  unsubscribe: `${baseUrl}/u/test`,
  preferences: `${baseUrl}/p/test`,
  confirm: `${baseUrl}/k/test`,
})

export const readReader = (token: string): Reader | null => readerOf(readToken(PURPOSE, token, 0))
export const readLeave = (token: string): Reader | null => readerOf(readToken(PURPOSE, token, 1))

function readerOf(numbers: number[] | null): Reader | null {
  if (numbers?.length !== 3) return null
  const [workspaceId, campaignId, contactId] = numbers
  return { workspaceId, campaignId, contactId }
}
