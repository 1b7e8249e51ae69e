import { Membership } from '../models/membership.ts'
import type { User } from '../models/user.ts'
import type { Workspace } from '../models/workspace.ts'
import { allPermissions } from '../permissions.ts'
import { retentionOf } from '../workspaces/retention_settings.ts'
import {
  bouncesOf,
  legitimateInterestOf,
  pageLookOf,
  proofOf,
  sendingOf,
  sunsetOf,
  trackingOf,
  trackingPolicyOf,
} from '../workspaces/workspace_settings.ts'

export const userJson = (user: User) => ({ id: String(user.id), email: user.email, full_name: user.fullName })

/** A workspace as its member sees it in the switcher: with what they may do there. */
export const myWorkspaceJson = (membership: Membership) => ({
  id: String(membership.workspaceId),
  name: membership.workspace.name,
  timezone: membership.workspace.timezone,
  role: membership.role,
  permissions: allPermissions.filter((permission) => membership.may(permission)),
})

export async function workspacesOf(user: User) {
  const memberships = await Membership.query().where('user_id', user.id).preload('workspace').orderBy('id')
  return memberships.map(myWorkspaceJson)
}

export const workspaceJson = (workspace: Workspace) => ({
  id: String(workspace.id),
  name: workspace.name,
  timezone: workspace.timezone,
  locale: workspace.locale,
  postal_address: workspace.postalAddress,
  default_from_name: workspace.defaultFromName,
  default_from_email: workspace.defaultFromEmail,
  tracking: trackingOf(workspace),
  tracking_policy: trackingPolicyOf(workspace),
  import_rejects_days: retentionOf(workspace).import_rejects,
  legitimate_interest_b2b: legitimateInterestOf(workspace),
  sending: sendingOf(workspace),
  proof: proofOf(workspace),
  sunset: sunsetOf(workspace),
  bounces: bouncesOf(workspace),
  page_look: pageLookOf(workspace),
  created_at: workspace.createdAt.toUTC().toISO()!,
})
