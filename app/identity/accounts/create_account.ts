import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AccountExists } from '../errors.ts'
import { User } from '../models/user.ts'
import { emailKey } from './email_key.ts'
import { refuseWeakPassword } from './passwords.ts'

/** A person who can sign in. Which workspaces they see is for memberships to say. */
export async function createAccount({
  email,
  fullName,
  password,
  trx,
}: {
  email: string
  fullName: string
  password: string
  trx: TransactionClientContract
}): Promise<User> {
  refuseWeakPassword(password, { email })
  const key = emailKey(email)
  if (await User.query({ client: trx }).where('email_key', key).first()) {
    throw new AccountExists('There is an account with this address. Sign in with it first.', { field: 'email' })
  }
  const user = await User.create({ email: email.trim(), emailKey: key, fullName, password }, { client: trx })
  return user.refresh()
}
