import { createHash } from 'node:crypto'
import net from 'node:net'
import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import type MailMessage from 'nodemailer/lib/mailer/mail-message.js'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import { isPublicAddress, lookupPublic, PrivateAddress } from '#platform'

/** A mail server and how to talk to it. `starttls` insists on it; `none` never encrypts. */
export interface SmtpServer {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user?: string
  password?: string
}

/** By an address of the environment, which is trusted; or by what a user typed, which leads to the internet alone. */
export type SmtpPlace = { url: string } | { server: SmtpServer; mayBePrivate: boolean }

/** How many mails of a batch leave at once, each on a connection of its own; so many are in doubt when a worker dies. */
export const AT_ONCE = 8

const CONNECT_MS = 10_000
const transports = new Map<string, Transport>()
const MOST = 100

type Transport = ReturnType<typeof newTransport>

/** One pool per place for the life of the process. */
export function transportFor(place: SmtpPlace): Transport {
  const key = createHash('sha256').update(JSON.stringify(place)).digest('base64')
  let transport = transports.get(key)
  if (!transport) {
    transport = newTransport(place)
    if (transports.size >= MOST) forgetOldest()
    transports.set(key, transport)
  }
  return transport
}

/** Its connections close by themselves when nothing is on them any more. */
function forgetOldest() {
  const [key, transport] = transports.entries().next().value!
  transports.delete(key)
  transport.close()
}

/** Names the server and the account on it without saying the password. */
export function smtpAccount(place: SmtpPlace): string {
  const { host, port, user = '' } = 'url' in place ? serverIn(place.url) : place.server
  const name = `assent:${host.toLowerCase()}:${port}:${user}`
  return `smtp:${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
}

/** The ports are nodemailer's when none is said. */
function serverIn(address: string): Pick<SmtpServer, 'host' | 'port' | 'user'> {
  const url = URL.parse(address)
  if (!url) return { host: address, port: 0 }
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587)
  return { host: url.hostname, port, user: decodeURIComponent(url.username) }
}

/** Connects and signs in, and sends nothing. Rejects with nodemailer's error. */
export async function trySmtp(place: SmtpPlace): Promise<void> {
  const transport = newTransport(place)
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

/**
 * `maxRequeues: 0` because nodemailer's pool would otherwise quietly send a mail up to five times more when a connection
 * closes, and the last connection may have accepted it. A server may take its time for a mail (RFC 5321 §4.5.3.2).
 */
function newTransport(place: SmtpPlace) {
  const transport = createTransport({
    ...('url' in place ? { url: place.url } : optionsOf(place)),
    pool: true,
    maxConnections: AT_ONCE,
    maxRequeues: 0,
    idleTimeout: 5_000,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: 10_000,
    socketTimeout: 90_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  transport.use('stream', rememberStream)
  return transport
}

/** Goes with a mail through nodemailer, and knows afterwards whether any of it was handed over. */
export class HandOver {
  stream: Readable | null = null

  /** False: the server cannot have the mail, whatever went wrong. It is read when the server has asked for it (RFC 5321 §4.1.1.4). */
  get hasBegun() {
    return this.stream?.readableDidRead ?? false
  }
}

function rememberStream({ data, message }: MailMessage, done: (error?: Error | null) => void) {
  const { handOver } = data as { handOver?: HandOver }
  const open = message.createReadStream.bind(message)
  message.createReadStream = (...how) => {
    const stream = open(...how)
    if (handOver) handOver.stream = stream
    return stream
  }
  done()
}

const optionsOf = ({ server, mayBePrivate }: Extract<SmtpPlace, { server: unknown }>) => ({
  host: server.host,
  port: server.port,
  secure: server.security === 'tls',
  requireTLS: server.security === 'starttls',
  ignoreTLS: server.security === 'none',
  ...(server.user ? { auth: { user: server.user, pass: server.password ?? '' } } : {}),
  ...(mayBePrivate ? {} : { getSocket: connectPublicly }),
})

/** A connection to the internet and nowhere else, by the name or address that nodemailer would have used. */
function connectPublicly({ host, port }: SMTPPool.Options, callback: (error: Error | null, socket: any) => void) {
  if (net.isIP(host!) && !isPublicAddress(host!)) return callback(new PrivateAddress(host!), null)
  const socket = net.connect({ host, port: Number(port), lookup: lookupPublic, timeout: CONNECT_MS })
  const failed = (error: Error) => {
    socket.destroy()
    callback(error, null)
  }
  socket.once('error', failed)
  socket.once('timeout', () =>
    failed(Object.assign(new Error('The server does not answer.'), { syscall: 'connect', code: 'ETIMEDOUT' }))
  )
  socket.once('connect', () => {
    socket.removeAllListeners('timeout')
    socket.removeListener('error', failed)
    socket.setTimeout(0)
    callback(null, { connection: socket })
  })
}
