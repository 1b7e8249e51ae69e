/**
 * Identity: who works here, in which workspace, and what they may do.
 * Owns: workspaces, users, memberships, access_tokens, invitations, password_resets, audit_entries (append-only).
 */
export { theSystem, type Actor } from './actor.ts'
export { audit } from './audit.ts'
export { NotAllowed, NotSignedIn } from './errors.ts'
export { Membership } from './models/membership.ts'
export { User } from './models/user.ts'
export { Workspace } from './models/workspace.ts'
export { allPermissions, permissions, roleMay, roles, type Permission, type Role } from './permissions.ts'
