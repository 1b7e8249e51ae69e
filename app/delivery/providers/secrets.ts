import encryption from '@adonisjs/core/services/encryption'
import type { Credentials } from './kinds.ts'

type Purpose =
  | 'credentials'
  | 'webhook_secret'
  | 'signing_key'
  | 'mailbox_password'
  | 'mailbox_client_secret'
  | 'mailbox_refresh_token'
  | 'mailbox_access_token'
  | 'mailbox_sign_in'

/** Keys of others at rest: encrypted with APP_KEY, each usable for its own purpose only. They are never logged. */
export const sealSecret = (purpose: Purpose, secret: string): string => encryption.encrypt(secret, { purpose })

export function openSecret(purpose: Purpose, sealed: string): string {
  const secret = encryption.decrypt<string>(sealed, purpose)
  if (secret === null) {
    throw new Error(`A stored ${purpose} cannot be read: APP_KEY is not the one it was stored with.`)
  }
  return secret
}

export const sealCredentials = (credentials: Credentials) => sealSecret('credentials', JSON.stringify(credentials))

export const openCredentials = (sealed: string): Credentials => JSON.parse(openSecret('credentials', sealed))

/** What may be shown of a key: enough to recognise it. */
export const hintOf = (key: string) => (key.length < 12 ? '…' : `${key.slice(0, 5)}…${key.slice(-4)}`)
