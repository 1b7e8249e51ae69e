import { compose } from '@adonisjs/core/helpers'
import { ProviderAccountSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A workspace's account at a provider: its credentials (encrypted; null means the environment's) and our webhook there. */
export class ProviderAccount extends compose(ProviderAccountSchema, OfWorkspace) {
  static table = 'provider_accounts'

  /** Those that the workspace connected itself, in its order. */
  static own(workspace: { id: number }) {
    return this.of(workspace).whereNotNull('credentials').orderBy('position').orderBy('id')
  }

  /** The first at Resend, or the environment's there. */
  static atResend(workspace: { id: number }) {
    return this.of(workspace).where('kind', 'resend').orderByRaw('credentials is null, position, id').first()
  }

  get isOwn() {
    return this.credentials !== null
  }
}
