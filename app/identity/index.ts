/**
 * Identity: who works here, in which workspace, and what they may do.
 * Owns: workspaces, users, sessions, memberships, access_tokens, invitations, password_resets, audit_entries (append-only).
 */
export { theSystem, type Actor } from './actor.ts'
export { emailKey } from './accounts/email_key.ts'
export { passwordResetLink, sendPasswordReset } from './accounts/password_resets.ts'
export { cleanSessions } from './accounts/sessions.ts'
export { createAccount } from './accounts/create_account.ts'
export { audit } from './audit.ts'
export { forgetPerson } from './forget_person.ts'
export { NotAllowed, NotSignedIn, SenderInUse } from './errors.ts'
export { sessionMark } from './http/session_user.ts'
export { keptAuditOrigins } from './kept.ts'
export { isMember } from './members/is_member.ts'
export { Invitation } from './models/invitation.ts'
export { Membership } from './models/membership.ts'
export { User } from './models/user.ts'
export { Workspace } from './models/workspace.ts'
export { allPermissions, permissions, roleMay, roles, type Permission, type Role } from './permissions.ts'
export { sendSystemMail } from './system_mail.ts'
export { createToken } from './tokens/create_token.ts'
export { openWorkspace } from './workspaces/open_workspace.ts'
export { provisionWorkspace } from './workspaces/provision_workspace.ts'
export {
  senderUses,
  usesInWords,
  whoUsesSenders,
  type SenderQuestion,
  type SenderUse,
} from './workspaces/sender_uses.ts'
export { tellTeam } from './tell_team.ts'
export {
  keptDays,
  retentionKinds,
  retentionOf,
  type Retention,
  type RetentionKind,
} from './workspaces/retention_settings.ts'
export {
  bouncesOf,
  isTimezone,
  pageLookOf,
  sendingOf,
  setupProblem,
  sunsetOf,
  trackingOf,
  trackingPolicyOf,
  type QuietHours,
  type BounceRules,
  type PageLook,
  type SunsetRules,
  type SendingRules,
  type Tracking,
  type TrackingPolicy,
} from './workspaces/workspace_settings.ts'
