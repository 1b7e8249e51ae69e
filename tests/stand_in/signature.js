import { createHmac, randomBytes } from 'node:crypto'

/** A signing secret: `whsec_` and 24 random bytes in base64. */
export const newSecret = () => `whsec_${randomBytes(24).toString('base64')}`

/**
 * The svix headers of one attempt. Source: Resend docs, "Verify webhooks requests"; docs.svix.com, "Verifying manually".
 * @param {{ id: string, seconds: number, body: string, secrets: string[] }} parcel `seconds` since 1970
 */
export function signatureHeaders({ id, seconds, body, secrets }) {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return {
    'svix-id': id,
    'svix-timestamp': String(seconds),
    'svix-signature': signatures.join(' '),
  }
}
