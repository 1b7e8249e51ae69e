/** Who may do what: the one table. A route names a permission; a role grants it, and a token's scopes may only narrow it. */
export const roles = ['owner', 'admin', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

const everyone: Role[] = ['owner', 'admin', 'editor', 'viewer']
const writers: Role[] = ['owner', 'admin', 'editor']
const admins: Role[] = ['owner', 'admin']

export const permissions = {
  'contacts:read': everyone,
  'contacts:write': writers,
  'contacts:export': admins,
  'contacts:erase': admins,
  'imports:write': writers,
  'consent:read': everyone,
  'consent:write': writers,
  'topics:write': writers,
  'suppressions:read': everyone,
  'suppressions:write': admins,
  'forms:read': everyone,
  'forms:write': writers,
  'sign_ups:judge': writers,
  'segments:read': everyone,
  'segments:write': writers,
  'campaigns:read': everyone,
  'campaigns:write': writers,
  'campaigns:send': writers,
  'messages:read': everyone,
  'messages:send': writers,
  'reports:read': everyone,
  'outbox:read': everyone,
  'settings:read': everyone,
  'settings:write': admins,
  'members:read': everyone,
  'members:write': admins,
  'tokens:write': admins,
  'audit:read': admins,
  'workspace:delete': ['owner'] as Role[],
} satisfies Record<string, Role[]>

export type Permission = keyof typeof permissions
export const allPermissions = Object.keys(permissions) as Permission[]

export const roleMay = (role: Role, permission: Permission) => permissions[permission].includes(role)
