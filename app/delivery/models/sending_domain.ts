import { compose } from '@adonisjs/core/helpers'
import { SendingDomainSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A domain that mail is sent from: how it stands at the provider and in the DNS, as last seen. */
export class SendingDomain extends compose(SendingDomainSchema, OfWorkspace) {
  static table = 'sending_domains'
}
