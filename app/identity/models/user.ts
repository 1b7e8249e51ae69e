import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { UserSchema } from '#database/schema'

/** A person who works here. One account, any number of workspaces. */
export class User extends compose(
  UserSchema,
  withAuthFinder(hash, { uids: ['email_key'], passwordColumnName: 'password' })
) {
  static table = 'users'
}
