import type { Mailbox } from './bounce_mailbox'

export const signInKinds = ['google', 'microsoft', 'other'] as const
export type SignInKind = (typeof signInKinds)[number]

/** The form of the bounce mailbox: opened by a password, or by the consent of somebody at its provider. */
export interface MailboxValues {
  opened_by: 'password' | SignInKind
  address: string
  host: string
  port: number | null
  security: Mailbox['security']
  user: string
  password: string
  folder: string
  after_reading: Mailbox['after_reading']
  move_to: string
  app: {
    client_id: string
    client_secret: string
    tenant: string
    authorization_endpoint: string
    token_endpoint: string
    scope: string
    client_auth: 'basic' | 'post'
  }
}

export function valuesOf(mailbox: Mailbox | null): MailboxValues {
  const app = mailbox?.app
  const own = app?.kind === 'other' ? app : null
  return {
    opened_by: app?.kind ?? 'password',
    address: mailbox?.address ?? '',
    host: mailbox?.host ?? '',
    port: mailbox?.port ?? 993,
    security: mailbox?.security ?? 'tls',
    user: mailbox?.user ?? '',
    password: '',
    folder: mailbox?.folder ?? 'INBOX',
    after_reading: mailbox?.after_reading ?? 'seen',
    move_to: mailbox?.move_to ?? '',
    app: {
      client_id: app?.client_id ?? '',
      client_secret: '',
      tenant: app?.tenant ?? '',
      authorization_endpoint: own?.authorization_endpoint ?? '',
      token_endpoint: own?.token_endpoint ?? '',
      scope: own?.scope ?? '',
      client_auth: own?.client_auth ?? 'basic',
    },
  }
}

const common = ({ address, user, folder, after_reading: after, move_to: moveTo }: MailboxValues) => ({
  ...{ address, user, folder, after_reading: after },
  move_to: after === 'move' ? moveTo || null : null,
})

const server = ({ host, port, security }: MailboxValues) => ({ host, port: port ?? 993, security })

export const bodyOf = (values: MailboxValues) => ({
  ...common(values),
  ...server(values),
  ...(values.password === '' ? {} : { password: values.password }),
})

/** What POST /bounce-mailbox/sign-ins takes. An empty secret stays away: the stored one is meant. */
export function signInBodyOf(values: MailboxValues) {
  const { app, opened_by: kind } = values
  const { client_id: clientId, client_secret: secret, tenant, ...rest } = app
  return {
    ...common(values),
    ...(kind === 'other' ? server(values) : {}),
    app: {
      kind: kind as SignInKind,
      client_id: clientId,
      ...(secret === '' ? {} : { client_secret: secret }),
      ...(kind === 'microsoft' && tenant !== '' ? { tenant } : {}),
      ...(kind === 'other' ? rest : {}),
    },
  }
}

/** Whether somebody has to go to the provider: who is signed in may change folders without it. */
export function needsConsent(values: MailboxValues, mailbox: Mailbox | null): boolean {
  if (values.opened_by === 'password') return false
  if (!mailbox?.app || mailbox.sign_in_again !== null || values.app.client_secret !== '') return true
  const before = valuesOf(mailbox)
  const door = (of: MailboxValues) => JSON.stringify([of.opened_by, of.user, server(of), of.app])
  return door(values) !== door(before)
}

const keyOf = (workspaceId: string) => `assent-mailbox-${workspaceId}`

/** What was typed, for whoever comes back from a provider without success. Secrets are typed again. */
export const keepTyped = (workspaceId: string, values: MailboxValues) =>
  sessionStorage.setItem(
    keyOf(workspaceId),
    JSON.stringify({ ...values, password: '', app: { ...values.app, client_secret: '' } })
  )

export function typedBefore(workspaceId: string): MailboxValues | null {
  const text = sessionStorage.getItem(keyOf(workspaceId))
  return text === null ? null : JSON.parse(text)
}

export const forgetTyped = (workspaceId: string) => sessionStorage.removeItem(keyOf(workspaceId))
