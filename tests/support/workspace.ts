import { randomUUID } from 'node:crypto'
import { allPermissions, Membership, User, Workspace, type Permission, type Role } from '#identity'

/**
 * A fresh workspace of the Blue Door Bakery with one member and a token of theirs. Tests never share one.
 *
 * @example
 * const { workspace, token } = await bakery({ role: 'viewer' })
 * await client.get('/api/v1/topics').bearerToken(token)
 */
export async function bakery({ role = 'owner', scopes = allPermissions }: { role?: Role; scopes?: Permission[] } = {}) {
  const workspace = await Workspace.create({
    name: 'Blue Door Bakery',
    postalAddress: '1 Harbour Street, Bristol BS1 4RN, UK',
    defaultFromName: 'Blue Door Bakery',
    defaultFromEmail: 'hello@bluedoor.test',
    settings: { sending: { undo_seconds: 0 } },
  })
  const member = await memberOf(workspace, { role, scopes })
  await workspace.refresh()
  return { workspace, ...member }
}

/** One more member of a workspace, with a token. */
export async function memberOf(
  workspace: Workspace,
  { role = 'editor', scopes = allPermissions }: { role?: Role; scopes?: Permission[] } = {}
) {
  const email = `${role}-${randomUUID()}@bluedoor.test`
  const user = await User.create({ email, emailKey: email, fullName: `The ${role}`, password: 'correct horse battery' })
  const membership = await Membership.create({ workspaceId: workspace.id, userId: user.id, role })
  const token = await Membership.accessTokens.create(membership, scopes, { name: `${role}'s token` })
  return { user, membership, token: token.value!.release() }
}
