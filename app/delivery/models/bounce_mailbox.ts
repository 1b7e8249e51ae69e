import { compose } from '@adonisjs/core/helpers'
import { BounceMailboxSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import type { MailboxPlace } from '../feedback/mailbox/imap.ts'

/** Where a workspace's bounces come to, and how far it was read. */
export class BounceMailbox extends compose(BounceMailboxSchema, OfWorkspace) {
  static table = 'bounce_mailboxes'

  get place(): MailboxPlace {
    const { host, port, security, username: user, folder } = this
    return { host, port, security: security as MailboxPlace['security'], user, folder }
  }
}
