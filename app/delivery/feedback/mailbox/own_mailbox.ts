import db from '@adonisjs/lucid/services/db'
import type { BounceMailbox } from '../../models/bounce_mailbox.ts'
import { openSecret } from '../../providers/secrets.ts'
import { withMailbox, type MailboxLogin, type Opening, type UseMailbox } from './imap.ts'
import { freshToken } from './oauth/fresh_token.ts'
import { distrust, type Grant } from './oauth/grant.ts'

/**
 * Opens a stored mailbox with what is stored for it. A token that its server does not take, because it was revoked or the
 * times differ, is replaced once.
 *
 * @throws what `withMailbox` and `freshToken` throw
 */
export async function withOwnMailbox<T>(
  mailbox: BounceMailbox,
  { folder = mailbox.folder, ...opening }: Opening & { folder?: string },
  use: UseMailbox<T>
): Promise<T> {
  const place = { ...mailbox.place, folder }
  const { grant, ...login } = await loginOf(mailbox)
  try {
    return await withMailbox({ ...place, ...login }, opening, use)
  } catch (error) {
    if (!(error as { authenticationFailed?: boolean }).authenticationFailed || !grant) throw error
    await distrust(mailbox.workspaceId, grant)
    const { grant: _, ...again } = await loginOf(mailbox)
    return withMailbox({ ...place, ...again }, opening, use)
  }
}

/** A token goes to no server but the one that somebody signed in for: who was given another meanwhile gets none. */
async function loginOf(mailbox: BounceMailbox): Promise<MailboxLogin & { grant?: Grant }> {
  if (mailbox.password !== null) return { password: openSecret('mailbox_password', mailbox.password) }
  const { accessToken, grant } = await freshToken(mailbox.workspaceId)
  const { id, workspaceId, updatedAt } = mailbox
  const same = await db
    .from('bounce_mailboxes')
    .where({ workspace_id: workspaceId, id, updated_at: updatedAt!.toJSDate() })
    .select('id')
    .first()
  if (!same) throw new Error('The mailbox was changed meanwhile.')
  return { accessToken, grant }
}
