import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import encryption from '@adonisjs/core/services/encryption'
import { sealSecret } from '../providers/secrets.ts'

export interface SigningKey {
  /** The thumbprint of the public key (RFC 7638). */
  id: string
  /** Ed25519 (RFC 8032): 64 bytes over exactly these. */
  sign(bytes: Buffer): Buffer
}

/**
 * The key of this installation: made when it is needed first, one for all its processes. One that cannot be read any
 * more (another APP_KEY) is retired, and another takes its place.
 */
export async function signingKey(): Promise<SigningKey> {
  for (;;) {
    const row = await db.from('signing_keys').whereNull('retired_at').first()
    const pem = row && encryption.decrypt<string>(row.private_key, 'signing_key')
    if (pem) return { id: row.id, sign: (bytes) => sign(null, bytes, createPrivateKey(pem)) }
    if (row) await db.from('signing_keys').where('id', row.id).update({ retired_at: new Date() })
    await make()
  }
}

/** Of two who make one at once the first wins. */
async function make() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await db.rawQuery(`insert into signing_keys (id, public_key, private_key) values (?, ?, ?) on conflict do nothing`, [
    thumbprint(publicKey),
    publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sealSecret('signing_key', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
  ])
}

/** RFC 7638 §3, for an OKP key (RFC 8037 §2): the members in this order and nothing else. */
function thumbprint(key: KeyObject): string {
  const { crv, kty, x } = key.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}

export interface PublicKeyJson {
  kty: string
  crv: string
  x: string
  kid: string
  alg: 'EdDSA'
  use: 'sig'
  created_at: string
  /** Since then it signs no more; what it signed before can be checked. */
  retired_at: string | null
}

/** Every key that ever signed here, the latest first (RFC 7517). */
export async function publicKeys(): Promise<PublicKeyJson[]> {
  const rows = await db.from('signing_keys').orderBy('created_at', 'desc').limit(100)
  return rows.map((row) => {
    const { kty, crv, x } = createPublicKey(row.public_key).export({ format: 'jwk' })
    return {
      kty: kty!,
      crv: crv!,
      x: x!,
      kid: row.id,
      alg: 'EdDSA',
      use: 'sig',
      created_at: row.created_at.toISOString(),
      retired_at: row.retired_at?.toISOString() ?? null,
    }
  })
}

export const publicKeyPem = async (id: string): Promise<string | null> =>
  (await db.from('signing_keys').where({ id }).select('public_key').first())?.public_key ?? null
