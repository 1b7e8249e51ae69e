import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { ImapFlow } from 'imapflow'
import { isPublicAddress, PrivateAddress } from '#platform'

/** A mailbox by IMAP (RFC 9051). `starttls` insists on it; `none` never encrypts. */
export interface MailboxPlace {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string
  folder: string
}

/** How to get in. A token goes by OAUTHBEARER (RFC 7628), or by XOAUTH2 where the server knows only that. */
export type MailboxLogin = { password: string } | { accessToken: string }

export interface Opening {
  mayBePrivate: boolean
  withinMs: number
}

export type UseMailbox<T> = (mailbox: OpenMailbox) => Promise<T>

export interface OpenMailbox {
  client: ImapFlow
  /** While it stays the same, so does what a UID means (RFC 9051 §2.3.1.1). */
  uidValidity: number
  uidNext: number
}

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000

/** Nothing that we want is larger; a server that says otherwise is not believed. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * Opens a folder and hands it over; whatever happens, the connection ends, after `withinMs` at the latest. Throws what
 * ImapFlow throws, or PrivateAddress: a user typed the name, so it leads to the internet alone unless the installation
 * says otherwise. The name is looked up here and the address that was judged is the one that is connected to.
 */
export async function withMailbox<T>(
  place: MailboxPlace & MailboxLogin,
  { mayBePrivate, withinMs }: Opening,
  use: UseMailbox<T>
): Promise<T> {
  const client = await clientFor(place, await addressOf(place.host, mayBePrivate))
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new TooSlow()), withinMs)
    client.once('close', () => clearTimeout(timer))
  })
  // The promise of the moment carries the failure; without a listener it would end the process, too.
  client.on('error', () => {})
  late.catch(() => {})
  try {
    return await Promise.race([late, opened(client, place.folder, use)])
  } finally {
    client.close()
  }
}

export class TooSlow extends Error {
  code = 'ETIMEDOUT'
  constructor() {
    super('The mail server takes too long.')
  }
}

async function opened<T>(client: ImapFlow, folder: string, use: UseMailbox<T>): Promise<T> {
  await client.connect()
  const lock = await client.getMailboxLock(folder)
  try {
    const { uidValidity, uidNext } = client.mailbox as { uidValidity: bigint; uidNext: number }
    return await use({ client, uidValidity: Number(uidValidity), uidNext })
  } finally {
    lock.release()
    if (client.usable) await client.logout()
  }
}

/** Loaded when a mailbox is read: most installations have none, and every process would start later for it. */
async function clientFor(place: MailboxPlace & MailboxLogin, address: string): Promise<ImapFlow> {
  const { host, port, security, user } = place
  const { ImapFlow: Client } = await import('imapflow')
  return new Client({
    host: address,
    servername: isIP(host) ? undefined : host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'tls' ? undefined : security === 'starttls',
    auth: 'password' in place ? { user, pass: place.password } : { user, accessToken: place.accessToken },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxLiteralSize: MOST_BYTES,
    maxResponseSize: MOST_BYTES,
  })
}

/** @throws PrivateAddress, or what the look-up of a name throws */
export async function addressOf(host: string, mayBePrivate: boolean): Promise<string> {
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true })
  if (!mayBePrivate && !found.every(({ address }) => isPublicAddress(address))) throw new PrivateAddress(host)
  return found[0].address
}
