import { smtpAccount, smtpChannel, trySmtp, type SmtpPlace, type SmtpServer } from '#channels'
import { KeyRefused, ProviderUnreachable } from '../../errors.ts'
import { environment } from '../environment.ts'
import { returnWay } from '../return_way.ts'
import type { Credentials, ProviderKind, Tried } from '../kinds.ts'

export const smtp: ProviderKind = {
  label: 'SMTP',
  required: ['host', 'port', 'security'],
  optional: ['user', 'password'],
  account: (credentials) => smtpAccount(placeOf(credentials)),
  hint: ({ user, host }) => (user ? `${user} @ ${host}` : String(host)),
  settings: ({ host, port, security, user = '' }) => ({
    host: host!,
    port: port!,
    security: security!,
    user,
  }),
  channel: (credentials) => smtpChannel(placeOf(credentials), { returnWay }),
  tryOut: (credentials) => tryServer(placeOf(credentials)),
  letReceive: async () => ({ outcome: 'no_list', note: null }),
}

const placeOf = (credentials: Credentials): SmtpPlace => ({
  server: credentials as unknown as SmtpServer,
  mayBePrivate: environment().ALLOW_PRIVATE_ADDRESSES,
})

async function tryServer(place: SmtpPlace): Promise<Tried> {
  try {
    await trySmtp(place)
    return { perSecond: null, note: null }
  } catch (error) {
    throw troubleOf(error as SmtpTrouble)
  }
}

interface SmtpTrouble extends Error {
  code?: string
  syscall?: string
  response?: string
}

/** What to look at, by where it broke off. What the server said stands in the message. */
function troubleOf({ code = '', syscall, message, response }: SmtpTrouble) {
  const said = (response ?? message).slice(0, 200)
  if (code === 'EPRIVATE') {
    return new KeyRefused(
      `${message} Whoever runs Assent can allow it with ALLOW_PRIVATE_ADDRESSES=true, or set SMTP_URL.`,
      { field: 'host' }
    )
  }
  if (code === 'EAUTH') {
    return new KeyRefused(`The server does not accept user and password: ${said}`, { field: 'password' })
  }
  if (code === 'EDNS' || syscall === 'getaddrinfo') {
    return new KeyRefused('There is no server of this name. Check the host.', { field: 'host' })
  }
  if (syscall !== 'connect' && ['ETLS', 'ESOCKET'].includes(code)) {
    return new KeyRefused(`An encrypted connection cannot be made: ${said}. Check port and security.`, {
      field: 'security',
    })
  }
  return new ProviderUnreachable(`The server does not answer on this port: ${said}. Nothing was changed.`, {
    field: 'port',
  })
}
