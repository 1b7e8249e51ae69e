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
}

/** A real IMAP server in this process, for the running test, with an inbox and a folder `Done`. */
export async function imapServer({ mails = [], uidValidity = 77, secure = false }: Options = {}) {
  const server = hoodiecrow({
    plugins: ['ID', 'UIDPLUS', 'MOVE', 'UNSELECT', 'NAMESPACE', 'LITERALPLUS'],
    storage: {
      'INBOX': { uidvalidity: uidValidity, messages: mails.map((raw) => ({ raw })) },
      '': { folders: { Done: {} } },
    },
    users: { [imapUser.user]: { password: imapUser.password } },
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
