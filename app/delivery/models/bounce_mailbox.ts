import { compose } from '@adonisjs/core/helpers'
import { BounceMailboxSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import { openSecret } from '../providers/secrets.ts'
import type { MailboxPlace } from '../feedback/mailbox/imap.ts'

/** Where a workspace's bounces come to, and how far it was read. */
export class BounceMailbox extends compose(BounceMailboxSchema, OfWorkspace) {
  static table = 'bounce_mailboxes'

  get place(): MailboxPlace {
    const { host, port, security, username: user, folder } = this
    const password = openSecret('mailbox_password', this.password)
    return { host, port, security: security as MailboxPlace['security'], user, password, folder }
  }
}
