import { compose } from '@adonisjs/core/helpers'
import { ProviderAccountSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A workspace's account at a provider: its key (encrypted; null means the environment's) and our webhook there. */
export class ProviderAccount extends compose(ProviderAccountSchema, OfWorkspace) {
  static table = 'provider_accounts'
}
