import { getActiveTestOrFail } from '@japa/runner'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import hoodiecrow from 'hoodiecrow-imap'

export const imapUser = { user: 'bounces', password: 'crumbs-and-more-crumbs' }

interface Options {
  /** Sources of mails that lie there already. */
  mails?: string[]
  uidValidity?: number
  /** A certificate that has run out, as hoodiecrow brings it. */
  secure?: boolean
  /** The access token that it takes at this moment, as Google and Microsoft do; no password then. */
  token?: () => string
  /** By which mechanism: XOAUTH2 (Google's own), or OAUTHBEARER (RFC 7628). */
  mechanism?: 'XOAUTH2' | 'OAUTHBEARER'
}

/** A real IMAP server in this process, for the running test, with an inbox and a folder `Done`. */
export async function imapServer({
  mails = [],
  uidValidity = 77,
  secure = false,
  token,
  mechanism = 'XOAUTH2',
}: Options = {}) {
  const byToken = token ? ['SASL-IR', mechanism === 'XOAUTH2' ? 'XOAUTH2' : oauthBearer(token)] : []
  const server = hoodiecrow({
    plugins: ['ID', 'UIDPLUS', 'MOVE', 'UNSELECT', 'NAMESPACE', 'LITERALPLUS', ...byToken],
    storage: {
      'INBOX': { uidvalidity: uidValidity, messages: mails.map((raw) => ({ raw })) },
      '': { folders: { Done: {} } },
    },
    users: { [imapUser.user]: token ? { xoauth2: taking(token) } : { password: imapUser.password } },
    secureConnection: secure,
  })
  const sockets = new Set<any>()
  server.server.on(secure ? 'secureConnection' : 'connection', (socket: any) => {
    // it writes a reply in many small pieces
    socket.setNoDelay(true)
    sockets.add(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => server.server.close(() => resolve()))
  }
  getActiveTestOrFail().cleanup(close)
  const folder = (name: string) => server.getMailbox(name)
  return {
    port: (server.server.address() as AddressInfo).port,
    close,
    arrive: (...sources: string[]) => {
      for (const source of sources) server.appendMessage('INBOX', [], false, source)
    },
    /** The flags of each mail of a folder. */
    flags: (name = 'INBOX') => folder(name).messages.map((one: any) => one.flags as string[]),
    /** As a server does that was restored: the same mails under other numbers. */
    renumber: (to: number) => {
      folder('INBOX').uidvalidity = to
    },
  }
}

const taking = (token: () => string) => ({
  get accessToken() {
    return token() || null
  },
})

/** The mechanism that hoodiecrow has not: who and the token in one go, and a reason where it is refused (RFC 7628 §3). */
const oauthBearer = (token: () => string) => (server: any) => {
  const words = (tag: string, command: string, value: string) => ({
    tag,
    command,
    attributes: [{ type: 'TEXT', value }],
  })
  server.registerCapability('AUTH=OAUTHBEARER', ({ state }: any) => state === 'Not Authenticated')
  server.setCommandHandler(
    'AUTHENTICATE OAUTHBEARER',
    (connection: any, parsed: any, data: any, callback: () => void) => {
      const [header, ...rest] = Buffer.from(parsed.attributes[0].value, 'base64').toString().split('\x01')
      const isRight = header === `n,a=${imapUser.user},` && token() && rest.includes(`auth=Bearer ${token()}`)
      if (isRight) {
        connection.state = 'Authenticated'
        connection.send(words(parsed.tag, 'OK', 'Welcome'), 'AUTHENTICATE OAUTHBEARER', parsed, data)
      } else {
        const why = Buffer.from(JSON.stringify({ status: 'invalid_token' })).toString('base64')
        connection.send({ tag: '+', attributes: [{ type: 'ATOM', value: why }] }, 'AUTHENTICATE', parsed, data)
        connection.inputHandler = () => {
          connection.inputHandler = false
          connection.send(words(parsed.tag, 'NO', 'SASL authentication failed'), 'AUTHENTICATE', parsed, data)
        }
      }
      callback()
    }
  )
}
