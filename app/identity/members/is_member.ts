import { Membership } from '../models/membership.ts'
import type { User } from '../models/user.ts'

export async function isMember(user: User, workspaceId: string): Promise<boolean> {
  if (!/^\d{1,15}$/.test(workspaceId)) return false
  const membership = await Membership.query()
    .where({ user_id: user.id, workspace_id: Number(workspaceId) })
    .first()
  return membership !== null
}
