import { compose } from '@adonisjs/core/helpers'
import { ServiceMessageSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** One service mail to one person, and what became of it. */
export class ServiceMessage extends compose(ServiceMessageSchema, OfWorkspace) {
  static table = 'service_messages'

  /** All but what it says: that is for its reader. */
  static shown = [
    'id',
    'contact_id',
    'email',
    'subject',
    'state',
    'reason',
    'note',
    'provider_id',
    'created_at',
    'sealed_at',
    'accepted_at',
    'delivered_at',
    'ended_at',
    'found_at',
  ]

  /** As people say it: sealed is our word for a mail on its way. */
  get status(): string {
    return this.state === 'sealed' ? 'sending' : this.state
  }
}
