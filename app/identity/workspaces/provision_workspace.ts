import db from '@adonisjs/lucid/services/db'
import type { AccessToken } from '@adonisjs/auth/access_tokens'
import { createAccount } from '../accounts/create_account.ts'
import { emailKey } from '../accounts/email_key.ts'
import { WrongPassword } from '../errors.ts'
import { Membership } from '../models/membership.ts'
import { User } from '../models/user.ts'
import type { Workspace } from '../models/workspace.ts'
import { allPermissions } from '../permissions.ts'
import { openWorkspace } from './open_workspace.ts'

/**
 * A workspace, its owner and a token with every scope, for whoever has a shell here. An address that has an account
 * gets one more workspace, when the password is theirs.
 */
export async function provisionWorkspace({
  name,
  email,
  password,
}: {
  name: string
  email: string
  password: string
}): Promise<{ workspace: Workspace; user: User; token: AccessToken }> {
  return db.transaction(async (trx) => {
    const existing = await User.query({ client: trx }).where('email_key', emailKey(email)).first()
    if (existing && !(await existing.verifyPassword(password))) {
      throw new WrongPassword('There is an account with this address, and this is not its password.')
    }
    const user = existing ?? (await createAccount({ email, fullName: email.split('@')[0], password, trx }))
    const workspace = await openWorkspace({ name, owner: user, trx })
    const membership = await Membership.query({ client: trx })
      .where({ workspace_id: workspace.id, user_id: user.id })
      .firstOrFail()
    const token = await Membership.accessTokens.in(trx).create(membership, allPermissions, { name: 'First token' })
    return { workspace, user, token }
  })
}
