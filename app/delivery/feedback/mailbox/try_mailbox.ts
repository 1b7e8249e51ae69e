import { CannotFetch } from '#platform'
import { MailboxRefused, MailboxUnreachable } from '../../errors.ts'
import type { BounceMailbox } from '../../models/bounce_mailbox.ts'
import { environment } from '../../providers/environment.ts'
import { addressOf, withMailbox, type MailboxLogin, type MailboxPlace, type Opening, type UseMailbox } from './imap.ts'
import { NoToken } from './oauth/ask_provider.ts'
import { SignInNeeded } from './oauth/fresh_token.ts'
import { withOwnMailbox } from './own_mailbox.ts'

const TRY_MS = 25_000

interface Tried {
  uidValidity: number
  uidNext: number
  mails: number
}

/**
 * Signs in and opens the folder, and changes nothing.
 *
 * @throws MailboxRefused (names the field), MailboxUnreachable
 */
export const tryMailbox = (place: MailboxPlace & MailboxLogin, moveTo: string | null) =>
  tried(place, { moveTo, byToken: 'accessToken' in place, open: (opening, use) => withMailbox(place, opening, use) })

/** The same with what is stored, for the folders that are stored or others. */
export const tryOwnMailbox = (mailbox: BounceMailbox, { folder, moveTo }: { folder: string; moveTo: string | null }) =>
  tried(
    { ...mailbox.place, folder },
    {
      moveTo,
      byToken: mailbox.password === null,
      open: (opening, use) => withOwnMailbox(mailbox, { ...opening, folder }, use),
    }
  )

interface Trying {
  moveTo: string | null
  byToken: boolean
  open: (opening: Opening, use: UseMailbox<Tried>) => Promise<Tried>
}

async function tried(place: MailboxPlace, { moveTo, byToken, open }: Trying): Promise<Tried> {
  const mayBePrivate = environment().ALLOW_PRIVATE_ADDRESSES
  refuseOpenDoor(place)
  try {
    return await open({ mayBePrivate, withinMs: TRY_MS }, async ({ client, uidValidity, uidNext }) => {
      if (moveTo !== null && !(await client.status(moveTo, { uidValidity: true }))) throw new NoFolder()
      const { exists } = client.mailbox as { exists: number }
      return { uidValidity, uidNext, mails: exists }
    })
  } catch (error) {
    throw troubleOf(error as ImapTrouble, place, byToken)
  }
}

function refuseOpenDoor({ security }: Pick<MailboxPlace, 'security'>) {
  if (security !== 'none' || environment().ALLOW_PRIVATE_ADDRESSES) return
  throw new MailboxRefused('The password would go over the net for everybody to read. Choose TLS or STARTTLS.', {
    field: 'security',
  })
}

/** What can be known of a server before somebody consents to open a mailbox there. @throws MailboxRefused */
export async function refuseServer(place: MailboxPlace) {
  refuseOpenDoor(place)
  try {
    await addressOf(place.host, environment().ALLOW_PRIVATE_ADDRESSES)
  } catch (error) {
    throw troubleOf(error as ImapTrouble, place, true)
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
function troubleOf(error: ImapTrouble, { folder, user }: MailboxPlace, byToken: boolean) {
  if (error instanceof SignInNeeded) return new MailboxRefused(error.message)
  if (error instanceof NoToken || error instanceof CannotFetch) return new MailboxUnreachable(error.message)
  const { code = '', message } = error
  const said = (error.responseText ?? message).slice(0, 200)
  if (code === 'EPRIVATE') {
    return new MailboxRefused(`${message} Whoever runs Assent can allow it with ALLOW_PRIVATE_ADDRESSES=true.`, {
      field: 'host',
    })
  }
  if (error.authenticationFailed && byToken) {
    return new MailboxRefused(
      `The server does not open ${user} with this sign-in: ${said} Check that the user is the mailbox, that whoever signs in may open it, and that its account allows IMAP.`,
      { field: 'user' }
    )
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
