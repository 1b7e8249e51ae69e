import { MailboxRefused, MailboxUnreachable } from '../../errors.ts'
import { environment } from '../../providers/environment.ts'
import { withMailbox, type MailboxPlace } from './imap.ts'

const TRY_MS = 25_000

/**
 * Signs in and opens the folder, and changes nothing.
 *
 * @throws MailboxRefused (names the field), MailboxUnreachable
 */
export async function tryMailbox(place: MailboxPlace, moveTo: string | null = null) {
  const mayBePrivate = environment().ALLOW_PRIVATE_ADDRESSES
  if (place.security === 'none' && !mayBePrivate) {
    throw new MailboxRefused('The password would go over the net for everybody to read. Choose TLS or STARTTLS.', {
      field: 'security',
    })
  }
  try {
    return await withMailbox(place, { mayBePrivate, withinMs: TRY_MS }, async ({ client, uidValidity, uidNext }) => {
      if (moveTo !== null && !(await client.status(moveTo, { uidValidity: true }))) throw new NoFolder()
      const { exists } = client.mailbox as { exists: number }
      return { uidValidity, uidNext, mails: exists }
    })
  } catch (error) {
    throw troubleOf(error as ImapTrouble, place)
  }
}

class NoFolder extends Error {
  code = 'ENOFOLDER'
}

export interface ImapTrouble extends Error {
  code?: string
  syscall?: string
  authenticationFailed?: boolean
  mailboxMissing?: boolean
  tlsFailed?: boolean
  responseText?: string
  executedCommand?: string
}

/** What to look at, by where it broke off. What the server said stands in the message. */
function troubleOf(error: ImapTrouble, { folder }: MailboxPlace) {
  const { code = '', message } = error
  const said = (error.responseText ?? message).slice(0, 200)
  if (code === 'EPRIVATE') {
    return new MailboxRefused(`${message} Whoever runs Assent can allow it with ALLOW_PRIVATE_ADDRESSES=true.`, {
      field: 'host',
    })
  }
  if (error.authenticationFailed) {
    return new MailboxRefused(`The server does not accept user and password: ${said}`, { field: 'password' })
  }
  if (code === 'ENOFOLDER') return new MailboxRefused('There is no such folder to move mails to.', { field: 'move_to' })
  if (error.mailboxMissing || / (?:SELECT|EXAMINE) /.test(error.executedCommand ?? '')) {
    return new MailboxRefused(`There is no folder “${folder}” in this mailbox.`, { field: 'folder' })
  }
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return new MailboxRefused('There is no server of this name. Check the host.', { field: 'host' })
  }
  if (error.tlsFailed || /certificate|tls|ssl|CERT_/i.test(`${code} ${message}`)) {
    return new MailboxRefused(`An encrypted connection cannot be made: ${said}. Check port and security.`, {
      field: 'security',
    })
  }
  return new MailboxUnreachable(`The server does not answer as a mailbox does: ${said}. Nothing was changed.`, {
    field: 'port',
  })
}
