import type { ApiClient } from '@japa/api-client'
import { recipientUrls } from '#tracking'

/** A browser of people: what it opens and clicks counts as somebody's. */
export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** The paths of pixel and links in one reader's copy. */
export const urlsOf = (copy: { workspaceId: number; campaignId: number; contactId: number }) =>
  recipientUrls({ ...copy, baseUrl: '', tracking: { opens: true, clicks: true } })

/** What readers of a campaign do with their copies. Both answer what the link's door said. */
export function readers(client: ApiClient, { workspace, id }: { workspace: { id: number }; id: string }) {
  const urls = (contactId: number) => urlsOf({ workspaceId: workspace.id, campaignId: Number(id), contactId })
  const click = async (contactId: number) => {
    const answer = await client.get(urls(contactId).click(1)!).header('user-agent', FIREFOX).redirects(0)
    answer.assertStatus(302)
    return answer
  }
  const openAndClick = async (contactId: number) => {
    ;(await client.get(urls(contactId).open!).header('user-agent', FIREFOX)).assertStatus(200)
    return click(contactId)
  }
  return { click, openAndClick }
}
