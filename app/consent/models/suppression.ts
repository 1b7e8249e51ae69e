import { compose } from '@adonisjs/core/helpers'
import { SuppressionSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** An address that is not written to. */
export class Suppression extends compose(SuppressionSchema, OfWorkspace) {
  static table = 'suppressions'
}
