import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '../actor.ts'
import { audit } from '../audit.ts'
import { Membership } from '../models/membership.ts'
import type { User } from '../models/user.ts'
import { Workspace } from '../models/workspace.ts'

/** A new workspace with its first owner. */
export async function openWorkspace({
  name,
  owner,
  from = {},
  trx,
}: {
  name: string
  owner: User
  from?: Pick<Actor, 'ip' | 'userAgent' | 'requestId'>
  trx: TransactionClientContract
}): Promise<Workspace> {
  const workspace = await Workspace.create({ name }, { client: trx })
  await Membership.create({ workspaceId: workspace.id, userId: owner.id, role: 'owner' }, { client: trx })
  await audit('workspace.opened', {
    workspaceId: workspace.id,
    actor: { kind: 'user', id: owner.id, label: owner.fullName ?? owner.email, ...from },
    subject: { type: 'workspace', id: workspace.id },
    trx,
  })
  return workspace.refresh()
}
