import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Membership } from './models/membership.ts'
import { sendSystemMail } from './system_mail.ts'

/** A mail to whoever is responsible for a workspace: its owners and admins. The same key is told once. */
export async function tellTeam({
  workspaceId,
  key,
  trx,
  ...words
}: {
  workspaceId: number
  key: string
  through?: 'workspace' | 'installation'
  subject: string
  lead: string
  action: { label: string; url: string }
  note: string
  trx: TransactionClientContract
}) {
  const members = await Membership.query({ client: trx })
    .where('workspace_id', workspaceId)
    .whereIn('role', ['owner', 'admin'])
    .preload('user')
    .limit(50)
  for (const { user } of members) {
    await sendSystemMail({ workspaceId, to: user.email, key: `${key}-${user.id}`, ...words, trx })
  }
}
