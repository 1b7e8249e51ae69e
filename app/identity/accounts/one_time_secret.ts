import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link: 256 random bits, of which the database keeps only the hash. */
export function oneTimeSecret() {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashOfSecret(secret) }
}

export const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')
