import type { AccessToken } from '@adonisjs/auth/access_tokens'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { MembershipSchema } from '#database/schema'
import { TokenStore } from '../tokens/token_store.ts'
import { roleMay, type Permission, type Role } from '../permissions.ts'
import { User } from './user.ts'
import { Workspace } from './workspace.ts'

/** One person in one workspace. Programs' tokens belong to it, so they end with it. */
export class Membership extends MembershipSchema {
  static table = 'memberships'
  static accessTokens = new TokenStore({ tokenableModel: Membership, table: 'access_tokens', prefix: 'asn_' })

  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  @belongsTo(() => Workspace)
  declare workspace: BelongsTo<typeof Workspace>

  /** The token with which a program asks for this member. */
  declare currentAccessToken?: AccessToken

  may(permission: Permission): boolean {
    return roleMay(this.role as Role, permission)
  }

  /** By role and, when a program asks, by its token's scopes. */
  mayNow(permission: Permission): boolean {
    return this.may(permission) && !this.currentAccessToken?.denies(permission)
  }
}
