/** The workspace and who works in it. */
import { controllers } from '#generated/controllers'
import { door } from '../door.ts'

const { Workspaces, Members, Invitations, Tokens, Audit, Permissions } = controllers.identity

door.get('/workspace', [Workspaces, 'show'], 'settings:read', 'workspace.show')
door.patch('/workspace', [Workspaces, 'update'], 'settings:write', 'workspace.update')
door.get('/members', [Members, 'index'], 'members:read', 'members.index')
door.patch('/members/:id', [Members, 'update'], 'members:write', 'members.update')
door.delete('/members/:id', [Members, 'destroy'], 'members:write', 'members.destroy')
door.delete('/membership', [Members, 'leave'], 'members:read', 'membership.destroy')
door.get('/invitations', [Invitations, 'index'], 'members:read', 'invitations.index')
door.post('/invitations', [Invitations, 'store'], 'members:write', 'invitations.store')
door.delete('/invitations/:id', [Invitations, 'destroy'], 'members:write', 'invitations.destroy')
door.get('/tokens', [Tokens, 'index'], 'tokens:write', 'tokens.index')
door.post('/tokens', [Tokens, 'store'], 'tokens:write', 'tokens.store')
door.delete('/tokens/:id', [Tokens, 'destroy'], 'tokens:write', 'tokens.destroy')
door.get('/audit', [Audit, 'index'], 'audit:read', 'audit.index')
door.get('/permissions', [Permissions, 'index'], 'members:read', 'permissions.index')
