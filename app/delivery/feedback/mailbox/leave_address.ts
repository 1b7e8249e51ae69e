import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { leaveByMail } from '#tracking'

/** How readers of a workspace can leave by mail, up to their token; null while no mailbox is read for it. */
export async function leaveAddress(
  workspaceId: number,
  client: Pick<QueryClientContract, 'from'>
): Promise<string | null> {
  const mailbox = await client.from('bounce_mailboxes').where({ workspace_id: workspaceId }).select('address').first()
  return mailbox ? leaveByMail(mailbox.address) : null
}
