import { compose } from '@adonisjs/core/helpers'
import { InvitationSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A link that lets one person join. The database knows only its hash. */
export class Invitation extends compose(InvitationSchema, OfWorkspace) {
  static table = 'invitations'
}
