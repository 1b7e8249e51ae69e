import encryption from '@adonisjs/core/services/encryption'

type Purpose = 'api_key' | 'webhook_secret'

/** Keys of others at rest: encrypted with APP_KEY, each usable for its own purpose only. They are never logged. */
export const sealSecret = (purpose: Purpose, secret: string): string => encryption.encrypt(secret, { purpose })

export function openSecret(purpose: Purpose, sealed: string): string {
  const secret = encryption.decrypt<string>(sealed, purpose)
  if (secret === null) {
    throw new Error(`A stored ${purpose} cannot be read: APP_KEY is not the one it was stored with.`)
  }
  return secret
}

/** What may be shown of a key: enough to recognise it. */
export const hintOf = (apiKey: string) => `${apiKey.slice(0, 5)}…${apiKey.slice(-4)}`
